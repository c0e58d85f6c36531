/** Accented letters of Latin scripts, and the characters that a wrong charset makes of them. */
const ACCENT = /[\u0080-\u024f\u2000-\u2fff\ufffd]/;
const ACCENTS = /[\u0080-\u024f\u2000-\u2fff\ufffd]+/g;

/** How mail servers write letters without their accents, where it is not just the letter. */
const PLAIN: Readonly<Record<string, readonly string[]>> = {
  ...{ ä: ['a', 'ae'], ö: ['o', 'oe'], ü: ['u', 'ue'], å: ['a', 'aa'], ß: ['ss', 's'] },
  ...{ æ: ['ae'], ø: ['o', 'oe'], ł: ['l'], ı: ['i'], đ: ['d', 'dj'] },
};

/**
 * Replaces each run of accented letters by a `?`, which then also stands for what a wrong charset
 * made of them: "größe", "gr\uFFFD\uFFFDe" and "grÃ¶ÃŸe" all become "gr?e".
 */
export function hideAccents(word: string): string {
  return word.replace(ACCENTS, '?');
}

/** Returns how a word may stand in a text: "größe" is also "groesse", "grosse" and "gr?e". */
export function spellingsOf(word: string): string[] {
  if (!ACCENT.test(word)) return [word];
  let plain = [''];
  for (const letter of word) {
    const all = letter <= '\x7f' ? [letter] : (PLAIN[letter] ?? [baseOf(letter)]);
    plain = plain.flatMap((start) => all.map((end) => start + end));
  }
  return [...plain, hideAccents(word)];
}

/** The letter without its accent. */
function baseOf(letter: string): string {
  return letter.normalize('NFD').charAt(0);
}
