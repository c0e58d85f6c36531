import fc from 'fast-check';

/** One change to some bytes: a few are replaced by others, by fewer or by more. */
export interface Change {
  at: number;
  remove: number;
  insert: Uint8Array;
}

export const changes: fc.Arbitrary<Change> = fc.record({
  at: fc.nat({ max: 400 }),
  remove: fc.nat({ max: 3 }),
  insert: fc.oneof(
    fc.uint8Array({ maxLength: 3 }),
    fc.constantFrom(...'&=[]%+,;" \t').map((character) => Buffer.from(character)),
  ),
});

export function changeBytes({ at, remove, insert }: Change, bytes: Uint8Array): Buffer {
  const start = at % (bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, start), insert, bytes.subarray(start + remove)]);
}

/** Changes a text of one character a byte; what HTTP does not allow in it becomes a `?`. */
export function changeText(change: Change, text: string, forbidden: RegExp): string {
  return changeBytes(change, Buffer.from(text, 'latin1'))
    .toString('latin1')
    .replace(forbidden, '?');
}
