import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares a guess with a secret. That takes as long for a guess that is nearly right as for any other. */
export function isSecret(guess: string, secret: string): boolean {
  return timingSafeEqual(digest(guess), digest(secret));
}

/** Digests have one length, whatever the length of the text. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
