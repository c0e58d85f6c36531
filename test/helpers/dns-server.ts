import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { TestSigner } from '../../lib/testing.js';

/** The head of a question, and the type and class after its name, in bytes (RFC 1035, section 4.1). */
const [HEAD, TYPE_AND_CLASS] = [12, 4];

/** Serves the key of a signer over UDP until it is closed. */
export async function serveDns({ resolveTxt }: TestSigner) {
  const socket = createSocket('udp4');
  socket.on('message', async (message, { port, address }) => {
    const end = message.indexOf(0, HEAD) + 1;
    const question = message.subarray(HEAD, end + TYPE_AND_CLASS);
    const records = await resolveTxt(nameIn(message)).catch(() => []);
    socket.send(answer(message.readUInt16BE(0), question, records), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { address: `127.0.0.1:${socket.address().port}`, close: () => void socket.close() };
}

function nameIn(message: Buffer): string {
  const labels: string[] = [];
  for (let at = HEAD; message[at]; at += 1 + Number(message[at])) {
    labels.push(message.toString('latin1', at + 1, at + 1 + Number(message[at])));
  }
  return labels.join('.');
}

function answer(id: number, question: Buffer, records: string[][]): Buffer {
  const head = Buffer.alloc(HEAD);
  head.writeUInt16BE(id, 0);
  // A response that recursion was asked and done for; if there is no record, the name does not exist.
  head.writeUInt16BE(records.length > 0 ? 0x8180 : 0x8183, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(records.length, 6);
  return Buffer.concat([head, question, ...records.map(toRecord)]);
}

function toRecord(strings: string[]): Buffer {
  const data = Buffer.concat(
    strings.map((text) => Buffer.from(`${String.fromCharCode(text.length)}${text}`, 'latin1')),
  );
  // The name of the question, type TXT, class IN, a minute to live.
  const head = Buffer.from([
    0xc0,
    HEAD,
    0,
    16,
    0,
    1,
    0,
    0,
    0,
    60,
    data.length >> 8,
    data.length & 255,
  ]);
  return Buffer.concat([head, data]);
}
