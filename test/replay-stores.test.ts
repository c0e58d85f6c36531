// Tests the replay stores of examples/queue on real servers, which are killed and frozen.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import express, { type NextFunction, type Request, type Response } from 'express';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createPostgres, runOn } from '../examples/desk/test/postgres.js';
import { freePort, until } from '../examples/desk/test/processes.js';
import { findProgram } from '../examples/desk/test/programs.js';
import { copernicaFailures, type FailureReport, type ReplayStore } from '../lib/index.js';
import { createTestSigner, type SignedTestRequest } from '../lib/testing.js';
import { serve } from './helpers/servers.js';

const [TOLERANCE_MS, ELEVEN_MINUTES_MS, DEADLINE_MS] = [300_000, 660_000, 5000] as const;
const DELIVERED = { status: 200, code: 'OK' };
const UNAVAILABLE = { status: 503, code: 'COPERNICA_REPLAY_STORE_UNAVAILABLE' };
const account = 'account-1234';
const url = 'https://shop.example.com/copernica/failures';
const { sign, resolveTxt } = createTestSigner({ account, url });
const signReport = (id: string) => sign({ id, recipient: 'jane@example.com', state: 'rcptto' });

const redis = findProgram('The replay store on Redis', 'redis-server') ?? '';
const exec = promisify(execFile);
const STORES = [
  { name: 'Redis', file: 'redis-replays', variable: 'REDIS_URL', create: createRedisServer },
  {
    name: 'PostgreSQL',
    file: 'postgres-replays',
    variable: 'DATABASE_URL',
    create: createPostgresServer,
  },
];

for (const { name, file, variable, create } of STORES) {
  describe.skipIf(create === createRedisServer && !redis)(`receivers share ${name}, and`, () => {
    let server: StoreServer;
    const stores: SharedStore[] = [];

    beforeAll(async () => {
      vi.useFakeTimers({ toFake: ['setInterval'] });
      vi.spyOn(console, 'error').mockReturnValue();
      server = await create();
      vi.stubEnv(variable, server.url);
      await server.signal('SIGKILL');
      stores.push(await importStore(`${file}.mjs?started-while-it-was-down`));
      await server.start();
      vi.advanceTimersByTime(60_000);
      await untilUsable();
      stores.push(await importStore(`${file}.mjs?started-later`));
      await untilUsable();
    });
    afterAll(async () => {
      await server?.remove();
      await Promise.all(stores.map((store) => store.disconnect?.()));
      vi.unstubAllEnvs();
      vi.restoreAllMocks();
      vi.useRealTimers();
    });

    const untilUsable = () =>
      until(() => succeeds(Promise.all(stores.map((store) => store.has('any')))));

    /** Starts two receivers that remember nothing themselves yet. */
    async function start() {
      const delivered: string[] = [];
      const onFailure = vi.fn(async ({ id }: FailureReport) => void delivered.push(id));
      const [one, two] = await Promise.all(stores.map((store) => listen(store, onFailure)));
      return { delivered, onFailure, one: sendTo(one), two: sendTo(two) };
    }

    it('deliver a call once: its replay to the other one is answered 200', async () => {
      const { delivered, one, two } = await start();
      const call = signReport('1');
      expect(await one(call)).toEqual(DELIVERED);
      expect(await two(call)).toEqual(DELIVERED);
      expect(delivered).toEqual(['1']);
    });

    it('deliver a call again if its onFailure failed', async () => {
      const { delivered, onFailure, one, two } = await start();
      const call = signReport('2');
      onFailure.mockRejectedValueOnce(new Error('database is down'));
      expect(await one(call)).toMatchObject({ status: 500 });
      expect(await two(call)).toEqual(DELIVERED);
      expect(delivered).toEqual(['2']);
    });

    it('store a call for longer than the tolerance, and for eleven minutes at most', async () => {
      const { one } = await start();
      await one(signReport('3'));
      const entries = await server.entries();
      expect(entries).not.toEqual([]);
      expect(Math.min(...entries)).toBeGreaterThan(TOLERANCE_MS);
      await server.age(ELEVEN_MINUTES_MS);
      vi.advanceTimersByTime(60_000);
      await until(async () => (await server.entries()).length === 0);
    });

    it('answer 503 at once while it is down, and deliver once it is up again', async () => {
      const { delivered, one, two } = await start();
      const call = signReport('4');
      await server.signal('SIGKILL');
      const before = performance.now();
      expect(await Promise.all([one(call), two(call)])).toEqual([UNAVAILABLE, UNAVAILABLE]);
      // A question that waits in memory would take four seconds or more.
      expect(performance.now() - before).toBeLessThan(3000);
      expect(delivered).toEqual([]);
      await server.start();
      await untilUsable();
      expect([await one(call), await two(call)]).toEqual([DELIVERED, DELIVERED]);
      expect(delivered).toEqual(['4']);
    });

    it('answer 503 in some five seconds while it is frozen, and deliver once it goes on', async () => {
      const { delivered, one, two } = await start();
      const call = signReport('5');
      await server.signal('SIGSTOP');
      onTestFinished(() => server.signal('SIGCONT'));
      const before = performance.now();
      expect(await Promise.all([one(call), two(call)])).toEqual([UNAVAILABLE, UNAVAILABLE]);
      expect(performance.now() - before).toBeLessThan(DEADLINE_MS + 3000);
      expect(delivered).toEqual([]);
      await server.signal('SIGCONT');
      await untilUsable();
      expect([await one(call), await two(call)]).toEqual([DELIVERED, DELIVERED]);
      expect(delivered).toEqual(['5']);
    });
  });
}

