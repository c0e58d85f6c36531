import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createPostgres, type PostgresServer } from '../../examples/desk/test/postgres.js';
import { endAll, run as runExample } from '../../examples/desk/test/processes.js';
import { EXPRESS_VERSIONS } from '../helpers/express.js';
import { pageAt, root } from './pages.js';
import { appFiles, curl, type ExampleApp, makeExampleApp } from './programs.js';
import { holdPort, run } from './running.js';

// The README's app and the page that tests it, word for word, on a real PostgreSQL.
let server: PostgresServer;
let app: ExampleApp | undefined;
let folder = '';

/** Makes an app of these files until the test ends, and gives its folder. */
async function writeApp(files: Record<string, string>): Promise<string> {
  const app = await makeExampleApp(files);
  onTestFinished(app.remove);
  return app.folder;
}

beforeAll(async () => {
  server = await createPostgres();
  process.env.DATABASE_URL = server.url;
  app = await makeExampleApp(appFiles);
  folder = app.folder;
}, 60_000);
afterAll(async () => {
  delete process.env.DATABASE_URL;
  await server?.remove();
  await app?.remove();
});

const commands = (path: string) =>
  pageAt(path).blocks.flatMap(({ language, code }) => (language === 'sh' ? code.split('\n') : []));
const printed = pageAt('docs/testing.md').blocks.find(({ language }) => language === 'text')?.code;

