import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { Http2Server } from 'node:http2';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { URLENCODED } from './reports.js';

/** Listens on a free port of the loopback interface until the test is over. */
export async function listen(server: Server | Http2Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

/** The same for an Express app or a plain listener. */
export function serve(listener: RequestListener): Promise<number> {
  return listen(createServer(listener));
}

/** Posts a body as a report is posted. */
export function post(
  port: number,
  body: NonNullable<RequestInit['body']>,
  headers: Record<string, string> = {},
  path = '/',
): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    body,
    headers: { 'content-type': URLENCODED, ...headers },
  });
}

/** Opens a connection to write raw bytes to. */
export async function dial(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => {
    socket.destroy();
  });
  await once(socket, 'connect');
  return socket;
}

/** The head of a raw POST; the connection is closed after the response. */
export function head(headers: Record<string, string | number>): string {
  const fields = { Host: 'localhost', Connection: 'close', 'Content-Type': URLENCODED, ...headers };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST / HTTP/1.1\r\n${lines.join('')}\r\n`;
}

/** Writes raw bytes, waits until the server closes, and gives the status and all it has sent. */
export async function exchange(
  port: number,
  ...bytes: (string | Buffer)[]
): Promise<{ status: number; text: string }> {
  const socket = await dial(port);
  for (const part of bytes) socket.write(part);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('latin1');
  return { status: Number(text.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length)), text };
}

/** One chunk of a chunked body. */
export function chunk(data: string | Buffer): Buffer {
  const bytes = Buffer.from(data);
  return Buffer.concat([
    Buffer.from(`${bytes.length.toString(16)}\r\n`),
    bytes,
    Buffer.from('\r\n'),
  ]);
}

/** Ends a chunked body. */
export const LAST_CHUNK = '0\r\n\r\n';
