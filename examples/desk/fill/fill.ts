// npm run fill: fills the database of a desk with a made-up history. Its options: npm run fill -- --help
import { Command, InvalidArgumentError } from 'commander';
import { openDatabase } from '../database/open.js';
import { readSettings } from '../settings.js';
import { cannotKeepData } from '../startup-errors.js';
import { PEOPLE } from './history.js';
import { storeHistory } from './store-history.js';

const DAY_MS = 86_400_000;
const MAX_DAYS = 400;

const command = new Command('npm run fill --')
  .description(
    'Fills the database of a desk with a made-up history. DATABASE_URL or DATA_DIRECTORY names it, as for the desk.',
  )
  .option('--days <number>', 'how many days', toDays, 40)
  .option('--refusing <domain>', 'a provider that begins to refuse the sender', 'post.example')
  .option('--since <date>', 'the day when that begins', toDay, daysAgo(12))
  .allowExcessArguments(false)
  .showHelpAfterError('Put options after two dashes: npm run fill -- --days 40')
  .parse();
const options: { days: number; refusing: string; since: Date } = command.opts();

try {
  const { DATABASE_URL, DATA_DIRECTORY } = readSettings(process.env);
  const database = await openDatabase({ url: DATABASE_URL, directory: DATA_DIRECTORY }).catch(
    (error) => {
      throw error.code ? cannotKeepData(error, DATA_DIRECTORY) : error;
    },
  );
  const reports = await storeHistory(database, { ...options, now: new Date() }).finally(() =>
    database.close(),
  );
  console.log(summary(reports));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

function summary(reports: number): string {
  const { days, refusing, since } = options;
  return [
    `${reports} reports of ${days} days are stored. From ${since.toISOString().slice(0, 10)} on, ${refusing} refuses the sender.`,
    'Start the desk, and look up one of these:',
    ...[
      PEOPLE.refusedAt(refusing),
      PEOPLE.unknown,
      PEOPLE.full,
      PEOPLE.takenOff,
      PEOPLE.onThePhone,
    ],
  ].join('\n');
}

function toDays(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= MAX_DAYS) return days;
  throw new InvalidArgumentError(`It must be from 1 to ${MAX_DAYS}.`);
}

function toDay(text: string): Date {
  const day = new Date(text);
  if (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(day.getTime())) return day;
  throw new InvalidArgumentError('It must be a date like 2026-01-31.');
}

function daysAgo(days: number): Date {
  return new Date(Math.floor(Date.now() / DAY_MS - days) * DAY_MS);
}
