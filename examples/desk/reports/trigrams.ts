// The index of parts goes by three characters (pg_trgm), of letters and digits only.

/** Whether a part is long enough for the index. */
export function isLongEnough(part: string): boolean {
  return /[\p{L}\p{N}]{3}/u.test(part);
}

/** The words of a part that the index can tell from others. */
export function wordsOf(part: string): string[] {
  return part.match(/[\p{L}\p{N}]{3,}/gu) ?? [];
}

/** How many characters are enough to tell most addresses apart. */
const PIECE = 5;

/**
 * All pieces of such a length of a part, of characters that the index knows in every locale. They stay
 * as they are written: what is a small letter of another one is for the database to say.
 */
export function piecesOf(part: string): string[] {
  return (part.match(/[A-Za-z0-9]{3,}/g) ?? []).flatMap((word) =>
    Array.from({ length: Math.max(word.length - PIECE, 0) + 1 }, (_, at) =>
      word.slice(at, at + PIECE),
    ),
  );
}
