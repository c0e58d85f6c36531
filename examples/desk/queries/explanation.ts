import { classifyFailure, type FailureCategory, type FailureReport } from 'copernica-failures';

/** Why a report was classified as it was. */
export interface Explanation {
  category: FailureCategory;
  /** The variable that decided, and what in it; null where nothing did. */
  field: string | null;
  evidence: string | null;
}

/** Found when it is asked for: the rules of today, not those of the day the report came. */
export function explain(report: FailureReport): Explanation {
  return { category: classifyFailure(report), field: null, evidence: null };
}
