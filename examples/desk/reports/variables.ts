import { isDeepStrictEqual } from 'node:util';
import type { FailureReport } from 'copernica-failures';

/** All variables of a call in nested form, documented or not: what the handler leaves on `req.body`. */
export type Variables = Record<string, unknown>;

/**
 * The variables that the report does not hold as they were sent: undocumented and empty ones, and tags in
 * another form. Most calls have none, so that the report is not stored twice.
 */
export function extraVariables(variables: Variables, report: FailureReport): Variables | undefined {
  const known = asSent(report);
  const extra = Object.entries(variables).filter(
    ([name, value]) => !isDeepStrictEqual(value, known[name]),
  );
  return extra.length > 0 ? Object.fromEntries(extra) : undefined;
}

/** All variables again, from what is stored. */
export function allVariables(report: FailureReport, extra: Variables | null): Variables {
  return { ...asSent(report), ...extra };
}

function asSent({ asynchronous: _, severity: __, tags, code, time, ...texts }: FailureReport) {
  const sent: Variables = { ...texts };
  if (code !== undefined) sent.code = String(code);
  if (time !== undefined) sent.time = String(time);
  if (tags.length > 0) sent.tags = tags;
  return sent;
}
