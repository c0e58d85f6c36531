import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { FailureReportError, STATUS } from '../lib/errors.js';
import { checkOptions } from '../lib/options.js';
import { toReport } from '../lib/report.js';
import { failureReportSchema } from '../lib/schema.js';

// Each example is a process of its own.
vi.setConfig({ testTimeout: 60_000 });

const root = join(import.meta.dirname, '..');
const readme = await readFile(join(root, 'README.md'), 'utf8');

/** The fenced blocks of one language, each with the heading it stands under. */
function blocks(...languages: string[]) {
  const found: { heading: string; language: string; code: string }[] = [];
  let heading = '';
  for (const match of readme.matchAll(/^#+ ([^\n]+)$|^( *)```(\w+)\n(.*?)^ *```$/gms)) {
    const [, title, indent = '', language = '', text = ''] = match;
    if (title !== undefined) heading = title;
    else if (languages.includes(language)) {
      const code = text.replaceAll(new RegExp(`^${indent}`, 'gm'), '');
      found.push({ heading, language, code });
    }
  }
  return found;
}

/** The rows of the table under a heading, without code marks in the first columns. */
function table(heading: string): string[][] {
  const section = readme.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
  const lines = section.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim().replace(/^`([^`]*)`$/, '$1')),
  );
}

const TESTING = 'Testing your endpoint';

const commands = blocks('sh').map(({ code }) => code.trim());
const printed = blocks('text').map(({ code }) => code);
const examples = blocks('ts', 'js').map((block, index) => ({
  ...block,
  file: `example-${index + 1}.${block.language === 'js' ? 'cjs' : 'ts'}`,
}));

/** The request that the README's curl line makes. */
function curl() {
  const line = commands.find((command) => command.startsWith('curl')) ?? '';
  const [, body = '', url = ''] = /^curl -d "([^"]+)" (\S+)$/.exec(line) ?? [];
  return { body, url };
}

/** What the README tells its reader to have: an app, a function that saves, a database. */
const GIVEN = `
import express from 'express';
import type { Request } from 'express';
import type { FailureReport } from 'copernica-failures';
import { copernicaFailures } from 'copernica-failures';
const app = express();
const save = async (report: FailureReport) => console.log(report);
const suppress = async (recipient: string) => console.log('suppressed', recipient);
const sharedStore = new Map<string, number>();
const database = {
  rows: new Map<string, unknown>(),
  async query(sql: string, values?: unknown[]) {
    if (!values) return;
    const key = JSON.stringify(values.slice(0, 5));
    if (!this.rows.has(key)) console.log(sql, values);
    this.rows.set(key, values);
  },
};
`;

/** An example as a program: one that is not complete gets what the README says it needs. */
function program({ language, code }: (typeof examples)[number]): string {
  if (language === 'js' || code.includes('.listen(')) return code;
  const given = GIVEN.split('\n').filter(
    (line) => !line.startsWith('import') || !code.includes(line),
  );
  return `${given.join('\n')}\n${code}\napp.listen(3000, 'localhost', () => console.log('Waiting'));\n`;
}

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'copernica-failures-readme-'));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions: {
        allowJs: true,
        noUnusedLocals: false,
        noUnusedParameters: false,
        typeRoots: [join(root, 'node_modules/@types')],
        paths: {
          'copernica-failures': [join(root, 'lib/index.ts')],
          'copernica-failures/testing': [join(root, 'lib/testing.ts')],
        },
      },
      include: ['*.ts'],
    }),
  );
  for (const example of examples) await writeFile(join(folder, example.file), program(example));
  await mkdir(join(folder, 'copernica-proof'));
  await writeFile(join(folder, 'copernica-proof', 'proof.txt'), 'proof');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function freePort(): Promise<number> {
  const server = createServer().listen(0, 'localhost');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Runs an example on a free port, as `npm start` runs the quick start. */
async function start(file: string, ready = 'Waiting') {
  const port = String(await freePort());
  const path = join(folder, `${port}-${file}`);
  const code = await readFile(join(folder, file), 'utf8');
  await writeFile(path, code.replaceAll('3000', port));
  const server = spawn(process.execPath, ['--import', 'tsx', path], { cwd: folder });
  onTestFinished(async () => {
    if (server.exitCode === null && server.kill()) await once(server, 'exit');
    await rm(path);
  });
  let output = '';
  const changed = new Set<() => void>();
  for (const stream of [server.stdout, server.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text.replaceAll(port, '3000');
      for (const check of changed) check();
    });
  }
  const prints = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const check = () => output.includes(text) && resolve();
      changed.add(check);
      server.once('exit', () => reject(new Error(`Ended without printing ${text}:\n${output}`)));
      check();
    });
  await prints(ready);
  return {
    prints,
    output: () => output,
    url: (url: string) => url.replaceAll('3000', port),
    async post(body: string, url = curl().url) {
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
      const response = await fetch(url.replaceAll('3000', port), { method: 'POST', headers, body });
      return { status: response.status, text: await response.text() };
    },
  };
}

describe('Try it', () => {
  it('names npm scripts that exist', async () => {
    const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    const named = [...readme.matchAll(/npm (?:run ([\w:-]+)|(start|test))\b/g)];
    expect(named.length).toBeGreaterThan(0);
    for (const [, run, alias] of named) expect(scripts).toHaveProperty([run ?? alias ?? '']);
  });

  it('starts the desk with npm start, the quick start with its own command', async () => {
    const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    expect(commands[0]).toBe('npm install && npm start');
    expect(scripts.start).toBe('node --import tsx examples/desk/server.ts');
    expect(commands).toContain('npm run quick-start');
    expect(scripts['quick-start']).toBe('node --import tsx examples/quick-start.ts');
  });

  it('prints what the README shows for its curl line', async () => {
    const server = await start(examples[0]?.file ?? '');
    expect(server.output()).toBe(printed[0]);
    expect(await server.post(curl().body)).toEqual({ status: 200, text: 'OK' });
    await server.prints('}\n');
    expect(server.output()).toBe(`${printed[0]}${printed[1]}`);
  });
});

describe('examples', () => {
  it('start with examples/quick-start.ts, word for word, in at most 20 lines', async () => {
    const quickStart = await readFile(join(root, 'examples/quick-start.ts'), 'utf8');
    expect(examples[0]?.code).toBe(quickStart);
    expect(quickStart.trimEnd().split('\n').length).toBeLessThanOrEqual(20);
  });

  it('type-check', async () => {
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const { stdout } = await promisify(execFile)(process.execPath, [tsc, '-p', folder]).catch(
      (failure) => failure,
    );
    expect(stdout).toBe('');
  });

  const open = examples.filter(({ code }) => !code.includes('verify:'));
  it.each(open)('receive the report: $heading ($file)', async ({ file }) => {
    const server = await start(file);
    expect(await server.post(curl().body)).toEqual({ status: 200, text: 'OK' });
    await server.prints('jane@example.com');
  });

  const guarded = examples.filter(
    ({ code, heading }) => code.includes('verify:') && heading !== TESTING,
  );
  it.each(guarded)('refuse a report that is not signed: $heading ($file)', async ({ file }) => {
    const server = await start(file);
    const answer = await server.post(curl().body);
    expect(answer.status).toBe(401);
    expect(answer.text).toContain('There is no Signature header');
  });

  it('sign right and wrong requests, and print what the README shows', async () => {
    const server = await start(under(TESTING), printed[2]);
    expect(server.output().replaceAll(/^(?!\d+$).*\n/gm, '')).toBe(printed[2]);
  });

  it('suppress an address that is dead for good', async () => {
    const server = await start(under('Why it failed'));
    await server.post(curl().body);
    await server.prints('suppressed jane@example.com');
  });

  it('log why a report was refused', async () => {
    const server = await start(under('Errors'));
    expect((await server.post('id=1001')).status).toBe(400);
    await server.prints('COPERNICA_REPORT_INVALID');
    await server.prints("path: '/recipient'");
  });

  it('store a report that arrives twice once', async () => {
    const server = await start(under('What is promised'));
    const { body } = curl();
    for (const again of [body, body, body.replace('5.1.1', '5.2.2')]) {
      expect((await server.post(again)).status).toBe(200);
    }
    await server.prints('5.2.2');
    expect(server.output().match(/INSERT .* ON CONFLICT DO NOTHING/g)).toHaveLength(2);
  });

  it('serve the text file that proves the address is yours', async () => {
    const server = await start(under('Connect it to Copernica'));
    const url = server.url('http://localhost:3000/copernica/proof.txt');
    expect(await (await fetch(url)).text()).toBe('proof');
  });

  it('answer without Express: 404 to other methods, the status of an error to a bad report', async () => {
    const server = await start(under('Without Express'));
    expect((await fetch(server.url(curl().url))).status).toBe(404);
    expect((await server.post('id=1001')).status).toBe(400);
  });
});

/** The file of the first example under a heading. */
function under(heading: string): string {
  return examples.find((example) => example.heading === heading)?.file ?? '';
}

describe('tables', () => {
  it('list the fields of a report with their types', () => {
    const { properties, required } = failureReportSchema;
    const every = Object.fromEntries(Object.keys(properties).map((name) => [name, '1']));
    const report = toReport(every);
    const rows = table('The report').map(([field, type, present]) => [field, type, present]);
    expect(rows.map(([field]) => field)).toEqual(Object.keys(report));
    for (const [field = '', type, present] of rows) {
      const value = report[field as keyof typeof report];
      expect([field, type]).toEqual([field, Array.isArray(value) ? 'string[]' : typeof value]);
      const always = !(field in properties) || (required as readonly string[]).includes(field);
      expect([field, present]).toEqual([field, always ? 'always' : 'optional']);
    }
  });

  it('list the options with their defaults', () => {
    const onFailure = () => undefined;
    const rows = table('Options').map(([name = '', value = '']) => ({ name, value }));
    const stranger = { onFailure, stranger: 1 };
    const nested = { onFailure, verify: { account: 'account-1', stranger: 1 } };
    const known = [stranger, nested].map((options) => {
      const [, list = ''] = /; known are (.*)/.exec(thrownBy(() => checkOptions(options))) ?? [];
      return list.split(', ');
    });
    const verify = known[1]?.map((name) => `verify.${name}`) ?? [];
    expect(rows.map(({ name }) => name)).toEqual([...(known[0] ?? []), ...verify]);
    for (const { name, value } of rows.filter((row) => /^'.*'$/.test(row.value))) {
      const set = { onFailure, [name]: value.slice(1, -1) };
      expect(checkOptions(set)).toEqual(checkOptions({ onFailure }));
    }
    for (const { name } of rows.filter(({ value }) => value === 'required')) {
      const given = name.startsWith('verify.') ? { onFailure, verify: {} } : {};
      expect(thrownBy(() => checkOptions(given as never))).toContain(name);
    }
  });

  it('list the error codes with their statuses', () => {
    const rows = table('Errors').map(([status, code]) => [code, Number(status)]);
    expect(rows).toEqual(Object.entries(STATUS));
    for (const [code, status] of rows) {
      expect(new FailureReportError(code as keyof typeof STATUS, '').status).toBe(status);
    }
  });
});

function thrownBy(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return String(error);
  }
  return '';
}

it('links to headings and files that exist', async () => {
  const anchors = [...readme.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  );
  for (const [, target = ''] of readme.matchAll(/\]\((?!https?:)([^)]+)\)/g)) {
    if (target.startsWith('#')) expect(anchors).toContain(target.slice(1));
    else await expect(readFile(join(root, target)), target).resolves.toBeTruthy();
  }
});
