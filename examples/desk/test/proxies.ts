import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { generate } from 'selfsigned';
import { configureNginx } from './nginx.js';
import { until } from './processes.js';
import { findProgram } from './programs.js';
import { fileInReadme } from './readme.js';

/** The name that the README's proxies answer to. */
export const HOST = 'desk.example.com';

interface Place {
  /** An empty folder. */
  directory: string;
  /** The port to listen on, at 127.0.0.1. */
  port: string;
  /** The port of the desk. */
  deskPort: string;
}

/** The log of a proxy, in its folder. */
const LOG = 'proxy.log';

/** A proxy of the README. */
interface Proxy {
  name: string;
  /** Undefined if it is not installed. */
  program: string | undefined;
  /** Writes the README's file, and what it needs around it. Resolves to the arguments of the program. */
  prepare(place: Place): Promise<string[]>;
  /** The certificate to trust, from that folder. */
  certificate: string;
}

const nginx: Proxy = {
  name: 'nginx',
  program: findProgram('The desk behind nginx', 'nginx'),
  certificate: 'fullchain.pem',
  async prepare({ directory, port, deskPort }) {
    const { cert, private: key } = await generate([{ name: 'commonName', value: HOST }], {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: HOST }] }],
    });
    await writeFile(join(directory, 'fullchain.pem'), cert);
    await writeFile(join(directory, 'privkey.pem'), key);
    const site = fileInReadme('/etc/nginx/conf.d/desk.conf')
      .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
      // A machine that runs tests may have no IPv6.
      .replace('listen [::]:443 ssl;', '')
      .replaceAll(`/etc/letsencrypt/live/${HOST}`, directory)
      .replace(':3000', `:${deskPort}`);
    return configureNginx({ directory, accessLog: LOG, servers: site });
  },
};

const caddy: Proxy = {
  name: 'Caddy',
  program: findProgram('The desk behind Caddy', 'caddy'),
  certificate: 'storage/pki/authorities/local/root.crt',
  async prepare({ directory, port, deskPort }) {
    const file = join(directory, 'Caddyfile');
    await writeFile(
      file,
      `{
	admin off
	auto_https disable_redirects
	default_bind 127.0.0.1
	https_port ${port}
	local_certs
	skip_install_trust
	storage file_system ${directory}/storage
}
${fileInReadme('/etc/caddy/Caddyfile').replace(':3000', `:${deskPort}`)}`,
    );
    return ['run', '--config', file, '--adapter', 'caddyfile'];
  },
};

export const PROXIES = [nginx, caddy];

/** A request of a visitor. */
export interface Visit {
  method?: string;
  /** Another address of this machine makes another visitor. */
  from?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** A proxy that runs. */
export interface RunningProxy {
  visit(path: string, visit?: Visit): Promise<{ status: number | undefined; body: string }>;
  readLog(): Promise<string>;
  stop(): Promise<void>;
}

/** Starts a proxy, and waits until it answers over TLS. */
export async function startProxy(proxy: Proxy, place: Place): Promise<RunningProxy> {
  const { directory, port } = place;
  const { program = '' } = proxy;
  const log = await open(join(directory, LOG), 'a+');
  const child = spawn(program, await proxy.prepare(place), {
    env: { HOME: directory, XDG_CONFIG_HOME: directory, XDG_DATA_HOME: directory },
    stdio: ['ignore', 'ignore', log.fd],
  });
  await log.close();
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;

  async function visit(path: string, { method = 'GET', from, headers, body }: Visit = {}) {
    const sent = request({
      ...{ host: '127.0.0.1', port, localAddress: from, agent: false },
      ...{ servername: HOST, ca: await readFile(join(directory, proxy.certificate)) },
      ...{ method, path, headers: { Host: HOST, ...headers } },
    });
    sent.end(body);
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    return { status: answer.statusCode, body: await text(answer) };
  }
  const readLog = () => readFile(join(directory, LOG), 'utf8');
  async function stop() {
    if (hasEnded()) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  const answers = () =>
    visit('/healthz').then(
      () => true,
      () => false,
    );
  try {
    await until(async () => hasEnded() || (await answers()));
    if (hasEnded()) throw new Error('It ended');
  } catch (error) {
    await stop();
    throw new Error(`${proxy.name} did not start: ${await readLog()}`, { cause: error });
  }
  return { visit, readLog, stop };
}
