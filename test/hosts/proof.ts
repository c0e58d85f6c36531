import { isDeepStrictEqual } from 'node:util';
import type { TestSigner, TestSignerOptions } from '../../lib/testing.js';
import {
  deliveredAs,
  ENDED,
  KINDS,
  type Kind,
  reportsModule,
  type Send,
  type Sent,
  savedMark,
} from './calls.js';
import { writeApp } from './files.js';
import type { Host } from './host.js';
import { throughProxy } from './proxy.js';
import { freePort, type Running, run } from './running.js';
import { SENDERS } from './send.js';

/** Where an app is run. */
export interface Place {
  /** Where the app goes; what it imports is found from there. */
  folder: string;
  /** The command that runs Node.js. */
  node: readonly string[];
  /** Milliseconds that an app has to print what it was sent; 5,000 by default. */
  lineTimeoutMs?: number;
  /** That of the package under test. */
  createTestSigner: (options: TestSignerOptions) => TestSigner;
}

/** The results of a host have these names: each kind of request, and what its wrapper saw. */
export const COLUMNS = [...KINDS.map(({ name }) => name), 'ended'];

/** What came of a host. */
export interface Outcome {
  /** By column `ok`, or what was wrong. */
  results: Record<string, string>;
  right: boolean;
  /** What it has printed, and why it did not even start. */
  output: string;
}

const ACCOUNT = 'account-1234';
const KEY_ID = 'test._domainkey.copernica.com';

/** Runs the example of a host and sends it requests of every kind. */
export async function prove(host: Host, place: Place): Promise<Outcome> {
  const { build = [], start = ['node', 'app.js'], protocol = 'http', registered = false } = host;
  const port = await freePort();
  const origin = `${protocol === 'http' ? 'http' : 'https'}://127.0.0.1:${port}`;
  const url = `${origin}${host.path ?? '/copernica/failures'}`;
  const signer = place.createTestSigner({ account: ACCOUNT, url, keyId: KEY_ID });
  const records = await signer.resolveTxt(KEY_ID);
  const reports = reportsModule({ account: ACCOUNT, ...(registered && { url }) }, records);
  await writeApp(place.folder, host, reports, port);
  for (const command of build) await runToEnd(command, place);

  const command = start.map((word) => word.replace('$PORT', String(port)));
  const program = run(command, place.folder, place.node);
  const results: Record<string, string> = {};
  try {
    await program.listens(port);
    const statuses = new Map<Kind, string[]>();
    // The good ones last: whatever came before, the host must still work.
    for (const kind of KINDS.toReversed()) {
      const send = kind.proxied && protocol !== 'http2' ? throughProxy : SENDERS[protocol];
      statuses.set(kind, await statusesOf(kind.requests(signer), send));
    }
    const answered = [...statuses.values()].flat();
    const delivered = answered.filter((status) => status === '200').length;
    await Promise.allSettled([
      program.prints(savedMark('signed'), 1, place.lineTimeoutMs),
      program.prints('[ended 200]', delivered, place.lineTimeoutMs),
    ]);
    for (const kind of KINDS) results[kind.name] = judge(kind, statuses.get(kind) ?? [], program);
    results.ended = judgeEndings(answered, program.output());
  } catch (error) {
    return { results, right: false, output: `${error}\n${program.output()}` };
  } finally {
    await program.stop();
  }
  const right = Object.values(results).every((result) => result === 'ok');
  return { results, right, output: program.output() };
}

async function statusesOf(requests: readonly Sent[], send: Send): Promise<string[]> {
  const statuses: string[] = [];
  for (const request of requests) {
    statuses.push(await send(request).then(String, (error) => error.code ?? String(error)));
  }
  return statuses;
}

/** Compares what came of a kind with what must come of it. */
function judge(kind: Kind, statuses: readonly string[], program: Running): string {
  const said = statuses.join(', ');
  if (!kind.statuses.every((expected, i) => expected.test(statuses[i] ?? ''))) return said;
  const saved = savedOf(kind.name, program.output());
  if (saved.length !== kind.deliveries) return `${said}, delivered ${saved.length} times`;
  const right = saved.every((report) => isDeepStrictEqual(report, deliveredAs(kind.name)));
  return right ? 'ok' : `${said}, delivered as ${JSON.stringify(saved)}`;
}

/** Compares what the wrapper of the handler saw, in order, with the answers. */
function judgeEndings(answered: readonly string[], output: string): string {
  const expected = answered.filter(isOfPost);
  const ended = [...output.matchAll(ENDED)].map(([, status = '']) => status).filter(isOfPost);
  const fits = (status: string, i: number) =>
    ended[i] === status || (ended[i] === 'error' && Number(status) >= 400);
  const right = ended.length === expected.length && expected.every(fits);
  return right ? 'ok' : `${ended.join(', ') || 'nothing'} for ${expected.join(', ')}`;
}

/** Some hosts answer a GET without the handler: 404 or 405. */
function isOfPost(status: string): boolean {
  return status !== '404' && status !== '405';
}

function savedOf(id: string, output: string): unknown[] {
  const lines = output.split('\n').filter((line) => line.includes(savedMark(id)));
  return lines.map((line) => JSON.parse(line.slice(line.indexOf('{'), line.lastIndexOf('}') + 1)));
}

async function runToEnd(command: readonly string[], { folder, node }: Place): Promise<void> {
  const program = run(command, folder, node);
  const code = await program.ends();
  await program.stop();
  if (code !== 0) throw new Error(`${command.join(' ')} failed (${code}):\n${program.output()}`);
}
