// Keeps the page up to date, and records whether the database answers.
import { load } from './api.js';
import { failedRequests, refresh, reload, setState } from './cache.js';
import { draw } from './draw.js';

/** @import { CurrentState, RequestName } from './types.js' */

const POLL_MS = 2000;
/** Longer than the server waits for its database. A hung request must not delay the next one for long. */
const STATE_TIMEOUT_MS = 6000;
/** The numbers change even without reports: the period moves on. */
const NUMBERS_MS = 60_000;
const NUMBERS = /** @type {RequestName[]} */ (['numbers', 'domains', 'monthDomains']);
/** All other requests whose answers can change. */
const CHANGING = /** @type {RequestName[]} */ ([
  'reports',
  'reportCount',
  'suppressions',
  'suppressionCount',
  'address',
  'reportAddress',
]);

/** The connection to the desk and its database. Times are those of Date.now(). */
export const connection = {
  /** The last answer. @type {CurrentState | undefined} */
  state: undefined,
  /** Why the last request failed. @type {string | undefined} */
  error: undefined,
  /** @type {number | undefined} */
  answeredAt: undefined,
  /** When the pending request was sent. @type {number | undefined} */
  askedAt: undefined,
};

let polling = false;
let refreshing = false;
/** The version of the lists on the page. @type {string | undefined} */
let shownVersion;
/** The version of the numbers on the page, and when they were requested. @type {string | undefined} */
let countsVersion;
let numbersAt = Date.now();

/** Polls every two seconds while the page is visible, and at once if that or the network changes. */
export function startPolling() {
  document.addEventListener('visibilitychange', poll);
  for (const name of ['online', 'offline']) addEventListener(name, poll);
  setInterval(poll, POLL_MS);
  // The page says how long ago it was updated.
  setInterval(draw, 1000);
  poll();
}

async function poll() {
  if (document.hidden || polling) return;
  polling = true;
  await readState();
  polling = false;
  if (!connection.error) await refreshChanged();
}

async function readState() {
  connection.askedAt = Date.now();
  try {
    const state = await load('/state', { signal: AbortSignal.timeout(STATE_TIMEOUT_MS) });
    setState(state);
    shownVersion ??= state.version;
    countsVersion ??= state.countsVersion;
    Object.assign(connection, { state, error: undefined, answeredAt: Date.now() });
  } catch (error) {
    connection.error = /** @type {Error} */ (error).message;
  }
  connection.askedAt = undefined;
  draw();
}

async function refreshChanged() {
  // The next poll sees the change.
  if (refreshing) return;
  refreshing = true;
  const version = connection.state?.version;
  const names = new Set(failedRequests());
  if (version !== shownVersion) for (const name of CHANGING) names.add(name);
  const isNew = connection.state?.countsVersion !== countsVersion;
  if (isNew || Date.now() - numbersAt > NUMBERS_MS) {
    for (const name of NUMBERS) names.add(name);
    countsVersion = connection.state?.countsVersion;
    numbersAt = Date.now();
  }
  await refresh([...names]);
  shownVersion = version;
  refreshing = false;
}

/**
 * Shows the changes that an action on this page has made.
 *
 * @param {RequestName[]} lists shown at once, without an offer
 */
export async function showChanges(...lists) {
  await readState();
  if (connection.error) return;
  shownVersion = connection.state?.version;
  const others = [...NUMBERS, ...CHANGING].filter((name) => !lists.includes(name));
  await Promise.all([reload(lists), refresh(others)]);
}
