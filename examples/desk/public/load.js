// @ts-check

/** How long an answer may take: longer than the desk waits for its database. */
const PATIENCE = 15_000;

/**
 * What the desk answers; an error that can be shown where it answers none, or not well.
 *
 * @param {string} path
 * @param {RequestInit} [init]
 */
export async function load(path, init) {
  const limited = { signal: AbortSignal.timeout(PATIENCE), ...init };
  const response = await fetch(path, limited).catch(() => {
    throw new Error('The desk cannot be reached');
  });
  const body = await response.json().catch(() => ({}));
  if (response.ok) return body;
  const message = body.error ?? `The desk answered ${response.status}`;
  throw Object.assign(new Error(message), { status: response.status });
}

/** @param {string} path @param {unknown} body */
export const post = (path, body) => send('POST', path, body);

/** @param {string} method @param {string} path @param {unknown} body */
export function send(method, path, body) {
  return load(path, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}
