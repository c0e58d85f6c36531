import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares a guess with a secret, in the same time whether the guess is nearly right or not. */
export function isSecret(guess: string, secret: string): boolean {
  return timingSafeEqual(digest(guess), digest(secret));
}

/** `timingSafeEqual` needs two of one length, which digests have. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
