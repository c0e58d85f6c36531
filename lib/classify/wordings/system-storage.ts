// wording.ts explains the notation.
import type { Wording } from '../wording.js';

// biome-ignore format: one wording a line
/** The disk of the receiving system is full, not a mailbox. */
export const systemStorage: readonly Wording[] = [
  ['system (storage|disk|space|resources)', '452 4.3.1 Insufficient system storage', 'Postfix'],
  ['(system|disk|file system) [is] full', '452 4.3.1 Mail system full', 'RFC 3463'],
  ['insufficient disk space', '452 4.4.5 Insufficient disk space; try again later', 'sendmail'],
  ['no space left on', 'write error: No space left on device'],
];
