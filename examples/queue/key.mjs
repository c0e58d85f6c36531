// key.mjs
import { createHash } from 'node:crypto';

/** Makes the key of a report: 64 hexadecimal digits, the same if the report comes again. */
export function toKey({ id, recipient, state, code, extended }) {
  const same = JSON.stringify([id, recipient, state, code, extended]);
  return createHash('sha256').update(same).digest('hex');
}
