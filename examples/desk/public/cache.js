// The server's answers, by the name of the request. Views read them without waiting.
import { load } from './api.js';
import { draw } from './draw.js';

/** @import { Answers, RequestName } from './types.js' */
/** @import { RequestError } from './api.js' */

/**
 * @template Body
 * @typedef {object} Entry
 * @property {string} path the request that the page's URL asks for now
 * @property {Body} [body] the last answer
 * @property {string} [answeredPath] the path that `body` answers
 * @property {Body | undefined} [newer] a later answer that is only offered: a list must not move while it is read
 * @property {RequestError | undefined} [error] of the last request
 * @property {number} [answered] the number of the last answered request
 */

/** @type {{ [Name in RequestName]?: Entry<Answers[Name]> }} */
const entries = {};
/** The server caches these answers by URL, so the URL must change with the version. */
const SHARED = /^\/(reports|suppressions)(\/count)?\?/;
const SHARED_COUNTS = /^\/(numbers|domains)\?/;

/** @type {import('./types.js').CurrentState | undefined} */
let state;
let sent = 0;

/** Sets the state of the data. Before it is known, nothing is requested. @param {import('./types.js').CurrentState} newState */
export function setState(newState) {
  state = newState;
}

/** @template {RequestName} Name @param {Name} name */
export const entryOf = (name) => entries[name];

/** The answer to the present request, not to an earlier one. @template {RequestName} Name @param {Name} name */
export function currentAnswer(name) {
  const { body, answeredPath, path, error } = entries[name] ?? {};
  return answeredPath === path && !error?.refused ? body : undefined;
}

/** The answer to the present request or, until that arrives, to the request before. @template {RequestName} Name @param {Name} name */
export function lastAnswer(name) {
  return entries[name]?.error ? currentAnswer(name) : entries[name]?.body;
}

/** Sends the requests that have changed, and deletes the answers of empty ones. @param {Record<RequestName, string>} paths */
export function requestAll(paths) {
  if (!state) return;
  for (const name of /** @type {RequestName[]} */ (Object.keys(paths))) {
    const path = paths[name];
    if (!path) delete entries[name];
    else if (entries[name]?.path !== path) {
      entries[name] ??= { path };
      Object.assign(entries[name], { path, newer: undefined, error: undefined });
      reload([name]);
    }
  }
}

/** Sends requests again and shows the answers. @param {readonly RequestName[]} names */
export async function reload(names) {
  await Promise.all(names.map((name) => sendRequest(name, { isRefresh: false })));
}

/**
 * Sends requests again. Answers are shown, but if a list has rows, a newer list is only offered. A refused
 * request is not repeated.
 *
 * @param {readonly RequestName[]} names
 */
export async function refresh(names) {
  const wanted = names.filter((name) => !entries[name]?.error?.refused);
  await Promise.all(wanted.map((name) => sendRequest(name, { isRefresh: true })));
}

/** Shows the list that was offered. @param {'reports' | 'suppressions'} name */
export function showNewer(name) {
  const entry = entries[name];
  if (entry?.newer) Object.assign(entry, { body: entry.newer, newer: undefined });
  draw();
}

/** The requests that failed and may succeed later. */
export function failedRequests() {
  const names = /** @type {RequestName[]} */ (Object.keys(entries));
  return names.filter((name) => entries[name]?.error?.refused === false);
}

/** @param {RequestName} name @param {{ isRefresh: boolean }} options */
async function sendRequest(name, { isRefresh }) {
  const entry = entries[name];
  if (!entry) return;
  const { path } = entry;
  const number = ++sent;
  const version = SHARED_COUNTS.test(path) ? state?.countsVersion : state?.version;
  const isShared = SHARED.test(path) || SHARED_COUNTS.test(path);
  const url = isShared ? `${path}&version=${encodeURIComponent(version ?? '')}` : path;
  const result = await load(url).then(
    (body) => ({ body, error: undefined }),
    (error) => ({ body: undefined, error }),
  );
  // Meanwhile, the page may have sent another request, or got a later answer.
  if (entries[name] !== entry || entry.path !== path || number < (entry.answered ?? 0)) return;
  const offersNewer = isRefresh && hasRows(name);
  // A list with rows stays, even if its search now takes too long.
  if (offersNewer && result.error?.refused) return;
  Object.assign(entry, { error: result.error, answered: number });
  if (result.body) store(entry, result.body, offersNewer);
  draw();
}

/** @param {Entry<unknown>} entry @param {unknown} body @param {boolean} offersNewer */
function store(entry, body, offersNewer) {
  if (offersNewer) entry.newer = body;
  else Object.assign(entry, { body, answeredPath: entry.path, newer: undefined });
}

/** True if the request is for a list, and the page shows rows of it. @param {RequestName} name */
function hasRows(name) {
  if (name !== 'reports' && name !== 'suppressions') return false;
  return rowsOf(currentAnswer(name)).length > 0;
}

/** The rows of a list. @param {Answers['reports'] | Answers['suppressions'] | undefined} answer */
export function rowsOf(answer) {
  if (!answer) return [];
  return 'reports' in answer ? answer.reports : answer.suppressions;
}