describe("the README's app", { timeout: 120_000 }, () => {
  it('is in the files that its pages start and import', () => {
    const files = Object.keys(appFiles).filter((file) => file.endsWith('.mjs'));
    expect(files).toEqual(['app.mjs', 'save.mjs', 'try.mjs', 'test-key.mjs']);
    const started = ['README.md', 'docs/testing.md'].flatMap(commands).join('\n');
    expect([...started.matchAll(/ node (\S+)/g)].map(([, file]) => file)).toEqual([
      'app.mjs',
      'try.mjs',
      'app.mjs',
    ]);
  });

  it('imports what the README installs, in the version that it packs', () => {
    const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const install = commands('README.md').find((line) => line.includes('.tgz')) ?? '';
    const imports = Object.values(appFiles).flatMap((code) =>
      [...code.matchAll(/from '([^'.]+)'/g)].map(([, from = '']) => from),
    );
    const packages = imports.filter((from) => !/^node:|\/testing$|pglite/.test(from));
    expect(install).toBe(`npm install ./vendor/${name}-${version}.tgz express pg`);
    expect([...new Set(packages)].sort()).toEqual([name, 'express', 'pg']);
  });

  it('waits for reports, and refuses one that is not signed', async () => {
    const app = await run(folder, 'app.mjs');
    await app.prints('Waiting for reports\n');
    expect(await app.post(curl().body)).toMatchObject({ status: 401 });
  });

  it.each(['app.mjs', 'try.mjs'])('says in one line that its port is taken: %s', async (file) => {
    const app = await run(folder, file, { at: await holdPort() });
    expect(await app.ends()).toBe(1);
    expect(app.output()).toMatch(/^Cannot listen: listen EADDRINUSE: .*:3000\n$/);
  });

  it('says in one line why it cannot open its database, and ends', async () => {
    const other = (change: Partial<URL>) => Object.assign(new URL(server.url), change).href;
    const closing = await holdPort((socket) => socket.destroy());
    const wrong: [string | undefined, RegExp][] = [
      [other({ port: '1' }), /ECONNREFUSED/],
      [other({ hostname: 'database.invalid' }), /ENOTFOUND|EAI_AGAIN/],
      [other({ port: String(closing) }), /terminated|ECONNRESET/],
      [other({ password: 'wrong' }), /password authentication failed/],
      [other({ pathname: '/absent' }), /database "absent" does not exist/],
      ['postgresql://user:password@[localhost/shop', /Invalid URL/],
      // Without a URL, pg looks for a server at this port.
      [undefined, /ECONNREFUSED/],
    ];
    for (const [url, reason] of wrong) {
      const app = await run(folder, 'app.mjs', { env: { DATABASE_URL: url, PGPORT: '1' } });
      expect(await app.ends(), url).toBe(1);
      expect(app.output(), url).toMatch(/^Cannot open the database: .+\n$/);
      expect(app.output(), url).toMatch(reason);
    }
  });

  it('does not wait for ever for a database that does not answer', async () => {
    const save = (appFiles['save.mjs'] ?? '').replace('10_000', '10');
    const impatient = await writeApp({ ...appFiles, 'save.mjs': save });
    const DATABASE_URL = `postgresql://127.0.0.1:${await holdPort()}/shop`;
    const app = await run(impatient, 'app.mjs', { env: { DATABASE_URL } });
    expect(await app.ends()).toBe(1);
    expect(app.output()).toMatch(/^Cannot open the database: .*timeout\n$/);
  });

  it.each([undefined, 'development', 'production'])(
    'sends no stack where NODE_ENV is %s',
    async (NODE_ENV) => {
      const app = await run(folder, 'app.mjs', { env: { NODE_ENV } });
      await app.prints('Waiting for reports\n');
      expect(await app.post(curl().body)).toEqual({ status: 401, text: 'Unauthorized' });
      await app.prints('COPERNICA_SIGNATURE_MISSING There is no Signature header');
      const { port } = new URL(app.url('http://localhost:3000'));
      for (const line of [
        'POST /copernica/failures/%ff%00 HTTP/1.1\r\nContent-Length: 0',
        'POST http://a:99999/copernica/failures HTTP/1.1\r\nContent-Length: 0',
        'POST /copernica/failures HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 2',
        'POST /copernica/failures HTTP/1.1\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked',
        'GET //%ff HTTP/1.1',
      ]) {
        const socket = connect(Number(port), 'localhost');
        socket.end(`${line}\r\nHost: a\r\nConnection: close\r\n\r\n{}`);
        const answer = await text(socket);
        expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
        expect(answer).not.toMatch(/node_modules|file:|\bat /);
      }
      // The refused ones take a line each: their stacks would flood the log.
      expect(app.output()).not.toMatch(/^ +at /m);
    },
  );

  it('gets signed reports from the page on testing, and stores them once', async () => {
    for (let times = 0; times < 2; times += 1) {
      const program = await run(folder, 'try.mjs');
      expect([await program.ends(), program.output()]).toEqual([0, printed]);
    }
  });

  it('runs without a PostgreSQL server as the README says', async () => {
    const { 'save.mjs': save = '', 'instead of pg': instead = '', ...others } = appFiles;
    const [lines = ''] = /import pg .*database\.on\(.*?\n/s.exec(save) ?? [];
    const embedded = await writeApp({ ...others, 'save.mjs': save.replace(lines, instead) });
    const program = await run(embedded, 'try.mjs');
    expect([await program.ends(), program.output()]).toEqual([0, printed]);
  });
});

describe.each(EXPRESS_VERSIONS)("the README's error handler with $name", ({ express }) => {
  const [code = ''] = /^app\.use\(\(error.*?^}\);/ms.exec(appFiles['app.mjs'] ?? '') ?? [];

  it.each([
    [Object.assign(new Error('boom'), { status: 503 }), 503],
    [Object.assign(new Error('boom'), { status: '404' }), 404],
    [Object.assign(new Error('boom'), { status: 400.5 }), 500],
    [Object.assign(new Error('boom'), { status: 200 }), 500],
    [Object.assign(new Error('boom'), { status: 600 }), 500],
    [new Error('boom'), 500],
    ['boom', 500],
    [Object.create(null), 500],
  ])('answers with the status of an error alone: %o', async (error, status) => {
    const app = express();
    app.use((_req, res) => {
      res.set('Retry-After', '30');
      throw error;
    });
    const logged: unknown[] = [];
    new Function('app', 'console', code)(app, {
      error: (...line: unknown[]) => logged.push(...line),
    });
    const answer = await (await listenOn(app))();
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} [\\w ]+\r\n`));
    expect(answer).toContain('Retry-After: 30');
    expect(answer).not.toContain('boom');
    expect(logged).toEqual([undefined, status < 500 ? 'boom' : error]);
  });

  it('cuts an answer off that has begun', async () => {
    const app = express();
    app.set('env', 'test');
    app.use((_req, res) => {
      res.write('begun');
      throw new Error('boom');
    });
    new Function('app', code)(app);
    const answer = await (await listenOn(app))();
    expect(answer).not.toMatch(/boom|\r\n0\r\n/);
  });
});

describe('npm run send', { timeout: 120_000 }, () => {
  afterEach(endAll);
  const commandWith = (text: string) =>
    commands('docs/testing.md').find((line) => line.includes(text)) ?? '';
  const [, keyFile = ''] = /TEST_KEY=(\S+)/.exec(commandWith('TEST_KEY')) ?? [];

  it.each([
    [{ TEST_KEY: keyFile, NODE_ENV: undefined }, 20],
    [{ TEST_KEY: keyFile, NODE_ENV: 'production' }, 0],
    [{ TEST_KEY: undefined, NODE_ENV: undefined }, 0],
  ])("fills the README's app only with TEST_KEY and not in production: %o", async (env, stored) => {
    // Not a pool: its connections may still be closing when the server stops, and would then fail.
    const database = new pg.Client(server.url);
    await database.connect();
    onTestFinished(() => database.end());
    await database.query('DROP TABLE IF EXISTS failures');
    const open = await writeApp({ ...appFiles, 'app.mjs': withTestKey() });
    const app = await run(open, 'app.mjs', { env });
    await app.prints('Waiting for reports\n');

    const given = commandWith('npm run send -- --count').split(' ').slice(6);
    const args = given.map((arg) => arg.replace('../my-app', open));
    const url = app.url('http://localhost:3000/copernica/failures');
    const sender = runExample('send/send.ts', [url, '--count', '20', ...args]);
    expect(await sender.exited, sender.output()).toBe(stored === 0 ? 1 : 0);
    const { rows } = await database.query('SELECT FROM failures');
    expect(rows).toHaveLength(stored);
  });
});

/** Lets an app listen until the test has ended, and gives a way to call it. */
async function listenOn(app: RequestListener): Promise<() => Promise<string>> {
  const listening = createHttpServer(app).listen(0, '127.0.0.1');
  onTestFinished(() => void listening.close());
  await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  return () => {
    const socket = connect(port, '127.0.0.1');
    socket.end('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    return text(socket);
  };
}

/** `app.mjs` with the lines that the page on testing adds to it. */
function withTestKey(): string {
  const diff = pageAt('docs/testing.md').blocks.find(({ language }) => language === 'diff')?.code;
  const pairs = [...(diff ?? '').matchAll(/^ (.*\n)\+(.*\n)/gm)];
  expect(pairs).toHaveLength(2);
  return pairs.reduce((app, [, line = '', added = '']) => {
    expect(app).toContain(line);
    return app.replace(line, line + added);
  }, appFiles['app.mjs'] ?? '');
}
