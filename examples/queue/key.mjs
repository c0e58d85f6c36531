// key.mjs
import { createHash } from 'node:crypto';

/** Makes the key under which save.mjs stores a report: 64 hexadecimal digits. */
export function toKey({ id, recipient, state, code, extended }) {
  const same = JSON.stringify([id, recipient, state, code, extended]);
  return createHash('sha256').update(same).digest('hex');
}
