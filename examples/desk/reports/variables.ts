import { isDeepStrictEqual } from 'node:util';
import type { FailureReport } from 'copernica-failures';

/** All variables of a call in nested form, documented or not: what the handler leaves on `req.body`. */
export type Variables = Record<string, unknown>;

/**
 * The variables that the report does not hold just as they were sent: undocumented ones, empty ones,
 * tags in another form. Most calls have none, and the report need not be stored twice.
 */
export function otherVariables(variables: Variables, report: FailureReport): Variables | undefined {
  const known = asSent(report);
  const others = Object.entries(variables).filter(
    ([name, value]) => !isDeepStrictEqual(value, known[name]),
  );
  return others.length > 0 ? Object.fromEntries(others) : undefined;
}

/** All variables again, from what is stored. */
export function allVariables(report: FailureReport, others: Variables | null): Variables {
  return { ...asSent(report), ...others };
}

function asSent({ asynchronous: _, severity: __, tags, code, time, ...texts }: FailureReport) {
  const sent: Variables = { ...texts };
  if (code !== undefined) sent.code = String(code);
  if (time !== undefined) sent.time = String(time);
  if (tags.length > 0) sent.tags = tags;
  return sent;
}
