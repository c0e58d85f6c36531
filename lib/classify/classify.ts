import type { FailureReport } from '../failure-report.js';
import { AUTOMATON } from './automaton.js';
import type { FailureCategory } from './category.js';
import { CODES } from './codes.js';
import { isBeforeRecipient, isPermanent, isShortBeforeData } from './conditions.js';
import { hideLabels } from './labels.js';
import { createMatcher } from './match.js';
import { normalize } from './normalize.js';
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
const MAX_CODE_LENGTH = 40;
const CODE = /\b([45]\d\d)[ -]/;
const UNCLASSIFIED: Finding = {
  category: 'unclassified',
  certain: false,
  field: 'none',
  evidence: () => '',
};

const STATUS = /(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?!\.?\d)/;

const match = createMatcher(RULES, AUTOMATON);

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
 * Returns why a delivery failed, as {@link classifyFailure} does, the words that decided, and whether
 * that is certain.
 *
 * @example
 * explainFailure({ code: 550, description: 'Sorry: User unknown' });
 * // { category: 'invalid-address', certain: true, field: 'description', evidence: 'User unknown' }
 */
export function explainFailure(report: ClassifiedReport): FailureExplanation {
  const { category, certain, field, evidence } = find(report);
  return { category, certain, field, evidence: evidence() };
}

function find(report: ClassifiedReport): Finding {
  const fields = read(report);
  const { sent, text, status, state } = fields;
  const words = match(text, status, state);
  if (!words) return findByCodes(fields) ?? UNCLASSIFIED;
  const { category, certain, rangeOfWords } = words;
  if (category === 'unclassified') return UNCLASSIFIED;
  const evidence = () => {
    const { start, end } = rangeOfWords();
    return sent.slice(start, end);
  };
  return { category, certain, field: 'description', evidence };
}

/** The fields of a report, as far as they say something. */
interface Fields {
  /** The description as sent, and the same without labels. */
  sent: string;
  text: string;
  extended: string;
  code: string;
  /** The enhanced status code, else the reply code, else the start of the text. */
  status: string;
  step: string;
  state: string;
  /** The codes that are the report's own. The others are read from the text. */
  own: { extended: boolean; code: boolean; state: true };
}

function read(report: ClassifiedReport): Fields {
  const description = textOf(report?.description);
  const sent =
    description.length > 2 * MAX_END_LENGTH
      ? description.slice(0, MAX_END_LENGTH) + BREAK + description.slice(-MAX_END_LENGTH)
      : description;
  const text = hideLabels(sent);
  // The codes of a report are those of the label, if there is one.
  const isLabelled = text !== sent;
  const given = isLabelled ? undefined : STATUS.exec(shorten(report?.extended))?.[0];
  const extended = given ?? STATUS.exec(text)?.[0] ?? '';
  const code = isLabelled ? (CODE.exec(text)?.[1] ?? '') : shorten(report?.code);
  const step = shorten(report?.state);
  return {
    sent,
    text,
    extended,
    code,
    status: extended || code || text.slice(0, 3),
    step,
    state: step.toLowerCase().replaceAll(' ', ''),
    own: { extended: given !== undefined, code: !isLabelled, state: true },
  };
}

function findByCodes(fields: Fields): Finding | undefined {
  const { status, step, state, own } = fields;
  const replyWithoutText = { text: '', status, state };
  if (isPermanent(replyWithoutText) && isBeforeRecipient(replyWithoutText)) {
    return { category: 'reputation', certain: false, field: 'state', evidence: () => step };
  }
  for (const name of ['extended', 'code', 'state'] as const) {
    const rule = CODES[name].find(([, , pattern]) => pattern.test(fields[name]));
    if (!rule) continue;
    const [category] = rule;
    if (category === 'invalid-address') {
      const reply = { text: normalize(fields.text), status, state };
      if (!isShortBeforeData(reply)) return undefined;
    }
    const evidence = () => (name === 'state' ? step : fields[name]);
    return { category, certain: false, field: own[name] ? name : 'description', evidence };
  }
  return undefined;
}

function shorten(value: unknown): string {
  return textOf(value).slice(0, MAX_CODE_LENGTH);
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
