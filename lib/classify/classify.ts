import type { FailureReport } from '../failure-report.js';
import { AUTOMATON } from './automaton.js';
import type { FailureCategory } from './category.js';
import { CODES } from './codes.js';
import { isBeforeRecipient, isPermanent } from './conditions.js';
import { createMatcher } from './match.js';
import { BREAK } from './replies.js';
import { RULES } from './rules.js';

type Field = 'description' | 'extended' | 'code' | 'state';
type ClassifiedReport = { [Name in Field]?: FailureReport[Name] | undefined };

/** Why a delivery failed, and the evidence; see {@link explainFailure}. */
export interface FailureExplanation {
  /** The same as {@link classifyFailure} returns. */
  category: FailureCategory;
  /**
   * True if words decided that have no other meaning; false if a code, a step, vague words or one of
   * several replies did.
   */
  certain: boolean;
  /** The field that decided, or `none` for an `unclassified` failure. */
  field: Field | 'none';
  /**
   * The words or the code of that field, as sent, or empty for `none`. They come from a foreign mail
   * server: escape them before you put them into a page, a log or a query.
   */
  evidence: string;
}

/** An explanation that finds its evidence only when asked. */
type Finding = Omit<FailureExplanation, 'evidence'> & { evidence: () => string };

// The reason is at the start or end of a reply. Reading only both ends bounds the time per report.
const MAX_END_LENGTH = 4096;
const match = createMatcher(RULES, AUTOMATON);

const STATUS = /[45](?<![\d.].)\.\d{1,3}\.\d{1,3}(?!\.?\d)/;

/**
 * Returns why a delivery failed. It reads the text of the reply (of a long one, the first and last
 * 4096 characters), else the enhanced status code, else the reply code, else the step. Weak evidence
 * never gives `invalid-address`. Pure; never throws; any field may be missing.
 *
 * @example classifyFailure({ code: 550, description: 'User unknown' }); // 'invalid-address'
 * @see RFC 3463, RFC 7504, and https://www.iana.org/assignments/smtp-enhanced-status-codes
 */
export function classifyFailure(report: ClassifiedReport): FailureCategory {
  return find(report).category;
}

/**
 * Returns why a delivery failed, as {@link classifyFailure} does, and the words that decided.
 *
 * @example
 * explainFailure({ code: 550, description: 'Sorry: User unknown' });
 * // { category: 'invalid-address', field: 'description', evidence: 'User unknown' }
 */
export function explainFailure(report: ClassifiedReport): FailureExplanation {
  const { category, certain, field, evidence } = find(report);
  return { category, certain, field, evidence: evidence() };
}

function find(report: ClassifiedReport): Finding {
  const description = textOf(report?.description);
  const sent =
    description.length > 2 * MAX_END_LENGTH
      ? description.slice(0, MAX_END_LENGTH) + BREAK + description.slice(-MAX_END_LENGTH)
      : description;
  const extended = STATUS.exec(textOf(report?.extended).slice(0, 40))?.[0];
  const code = textOf(report?.code).slice(0, 40);
  const step = textOf(report?.state).slice(0, 40);
  const state = step.toLowerCase().replaceAll(' ', '');
  const status = extended ?? STATUS.exec(sent)?.[0] ?? '';
  const said = status || code || sent.slice(0, 3);
  const words = match(sent, said, state);
  if (words) return { ...words, field: 'description' };

  const steps = { text: '', status: said, state };
  if (isPermanent(steps) && isBeforeRecipient(steps)) {
    return { category: 'reputation', certain: false, field: 'state', evidence: () => step };
  }
  const values = { extended: status, code, state };
  for (const field of ['extended', 'code', 'state'] as const) {
    const rule = CODES[field].find(([, , pattern]) => pattern.test(values[field]));
    if (!rule) continue;
    const stands = field === 'extended' && extended === undefined ? 'description' : field;
    const evidence = () => (field === 'state' ? step : values[field]);
    return { category: rule[0], certain: false, field: stands, evidence };
  }
  return { category: 'unclassified', certain: false, field: 'none', evidence: () => '' };
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
