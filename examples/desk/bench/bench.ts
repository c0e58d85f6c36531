// npm run bench:desk [-- --quick]: what the desk costs with few reports and with many.
import { parseArgs } from 'node:util';
import { printTable } from '../../../test/bench/table.js';
import { openDatabase } from '../database/database.js';
import { createPostgres } from '../test/postgres.js';
import { bytesPerReport, makeDesk } from './data.js';
import { compareEndToEnd } from './end-to-end.js';
import { openDesk, openPages } from './ingest.js';
import { QUESTIONS, time } from './queries.js';
import { judge } from './targets.js';

const { values } = parseArgs({
  options: {
    /** Small sizes and few rounds, to see that all works; the figures mean little. */
    quick: { type: 'boolean', default: false },
  },
});
const SIZES = values.quick ? [5000, 20_000, 50_000] : [50_000, 500_000, 5_000_000];
const ROUNDS = values.quick ? 3 : 9;
const ROUNDS_OF_INGEST = values.quick ? 3 : 4;
const SECONDS = values.quick ? 1 : 4;

const began = performance.now();
const told = (what: string) =>
  console.error(`${String(Math.round((performance.now() - began) / 1000)).padStart(4)} s  ${what}`);
const postgres = await createPostgres().catch(({ message }) => {
  console.error(message);
  process.exit(1);
});
const desks: { size: number; url: string; bytes: { all: number; indexes: number } }[] = [];
for (const size of SIZES) {
  const url = await makeDesk(postgres.url, size);
  desks.push({ size, url, bytes: await bytesPerReport(url, size) });
  told(`made ${size.toLocaleString('en')} reports`);
}

/** Milliseconds of each question, one for each size, asked in turn so that a busy moment hits all. */
async function askAll(): Promise<Record<string, number[]>> {
  const databases = await Promise.all(desks.map(({ url }) => openDatabase({ url })));
  const times: Record<string, number[]> = {};
  for (const name of Object.keys(QUESTIONS)) {
    times[name] = [];
    for (const database of databases) times[name].push(await time(database, name, ROUNDS));
  }
  await Promise.all(databases.map((database) => database.close()));
  return times;
}

/** Reports committed per second without and with open pages, for each size: the best of the rounds. */
async function ingestAll(): Promise<{ alone: number; withPages: number }[]> {
  const rates = desks.map(() => ({ alone: [] as number[], withPages: [] as number[] }));
  for (let round = 0; round <= ROUNDS_OF_INGEST; round += 1) {
    for (const [index, { url }] of desks.entries()) {
      const desk = await openDesk(url);
      await desk.ingest(0.5);
      const alone = await desk.ingest(SECONDS);
      const pages = await openPages(desk.url);
      const withPages = await desk.ingest(SECONDS);
      await pages.close();
      await desk.close();
      // The first round warms up.
      if (round === 0) continue;
      rates[index]?.alone.push(alone);
      rates[index]?.withPages.push(withPages);
    }
  }
  return rates.map((rate) => ({
    alone: Math.max(...rate.alone),
    withPages: Math.max(...rate.withPages),
  }));
}

const times = await askAll();
told('asked');
const rates = await ingestAll();
told('took reports in');
const endToEnd = await compareEndToEnd(desks[0]?.url ?? '', {
  rounds: 3,
  reports: values.quick ? 1000 : 6000,
});
told('took reports in through HTTP');
await postgres.remove();

const sizes = SIZES.map((size) => size.toLocaleString('en'));
const whole = (figure: number) => Math.round(figure).toLocaleString('en');
printTable(
  ['reports', ...sizes],
  [
    ...Object.entries(times).map(([name, each]) => [
      `${name}, ms`,
      ...each.map((milliseconds) => milliseconds.toFixed(1)),
    ]),
    ['committed per second', ...rates.map(({ alone }) => whole(alone))],
    ['with ten open pages', ...rates.map(({ withPages }) => whole(withPages))],
    ['bytes on disk per report', ...desks.map(({ bytes }) => whole(bytes.all))],
    ['of these for indexes', ...desks.map(({ bytes }) => whole(bytes.indexes))],
  ],
);
console.log(
  `\nThrough HTTP: ${whole(endToEnd.desk)} reports per second; the plainest app ${whole(endToEnd.plain)}.\n`,
);

const [small, large] = [rates[0], rates.at(-1)];
const verdicts = judge({
  questions: Object.fromEntries(
    Object.entries(times).map(([name, each]) => [
      name,
      { small: each[0] ?? Number.NaN, large: each.at(-1) ?? Number.NaN },
    ]),
  ),
  ingest: {
    small: small?.alone ?? Number.NaN,
    large: large?.alone ?? Number.NaN,
    withPages: large?.withPages ?? Number.NaN,
  },
  endToEnd,
});
for (const [target, met] of verdicts) console.log(`${met ? 'met   ' : 'missed'}  ${target}`);
console.log(`\nTook ${Math.round((performance.now() - began) / 1000)} s.`);
process.exit(verdicts.every(([, met]) => met) ? 0 : 1);
