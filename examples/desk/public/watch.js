// @ts-check
// Keeps what is on show up to date, and knows whether the database is there.
import { again, offer, unanswered } from './answers.js';
import { draw } from './draw.js';
import { load } from './load.js';

/** How often an open page asks how things stand, also where nothing happens. */
const EVERY = 5000;
/** How often it asks at most, however much happens. */
const AT_MOST = 1000;
/** The numbers go stale by themselves: the last hour moves on. */
const NUMBERS_LAST = 60_000;

/** @typedef {{ reports: number, exact: boolean, oldest: string | null, bytes: number, suppressions: number, keepDays: number | null, counting: { done: number } | null }} State */

/** How things stood when the desk was asked last. */
export const health = {
  /** @type {State | undefined} */
  state: undefined,
  /** @type {string | undefined} */
  trouble: undefined,
  /** When the database answered last. @type {number | undefined} */
  answered: undefined,
  /** Since when its answer is awaited. @type {number | undefined} */
  asked: undefined,
};

/** What has changed since the page last asked for it. */
const changed = { reports: false, suppressions: false };
let numbersAsked = Date.now();
let wanted = false;
let running = false;

/** Asks how things stand; any number of wishes while that is under way become one. */
export function check() {
  wanted = true;
  if (!running) run();
}

async function run() {
  running = true;
  while (wanted && !document.hidden) {
    wanted = false;
    await look();
    draw();
    await new Promise((resolve) => setTimeout(resolve, AT_MOST));
  }
  running = false;
}

async function look() {
  const before = health.state;
  health.asked = Date.now();
  try {
    const state = await load('/state');
    // What an event has told is asked for as well where the event was missed.
    if (before?.reports !== state.reports) changed.reports ||= before !== undefined;
    if (before?.suppressions !== state.suppressions) changed.suppressions ||= before !== undefined;
    Object.assign(health, { state, trouble: undefined, answered: Date.now(), asked: undefined });
  } catch (error) {
    Object.assign(health, { trouble: /** @type {Error} */ (error).message, asked: undefined });
    return;
  }
  await refresh();
}

/** Asks again for what has changed, and only for that. */
async function refresh() {
  const work = [again(...unanswered())];
  if (changed.reports || Date.now() - numbersAsked > NUMBERS_LAST) {
    numbersAsked = Date.now();
    work.push(again('numbers', 'domains'));
  }
  if (changed.reports) work.push(offer('reports'), again('found', 'newer'));
  if (changed.suppressions) work.push(offer('suppressions'), again('matches'));
  if (changed.reports || changed.suppressions) work.push(again('person'));
  Object.assign(changed, { reports: false, suppressions: false });
  await Promise.all(work);
}

/** Checks whenever the desk says that something has changed, and from time to time. */
export function watch() {
  /** @type {EventSource | undefined} */
  let events;
  function listen() {
    // A hidden page holds no connection: a browser has only a few for each host.
    if (document.hidden) events?.close();
    else if (!events || events.readyState === EventSource.CLOSED) events = open();
    check();
  }
  document.addEventListener('visibilitychange', listen);
  for (const name of ['online', 'offline']) addEventListener(name, check);
  setInterval(listen, EVERY);
  // How long ago things were told goes on, also while no answer comes.
  setInterval(draw, 1000);
  listen();
}

function open() {
  const events = new EventSource('/events');
  events.addEventListener('error', check);
  events.addEventListener('open', () => note({ reports: true, suppressions: true }));
  events.addEventListener('changed', ({ data }) => note(JSON.parse(data || 'null')));
  return events;
}

/** @param {{ reports: number | boolean, suppressions: boolean } | null} told nothing where something may have been missed */
function note(told) {
  changed.reports ||= !told || Boolean(told.reports);
  changed.suppressions ||= !told || told.suppressions;
  check();
}
