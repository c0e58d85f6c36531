import { readFileSync } from 'node:fs';
import type { FailureCategory } from 'copernica-failures';

/** A reply as Copernica reports it, and the category that a person gave it. */
export interface LabelledReply {
  category: FailureCategory;
  report: { code?: number; extended?: string; state?: string; description: string };
}

/**
 * The sets of replies in `replies/`, in the order in which they were written. Those of `living` are
 * about addresses that exist, worded to look dead.
 */
export const SETS = [
  ...['first.txt', 'second.txt', 'third.txt', 'fourth.txt', 'fifth.jsonl', 'sixth.jsonl'],
  ...['living-1.jsonl', 'living-2.jsonl', 'living-3.jsonl', 'living-4.jsonl'],
] as const;

/** Reads a set: replies after their category, or JSON where the codes and the step are given too. */
export function readReplies(file: string): LabelledReply[] {
  const text = readFileSync(new URL(`replies/${file}`, import.meta.url), 'utf8');
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map(file.endsWith('.jsonl') ? readJson : readLine);
}

function readJson(line: string): LabelledReply {
  const { category, ...report } = JSON.parse(line);
  return { category, report };
}

function readLine(line: string): LabelledReply {
  const [, category = '', reply = ''] = /^(\S+) +(.*)$/.exec(line) ?? [];
  const description = reply.replaceAll('\\n', '\n');
  const [, code, extended] = /^([245]\d\d)[ -](?:#?([245]\.\d+\.\d+))?/.exec(description) ?? [];
  const codes = { ...(code && { code: Number(code) }), ...(extended && { extended }) };
  return { category: category as FailureCategory, report: { ...codes, description } };
}
