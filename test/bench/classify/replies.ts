import { readFileSync } from 'node:fs';
import type { FailureCategory } from 'copernica-failures';

/** A reply as Copernica reports it, and the category that a person gave it. */
export interface LabelledReply {
  category: FailureCategory;
  report: { code?: number; extended?: string; description: string };
}

/** The replies of a file in `replies/`. */
export function readReplies(file: string): LabelledReply[] {
  const lines = readFileSync(new URL(`replies/${file}`, import.meta.url), 'utf8').split('\n');
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, category = '', reply = ''] = /^(\S+) +(.*)$/.exec(line) ?? [];
      const description = reply.replaceAll('\\n', '\n');
      const [, code, extended] = /^([245]\d\d)[ -](?:#?([245]\.\d+\.\d+))?/.exec(description) ?? [];
      const codes = { ...(code && { code: Number(code) }), ...(extended && { extended }) };
      return { category: category as FailureCategory, report: { ...codes, description } };
    });
}
