// npm run fill: fills the database of a desk with a made-up history. Its options: npm run fill -- --help
import { Command, InvalidArgumentError } from 'commander';
import { openDatabaseOf } from '../open-database.js';
import { readSettings } from '../settings.js';
import { DAY_MS, PEOPLE } from './history.js';
import { storeHistory } from './store-history.js';

/** So that everybody's story has happened. */
const MIN_DAYS = 21;
const MAX_DAYS = 400;

const command = new Command('npm run fill --')
  .description(
    'Fills the database of a desk with a made-up history. DATABASE_URL or DATA_DIRECTORY names it, as for the desk.',
  )
  .option('--days <number>', 'how many days', toDays, 40)
  .option(
    '--refusing <domain>',
    'a provider that begins to refuse the sender',
    toDomain,
    'post.example',
  )
  .option('--since <date>', 'the day when that begins', toDay, daysAgo(12))
  .allowExcessArguments(false)
  .showHelpAfterError('Put options after two dashes: npm run fill -- --days 40')
  .parse();
const options: { days: number; refusing: string; since: Date } = command.opts();
if (options.since <= daysAgo(options.days) || options.since > daysAgo(0)) {
  command.error(`error: --since must be one of the last ${options.days} days.`);
}

try {
  const database = await openDatabaseOf(readSettings(process.env));
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
      PEOPLE.askedByPhone,
    ],
  ].join('\n');
}

function toDays(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= MIN_DAYS && days <= MAX_DAYS) return days;
  throw new InvalidArgumentError(`It must be from ${MIN_DAYS} to ${MAX_DAYS}.`);
}

function toDomain(text: string): string {
  if (/^[a-z\d-]+(\.[a-z\d-]+)+$/.test(text)) return text;
  throw new InvalidArgumentError('It must be a domain like post.example.');
}

function toDay(text: string): Date {
  const day = new Date(text);
  // Date.parse takes 31 February for a day in March.
  if (!Number.isNaN(day.getTime()) && day.toISOString().startsWith(`${text}T`)) return day;
  throw new InvalidArgumentError('It must be a date like 2026-01-31.');
}

function daysAgo(days: number): Date {
  return new Date(Math.floor(Date.now() / DAY_MS - days) * DAY_MS);
}