/** The store that a file exports. The one of Keyv can disconnect. */
type SharedStore = ReplayStore & { disconnect?(): Promise<void> };

/** Imports a file anew, as another process would. */
async function importStore(file: string): Promise<SharedStore> {
  return (await import(join(import.meta.dirname, '../examples/queue', file))).sharedStore;
}

function listen(replayStore: ReplayStore, onFailure: (report: FailureReport) => Promise<void>) {
  const app = express();
  app.use(copernicaFailures({ onFailure, verify: { account, url, resolveTxt, replayStore } }));
  app.use(
    (error: { status?: number; code?: string }, _: Request, res: Response, __: NextFunction) =>
      res.status(error.status ?? 500).send(error.code),
  );
  return serve(app);
}

function sendTo(port: number | undefined) {
  return async ({ method, headers, body }: SignedTestRequest) => {
    const response = await fetch(`http://127.0.0.1:${port}`, { method, headers, body });
    return { status: response.status, code: await response.text() };
  };
}

/** Whether a promise resolves. */
const succeeds = (job: Promise<unknown>) =>
  job.then(
    () => true,
    () => false,
  );

/** A real server that can be killed, frozen and started again. */
interface StoreServer {
  url: string;
  start(): Promise<void>;
  /** Sends a signal to all its processes. */
  signal(name: NodeJS.Signals): Promise<void>;
  /** How many milliseconds each entry has left. */
  entries(): Promise<number[]>;
  age(milliseconds: number): Promise<void>;
  remove(): Promise<void>;
}

async function createRedisServer(): Promise<StoreServer> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'replays-'));
  let child: ChildProcess | undefined;
  const kill = () => child?.kill('SIGKILL');
  process.once('exit', kill);

  /** Asks with the program that comes with the server, and gives the lines of its answer. */
  async function ask(...command: string[]) {
    const { stdout } = await exec(redis.replace(/server$/, 'cli'), ['-p', port, ...command]);
    return stdout.split('\n').filter(Boolean);
  }
  async function start() {
    const settings = ['--bind', '127.0.0.1', '--port', port, '--dir', folder, '--save', ''];
    child = spawn(redis, settings, { stdio: 'ignore' });
    await until(() => succeeds(ask('PING')));
  }
  async function signal(name: NodeJS.Signals) {
    if (child?.exitCode !== null || child.signalCode !== null) return;
    child.kill(name);
    if (name === 'SIGKILL') await once(child, 'exit');
  }
  async function entries() {
    const left = (await ask('KEYS', '*')).map((key) => ask('PTTL', key));
    return (await Promise.all(left)).map(Number);
  }
  async function age(milliseconds: number) {
    for (const key of await ask('KEYS', '*')) {
      await ask('PEXPIRE', key, String(Number(await ask('PTTL', key)) - milliseconds));
    }
  }
  async function remove() {
    await signal('SIGKILL');
    process.off('exit', kill);
    await rm(folder, { recursive: true });
  }
  await start();
  return { url: `redis://127.0.0.1:${port}`, start, signal, entries, age, remove };
}

async function createPostgresServer(): Promise<StoreServer> {
  const server = await createPostgres();
  let processes: number[] = [];

  const ask = (statement: string, ...values: unknown[]) => runOn(server.url, statement, ...values);
  async function signal(name: NodeJS.Signals) {
    if (name !== 'SIGCONT') {
      const rows = await ask('SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()');
      processes = [server.pid(), ...rows.map(({ pid }) => pid)].filter(Boolean);
    }
    for (const pid of processes) {
      try {
        process.kill(pid, name);
      } catch {
        // It has ended by itself.
      }
    }
  }
  // Until its last process has ended, a new one cannot start.
  const start = () => until(() => succeeds(server.start()));
  const entries = async () =>
    (await ask('SELECT expires FROM replays')).map(({ expires }) => expires - Date.now());
  const age = async (milliseconds: number) =>
    void (await ask('UPDATE replays SET expires = expires - $1', milliseconds));
  return { url: server.url, start, signal, entries, age, remove: server.remove };
}
