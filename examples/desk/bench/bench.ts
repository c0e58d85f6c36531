// npm run bench:desk -- [--quick] [--write]: measures the desk with few reports and with many.
import { readOptions } from '../../../test/bench/options.js';
import { createResults } from '../../../test/bench/results.js';
import { formatTable } from '../../../test/bench/table.js';
import { listVersions } from '../../../test/bench/versions.js';
import { openDatabase } from '../database/open.js';
import { createPostgres, runOn } from '../test/postgres.js';
import { bytesPerReport, makeDesk } from './data.js';
import { compareEndToEnd } from './end-to-end.js';
import { openDesk, openPages } from './ingest.js';
import { DIRECT_QUESTIONS, SEARCH_QUESTIONS, type Timing, time } from './questions.js';

const MAX_DIRECT_MS = 50;
/** The time-out of a search, and some time around it. */
const MAX_SEARCH_MS = 2200;

const { quick, write } = readOptions('npm run bench:desk', [
  // Small sizes and few rounds: shows that the bench works; its figures mean little.
  'quick',
  // Write to results.md what is printed.
  'write',
]);
const results = createResults('npm run bench:desk');
const [FEW, MANY] = quick ? [5000, 50_000] : [50_000, 5_000_000];
const ROUNDS = quick ? 3 : 7;
const INGEST_ROUNDS = quick ? 3 : 4;
const INGEST_SECONDS = quick ? 1 : 4;

const began = performance.now();
const elapsedSeconds = () => Math.round((performance.now() - began) / 1000);
const log = (text: string) => console.error(`${String(elapsedSeconds()).padStart(4)} s  ${text}`);

const postgres = await createPostgres().catch(({ message }) => {
  console.error(message);
  process.exit(1);
});
const [{ server_version } = {}] = await runOn(postgres.url, 'SHOW server_version');
results.print(`PostgreSQL ${server_version}, ${listVersions(['express', 'pg'])}\n`);

interface Figures {
  bytes: { all: number; indexes: number };
  timings: Record<string, Timing>;
  /** Reports committed per second. */
  alone: number[];
  withPages: number[];
}

async function makeFigures(size: number): Promise<Figures & { url: string }> {
  const url = await makeDesk(postgres.url, size);
  log(`made ${size.toLocaleString('en')} reports`);
  return {
    url,
    bytes: await bytesPerReport(url, size),
    timings: {},
    alone: [],
    withPages: [],
  };
}
const few = await makeFigures(FEW);
const many = await makeFigures(MANY);
const both = [few, many];

const questions = { ...DIRECT_QUESTIONS, ...SEARCH_QUESTIONS };
const databases = await Promise.all(both.map(({ url }) => openDatabase({ url })));
for (const [name, ask] of Object.entries(questions)) {
  // Both sizes in turn, so that a busy moment slows both down.
  for (const [index, { timings }] of both.entries()) {
    const database = databases[index];
    if (database) timings[name] = await time(database, ask, ROUNDS);
  }
}
await Promise.all(databases.map((database) => database.close()));
log('asked all questions');

const endToEnd = await compareEndToEnd(few.url, {
  rounds: 3,
  reports: quick ? 1000 : 6000,
});
log('stored reports through HTTP');

for (let round = 0; round <= INGEST_ROUNDS; round += 1) {
  for (const figures of both) {
    const desk = await openDesk(figures.url);
    await desk.ingest(0.5);
    const alone = await desk.ingest(INGEST_SECONDS);
    const pages = await openPages(desk.url);
    const withPages = await desk.ingest(INGEST_SECONDS);
    await pages.close();
    await desk.close();
    // The first round warms up.
    if (round === 0) continue;
    figures.alone.push(alone);
    figures.withPages.push(withPages);
  }
}
log('stored reports');
await postgres.remove();

const whole = (figure: number) => Math.round(figure).toLocaleString('en');
const rate = (rounds: number[]) => whole(Math.max(...rounds));
const inWords = (timing: Timing | undefined) =>
  timing?.isTooSlow ? 'add something' : (timing?.milliseconds.toFixed(1) ?? '');
const table = formatTable(
  ['reports', whole(FEW), whole(MANY)],
  [
    ...Object.keys(questions).map((name) => [
      `${name}, ms`,
      inWords(few.timings[name]),
      inWords(many.timings[name]),
    ]),
    ['committed per second', rate(few.alone), rate(many.alone)],
    ['with ten open pages', rate(few.withPages), rate(many.withPages)],
    ['bytes on disk per report', whole(few.bytes.all), whole(many.bytes.all)],
    ['of these for indexes', whole(few.bytes.indexes), whole(many.bytes.indexes)],
  ],
);
results.print(table);
results.print(
  `\nThrough HTTP: ${whole(endToEnd.desk)} reports per second; the plainest app ${whole(endToEnd.plain)}.\n`,
);

const targets = [
  atMost('requests of a page, a lookup and the interface', DIRECT_QUESTIONS, MAX_DIRECT_MS),
  atMost('any search, or its advice what to add', SEARCH_QUESTIONS, MAX_SEARCH_MS),
  atLeast('committed with many reports, of those with few', many.alone, few.alone, 0.8),
  atLeast('committed with ten open pages, of those without', many.withPages, many.alone, 0.9),
  atLeast('durable through HTTP, of the plainest app', [endToEnd.desk], [endToEnd.plain], 1),
];
for (const { text, isMet } of targets) results.print(`${isMet ? 'met   ' : 'missed'}  ${text}`);
results.print(`\nTook ${elapsedSeconds()} s.`);
if (write) results.write();
process.exit(targets.every(({ isMet }) => isMet) ? 0 : 1);

function atMost(what: string, asked: object, milliseconds: number) {
  const slow = Object.keys(asked).filter(
    (name) => (many.timings[name]?.milliseconds ?? 0) > milliseconds,
  );
  const names = slow.length > 0 ? `: not ${slow.join('; ')}` : '';
  return { text: `${what}: at most ${milliseconds} ms${names}`, isMet: slow.length === 0 };
}

function atLeast(what: string, some: number[], others: number[], share: number) {
  const ratio = Math.max(...some) / Math.max(...others);
  return { text: `${what}: at least ${share}: ${ratio.toFixed(2)}`, isMet: ratio >= share };
}
