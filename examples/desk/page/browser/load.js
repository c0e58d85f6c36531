// @ts-check

/**
 * What the desk answers; an error that can be shown where it answers none, or not well.
 *
 * @param {string} path
 * @param {RequestInit} [init]
 */
export async function load(path, init) {
  const response = await fetch(path, init).catch(() => {
    throw new Error('The desk cannot be reached');
  });
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error ?? `The desk answered ${response.status}`);
  return body;
}
