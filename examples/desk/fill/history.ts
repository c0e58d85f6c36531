import { encodeReport, pickSample, SAMPLES, type Sample } from '../send/samples.js';

/** A call that Copernica could have made. */
interface Call {
  time: Date;
  body: string;
}

export interface HistoryOptions {
  days: number;
  /** The domain of the provider that begins to refuse the sender. */
  refusing: string;
  /** The first day of its refusals: midnight in UTC. */
  since: Date;
  now: Date;
}

export const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Every id of a made-up message begins with it. */
export const ID_PREFIX = 'made-up-';
/** Failures on a day with a mailing, and on a day without. */
const WEEKDAY_FAILURES = 160;
const WEEKEND_FAILURES = 30;
/** On each day, a provider that refuses the sender adds so many. */
const REFUSALS = 60;

const NAMES = ['anna', 'bob', 'carla', 'daan', 'eva', 'finn', 'greta', 'hugo', 'iris', 'jan'];
const SURNAMES = ['smith', 'jansen', 'muller', 'rossi', 'novak', 'garcia', 'dubois'];
const PROVIDERS = ['bigmail.example', 'kabel.example', 'bigmail.example', 'studenten.example'];
const COMPANIES = 60;

const REFUSAL: Sample = {
  name: 'refused',
  title: 'Refused at once: reputation of the sender',
  share: 0,
  state: 'mailfrom',
  code: 550,
  extended: '5.7.1',
  description: 'Mail from your IP address is refused because of its poor reputation',
};

/** People whose stories a user can look up. */
export const PEOPLE = {
  unknown: 'Peter.Bakker@kabel.example',
  full: 'mila.novak@bigmail.example',
  takenOff: 'sam.jansen@company-3.example',
  askedByPhone: 'info@company-7.example',
  refusedAt: (domain: string) => `jane.doe@${domain}`,
};

/**
 * Makes up the reports of some days, oldest first: a mailing at ten o'clock (UTC) on each weekday, failures
 * of all kinds, and one provider that begins to refuse the sender. The same options make the same history.
 */
export function makeHistory({ days, refusing, since, now }: HistoryOptions): Call[] {
  const calls: Call[] = [];
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;

  function add(time: number, recipient: string, sample: Sample): void {
    if (time > now.getTime()) return;
    const date = new Date(time);
    const tags = ['newsletter', date.toISOString().slice(0, 10)];
    const id = `${ID_PREFIX}${calls.length}`;
    calls.push({ time: date, body: encodeReport(sample, { id, recipient, tags, time: date }) });
  }

  for (let ago = days - 1; ago >= 0; ago -= 1) {
    const day = today - ago * DAY_MS;
    const isWeekend = [0, 6].includes(new Date(day).getUTCDay());
    const failures = isWeekend ? WEEKEND_FAILURES : WEEKDAY_FAILURES;
    for (let index = 0; index < failures; index += 1) {
      const number = ago * WEEKDAY_FAILURES + index;
      const recipient = `${nameOf(number)}@${domainOf(number, refusing)}`;
      add(timeOf(day, index), recipient, pickSample(spread(number, 0.7548776662)));
    }
    if (day < since.getTime()) continue;
    for (let index = 0; index < REFUSALS; index += 1) {
      const isKnown = index === 0 && ago % 4 === 1;
      const other = `${nameOf(index * 31 + ago)}@${refusing}`;
      add(timeOf(day, index), isKnown ? PEOPLE.refusedAt(refusing) : other, REFUSAL);
    }
  }
  const tenOClock = (ago: number) => today - ago * DAY_MS + 10 * HOUR_MS;
  for (let ago = days - 1; ago >= 1; ago -= 7)
    add(tenOClock(ago), PEOPLE.full, sampleOf('mailbox-full'));
  add(tenOClock(9), PEOPLE.unknown, sampleOf('unknown-user'));
  add(tenOClock(20), PEOPLE.takenOff, sampleOf('bounced'));
  return calls.sort((one, other) => one.time.getTime() - other.time.getTime());
}

/**
 * Spreads consecutive numbers evenly from 0 to 1, without a pattern that anyone would see. Each property of a
 * report has a step of its own, an irrational number, so that they do not depend on each other.
 */
const spread = (number: number, step: number) => (number * step) % 1;

/** Most failures come within four hours after a mailing, the others at any time of the day. */
function timeOf(day: number, index: number): number {
  const part = spread(index + 1, 0.569840291);
  const isAtOnce = index % 4 < 3;
  return day + (isAtOnce ? (10 + 4 * part ** 2) * HOUR_MS : 24 * part * HOUR_MS);
}

function nameOf(number: number): string {
  const name = NAMES[number % NAMES.length];
  return `${name}.${SURNAMES[number % SURNAMES.length]}${number}`;
}

/** Half of the recipients are at large providers. */
function domainOf(number: number, refusing: string): string {
  const place = Math.floor(spread(number, 0.6180339887) * 2 * (PROVIDERS.length + 1));
  if (place === 0) return refusing;
  return PROVIDERS[place - 1] ?? `company-${number % COMPANIES}.example`;
}

function sampleOf(name: string): Sample {
  const sample = SAMPLES.find((other) => other.name === name);
  if (!sample) throw new Error(`There is no sample ${name}`);
  return sample;
}
