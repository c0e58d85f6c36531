/**
 * A line of a table: words, a reply that has them, and the server that sends it. The words are in
 * lower case, as in replies, with these signs:
 *
 * - `[is]` is optional, `(full|closed)` is one of these; both also within a word: `message[s]`;
 * - `...` is a gap of up to four words of the same sentence;
 * - `*` is any ending of a word: `exceed*`;
 * - `-` is a hyphen, a blank or nothing: `mail-box`;
 * - `é` is also `e`, or what a wrong charset made of it; `not` is also `n't`;
 * - `<recipient>` is any word of that list in `words.ts`; `<number>`, `<ip>`, `<address>` are those.
 */
export type Wording = readonly [words: string, example: string, server?: string];
