import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageAt, root } from './pages.js';
import {
  compile,
  curl,
  type Example,
  type ExampleApp,
  exampleFiles,
  examples,
  exampleUnder,
  givenTo,
  isServer,
  makeExampleApp,
} from './programs.js';
import { holdPort, type Running, run } from './running.js';

let app: ExampleApp | undefined;
let folder = '';
let errors = '';
beforeAll(async () => {
  app = await makeExampleApp(exampleFiles);
  folder = app.folder;
  await mkdir(join(folder, 'copernica-proof'));
  await writeFile(join(folder, 'copernica-proof/proof.txt'), 'proof');
  errors = await compile(app);
});
afterAll(() => app?.remove());

/** Whether an example has the option `verify`. */
const isGuarded = ({ code }: Example) => code.includes('account:');

/** Runs an example of a page until it waits for reports. */
async function start(page: string, heading: string): Promise<Running> {
  const server = await run(folder, exampleUnder(page, heading).file);
  await server.prints('Waiting');
  return server;
}

describe('every example', () => {
  it('compiles, with nothing but its own imports and what its page says is yours', () => {
    expect(errors).toBe('');
  });

  it.each(examples)('says what is yours: $page, $heading ($file)', (example) => {
    const { prose } = pageAt(example.page);
    for (const name of givenTo(example)) expect(prose).toContain(`\`${name}\``);
  });

  const servers = examples.filter(isServer);
  const open = servers.filter((example) => !isGuarded(example));
  it.each(open)('receives the report: $page, $heading ($file)', async ({ file }) => {
    const server = await run(folder, file);
    await server.prints('Waiting');
    expect(await server.post(curl().body)).toEqual({ status: 200, text: 'OK' });
    await server.prints('jane@example.com');
  });

  const guarded = servers.filter(isGuarded);
  it.each(guarded)('refuses what is not signed: $page, $heading ($file)', async ({ file }) => {
    const server = await run(folder, file);
    await server.prints('Waiting');
    const answer = await server.post(curl().body);
    expect(answer.status).toBe(401);
  });

  const listening = examples.filter(({ code }) => code.includes('.listen('));
  it.each(listening)(
    'says in one line that its port is taken, and ends: $page, $heading ($file)',
    async ({ file }) => {
      const program = await run(folder, file, { at: await holdPort() });
      expect(await program.ends()).toBe(1);
      expect(program.output()).toMatch(/^.*EADDRINUSE.*\n$/);
    },
  );
  it.each(listening)('sends no stack: $page, $heading ($file)', async (example) => {
    const server = await run(folder, example.file, { env: { NODE_ENV: undefined } });
    await server.prints('Waiting');
    const answer = await server.post('id=1001');
    expect(answer.status).toBe(isGuarded(example) ? 401 : 400);
    expect(answer.text).not.toMatch(/node_modules|file:|\bat /);
  });

  const others = examples.filter((example) => !isServer(example));
  it.each(others)('runs to its end: $page, $heading ($file)', async ({ file, prints }) => {
    const program = await run(folder, file);
    expect([await program.ends(), program.output()]).toEqual([0, prints ?? program.output()]);
  });
});

describe('the smallest server', () => {
  it('is examples/quick-start.ts, word for word, in at most 20 lines', async () => {
    const quickStart = await readFile(join(root, 'examples/quick-start.ts'), 'utf8');
    expect(exampleUnder('docs/report.md', 'See one').code).toBe(quickStart);
    expect(quickStart.trimEnd().split('\n').length).toBeLessThanOrEqual(20);
    const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    expect(scripts['quick-start']).toBe('node --import tsx examples/quick-start.ts');
  });

  it('prints what the page shows for the curl line of the README', async () => {
    const [waiting, report] = pageAt('docs/report.md')
      .blocks.filter(({ language }) => language === 'text')
      .map(({ code }) => code);
    const server = await start('docs/report.md', 'See one');
    expect(server.output()).toBe(waiting);
    expect(await server.post(curl().body)).toEqual({ status: 200, text: 'OK' });
    await server.prints('}\n');
    expect(server.output()).toBe(`${waiting}${report}`);
  });
});

describe('the examples', () => {
  it('serve the text file that proves the address is yours', async () => {
    const server = await start('docs/connecting.md', 'Prove that it is yours');
    const url = server.url('http://localhost:3000/copernica/proof.txt');
    expect(await (await fetch(url)).text()).toBe('proof');
  });

  const suppressing = examples.find((example) => givenTo(example).includes('suppress'));
  it('suppress an address that is dead for good', async () => {
    const server = await run(folder, suppressing?.file ?? '');
    await server.prints('Waiting');
    const full = curl().body.replace('5.1.1', '5.2.2').replace('User+unknown', 'Mailbox+full');
    const temporary = curl().body.replace('550', '450').replace('5.1.1', '4.1.1');
    for (const body of [full, temporary, curl().body]) {
      expect(await server.post(body)).toEqual({ status: 200, text: 'OK' });
    }
    await server.prints('suppressed jane@example.com');
    expect(server.output().match(/suppressed/g)).toHaveLength(1);
  });

  it('suppress as the README says', () => {
    const [, condition = ''] = /if \((.*)\) \{/.exec(suppressing?.code ?? '') ?? [];
    expect(condition).toContain('&&');
    expect(pageAt('README.md').prose).toContain(`\`${condition}\``);
  });

  const parsers = examples.filter(({ heading }) => heading === 'Body parsers');
  it.each(parsers)('read text that is not UTF-8 next to a body parser: $file', async ({ file }) => {
    const server = await run(folder, file);
    await server.prints('Waiting');
    await server.post(`${curl().body}+caf%E9`);
    await server.prints('november café');
  });

  it('print the account of a call', async () => {
    const server = await start('docs/connecting.md', 'Find your account');
    const url = server.url(curl().url);
    await fetch(url, { method: 'POST', headers: { 'X-Copernica-ID': 'account-1234' } });
    await server.prints('Account: account-1234\n');
  });

  it('print other variables', async () => {
    const server = await start('docs/report.md', 'Other variables');
    await server.post(`${curl().body}&fields[city]=Paris`);
    await server.prints('jane@example.com Paris\n');
  });
});
