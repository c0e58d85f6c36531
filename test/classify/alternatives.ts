import type { Matcher } from '../../lib/classify/match.js';
import type { Wording } from '../../lib/classify/wording-syntax.js';
import { WORDS } from '../../lib/classify/words.js';
import { wordsOf } from './find-wording.js';
import { statusOf } from './mistakes.js';

const KINDS: Readonly<Record<string, string>> = { ip: '192.0.2.7', number: '5', address: '@' };
const GROUP = /\(([^()]*)\)/;
/** Stands behind the alternative that is chosen. */
const CHOSEN = '!';

/** A wording written out with each of its alternatives in turn, the others as they stand first. */
export function alternatives(words: string): string[] {
  let text = words.replaceAll(' ... ', ' ').replaceAll('*', '');
  while (/<[a-z]+>/.test(text)) {
    text = text.replace(/<([a-z]+)>/g, (_, name) => WORDS[name] ?? KINDS[name] ?? '');
  }
  while (text.includes('[')) {
    text = text.replace(/(?<=^|[ (|])\[[^[\]]*\] /g, '').replace(/\[[^[\]]*\]/g, '');
  }
  const ends = [...text.matchAll(/[|)]/g)].map(({ index }) => index);
  const all = ends.map((end) => choose(text.slice(0, end) + CHOSEN + text.slice(end)));
  return [...new Set([...all, choose(text)])];
}

/** Of each group what is chosen, else what stands first. */
function choose(text: string): string {
  if (!GROUP.test(text)) return text.replaceAll(CHOSEN, '');
  const pick = (_: string, list: string) => {
    const all = list.split('|');
    return all.find((one) => one.includes(CHOSEN)) ?? all[0] ?? '';
  };
  return choose(text.replace(GROUP, pick));
}

/** The alternatives of a line that get another category, put into its example. */
export function shadowed(match: Matcher, [words, example]: Wording): string[] {
  const status = statusOf(example);
  const found = match(example, status, '');
  return alternatives(words).flatMap((words) => {
    // The words may be the end of another: doesn't, cannot.
    const reply = example.replace(wordsOf(found, example), () => ` ${words}`);
    const other = match(reply, status, '');
    return other?.category === found?.category
      ? []
      : `"${reply}" is ${other?.category ?? 'nothing'} for "${wordsOf(other, reply)}"`;
  });
}
