/** Longer than the server waits for its database. */
const REQUEST_TIMEOUT_MS = 15_000;

export class RequestError extends Error {
  /** @param {string} message @param {number} [status] missing if no answer came */
  constructor(message, status = 503) {
    super(message);
    /** True if the server understood the request and refused it. */
    this.refused = status < 500;
  }
}

/**
 * @param {string} path
 * @param {RequestInit} [init]
 * @throws {RequestError} with a message that the page can show
 */
export async function load(path, init) {
  const timeout = { signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) };
  const response = await fetch(path, { ...timeout, ...init }).catch(() => undefined);
  const body = await response?.json().catch(() => undefined);
  if (response && !response.ok) {
    const message = body?.error ?? `The desk answered ${response.status}`;
    throw new RequestError(message, response.status);
  }
  if (!body) throw new RequestError('The desk cannot be reached');
  return body;
}

/** @param {string} method @param {string} path @param {unknown} body */
export function send(method, path, body) {
  const headers = { 'Content-Type': 'application/json' };
  return load(path, { method, headers, body: JSON.stringify(body) });
}
