import { findWords } from '../../lib/classify/find.js';
import type { Rule, Wording } from '../../lib/classify/rule.js';
import { WORDS } from '../../lib/classify/words.js';
import { statusOf } from './mistakes.js';

const KINDS: Readonly<Record<string, string>> = {
  ip: '192.0.2.7',
  number: '5',
  address: '<jane@example.com>',
};
const GROUP = /\(([^()]*)\)/;

/** A wording written out with each of its alternatives in turn, the others as they stand first. */
export function alternatives(words: string): string[] {
  let text = words;
  while (/<[a-z]+>/.test(text)) {
    text = text.replace(
      /<([a-z]+)>/g,
      (_, name) => WORDS[name] ?? KINDS[name]?.replace(/[<>]/g, '') ?? '',
    );
  }
  while (text.includes('[')) {
    text = text.replace(/(?<=^|[ (|])\[[^[\]]*\] /g, '').replace(/\[[^[\]]*\]/g, '');
  }
  text = text.replaceAll(' ... ', ' ').replaceAll('*', '');
  const all: string[] = [];
  while (GROUP.test(text)) {
    for (const { 0: group, 1: list = '', index } of text.matchAll(new RegExp(GROUP, 'g'))) {
      const rest = text.slice(index + group.length);
      for (const one of list.split('|')) all.push(withFirsts(text.slice(0, index) + one + rest));
    }
    text = text.replace(new RegExp(GROUP, 'g'), (_, list: string) => list.split('|')[0] ?? '');
  }
  return [...new Set([...all, text])];
}

function withFirsts(text: string): string {
  const first = text.replace(GROUP, (_, list: string) => list.split('|')[0] ?? '');
  return first === text ? text : withFirsts(first);
}

/** The alternatives of a line that get another category, put into its example. */
export function shadowed(rules: readonly Rule[], [words, example]: Wording): string[] {
  const status = statusOf(example);
  const found = findWords(rules, example, status, '');
  return alternatives(words).flatMap((words) => {
    // The words may be the end of another: doesn't, cannot.
    const reply = example.replace(found?.evidence() ?? '', () => ` ${words}`);
    const other = findWords(rules, reply, status, '');
    return other?.category === found?.category
      ? []
      : `"${reply}" is ${other?.category ?? 'nothing'} for "${other?.evidence() ?? ''}"`;
  });
}
