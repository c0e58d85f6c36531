// @ts-check
// What the desk has answered, by the name of the question. Views read it and never wait.
import { draw } from './draw.js';
import { load } from './load.js';

/**
 * @typedef {object} Answer
 * @property {string} path what is asked for
 * @property {any} [body] what is on show
 * @property {string} [of] the path that `body` answers
 * @property {any | undefined} [newer] a later answer that is offered, so that a list that is read stays
 * @property {Error | undefined} [error] of the last time it was asked
 */

/** @type {Map<string, Answer>} */
const answers = new Map();

/** @param {string} name */
export const answer = (name) => answers.get(name);

/**
 * What the desk answered to just what is asked now, and not to something before it.
 *
 * @param {string} name
 */
export function current(name) {
  const { body, of, path } = answers.get(name) ?? {};
  return of === path ? body : undefined;
}

/**
 * What is on show: the answer to what is asked now or, until there is one, to what was asked before.
 *
 * @param {string} name
 */
export function shown(name) {
  const { body, of, path, error } = answers.get(name) ?? {};
  return error && of !== path ? undefined : body;
}

/**
 * Asks for what is on show. Nothing is asked where the path is empty, nor for what is there already.
 *
 * @param {Record<string, string>} paths
 */
export function askFor(paths) {
  for (const [name, path] of Object.entries(paths)) {
    if (!path) answers.delete(name);
    else if (answers.get(name)?.path !== path) {
      answers.set(name, { ...answers.get(name), path, newer: undefined, error: undefined });
      again(name);
    }
  }
}

/** Asks anew and shows what is answered. @param {string[]} names */
export async function again(...names) {
  await Promise.all(
    names.map((name) =>
      settle(name, (asked, body) =>
        Object.assign(asked, { body, of: asked.path, newer: undefined }),
      ),
    ),
  );
}

/**
 * Asks anew for a list. One that is empty is shown at once; where rows are being read, what is newer
 * is only offered.
 *
 * @param {string} name of the question, and of the rows in its answer
 */
export async function offer(name) {
  await settle(name, (asked, body) => {
    const reading = asked.of === asked.path && asked.body?.[name].length > 0;
    Object.assign(asked, reading ? { newer: body } : { body, of: asked.path });
  });
}

/** Shows what was offered. @param {string} name */
export function accept(name) {
  const asked = answers.get(name);
  if (asked?.newer) Object.assign(asked, { body: asked.newer, newer: undefined });
  draw();
}

/** The names of what could not be answered, but may be later: what was refused stays so. */
export function unanswered() {
  return [...answers].filter(([, { error }]) => error && !isRefusal(error)).map(([name]) => name);
}

/** Whether the desk has understood the question and said no. @param {Error & { status?: number }} error */
export const isRefusal = ({ status = 500 }) => status < 500;

/** @param {string} name @param {(asked: Answer, body: any) => void} use */
async function settle(name, use) {
  const asked = answers.get(name);
  if (!asked) return;
  const { path } = asked;
  const result = await load(path).then(
    (body) => ({ body }),
    (error) => ({ error }),
  );
  const now = answers.get(name);
  // Something else may have been asked for since.
  if (now?.path !== path) return;
  now.error = 'error' in result ? result.error : undefined;
  if ('body' in result) use(now, result.body);
  draw();
}
