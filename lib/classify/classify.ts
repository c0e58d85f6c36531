import type { FailureReport } from '../report.js';
import type { FailureCategory } from './category.js';
import { CODES } from './codes.js';
import { beforeTheRecipient, permanent } from './conditions.js';
import { findWords } from './find.js';
import { ORDER } from './order.js';
import { BREAK } from './replies.js';

type Field = 'description' | 'extended' | 'code' | 'state';
type ClassifiedReport = { [Name in Field]?: FailureReport[Name] | undefined };

/** Why a delivery failed, and what of the report says so; see {@link explainFailure}. */
export interface FailureExplanation {
  /** As {@link classifyFailure} gives it. */
  category: FailureCategory;
  /** The field that decided; `none` for an `unclassified` failure. */
  field: Field | 'none';
  /**
   * The words or the code of that field, as they were sent; empty for `none`. They come from a
   * foreign mail server: escape them before they go into a page, a log or a query.
   */
  evidence: string;
}

/** An explanation whose evidence is looked up when it is asked for. */
type Finding = Omit<FailureExplanation, 'evidence'> & { evidence: () => string };

// What is wrong stands at an end of the reply; reading no more bounds the time any text can take.
const END = 4096;
const STATUS = /[45](?<![\d.].)\.\d{1,3}\.\d{1,3}(?!\.?\d)/;

/**
 * Tells why a delivery failed: from the text of the reply (of a long one, the first and the last
 * 4096 characters), else from the enhanced status code, else from the reply code, else from the
 * step. Weak evidence never gives `invalid-address`. Pure; never throws; any field may be missing.
 *
 * @example classifyFailure({ code: 550, description: 'User unknown' }); // 'invalid-address'
 * @see RFC 3463, RFC 7504, and https://www.iana.org/assignments/smtp-enhanced-status-codes
 */
export function classifyFailure(report: ClassifiedReport): FailureCategory {
  return find(report).category;
}

/**
 * Tells why a delivery failed, as {@link classifyFailure} does, and by which words of the report.
 *
 * @example
 * explainFailure({ code: 550, description: 'Sorry: User unknown' });
 * // { category: 'invalid-address', field: 'description', evidence: 'User unknown' }
 */
export function explainFailure(report: ClassifiedReport): FailureExplanation {
  const { category, field, evidence } = find(report);
  return { category, field, evidence: evidence() };
}

function find(report: ClassifiedReport): Finding {
  const description = textOf(report?.description);
  const sent =
    description.length > 2 * END
      ? description.slice(0, END) + BREAK + description.slice(-END)
      : description;
  const extended = STATUS.exec(textOf(report?.extended).slice(0, 40))?.[0];
  const code = textOf(report?.code).slice(0, 40);
  const step = textOf(report?.state).slice(0, 40);
  const state = step.toLowerCase().replaceAll(' ', '');
  const status = extended ?? STATUS.exec(sent)?.[0] ?? '';
  const said = status || code || sent.slice(0, 3);
  const words = findWords(ORDER, sent, said, state);
  if (words) return { ...words, field: 'description' };

  const steps = { text: '', status: said, state };
  if (permanent(steps) && beforeTheRecipient(steps)) {
    return { category: 'reputation', field: 'state', evidence: () => step };
  }
  const values = { extended: status, code, state };
  for (const field of ['extended', 'code', 'state'] as const) {
    const rule = CODES[field].find(([, , pattern]) => pattern.test(values[field]));
    if (!rule) continue;
    const stands = field === 'extended' && extended === undefined ? 'description' : field;
    const evidence = () => (field === 'state' ? step : values[field]);
    return { category: rule[0], field: stands, evidence };
  }
  return { category: 'unclassified', field: 'none', evidence: () => '' };
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
