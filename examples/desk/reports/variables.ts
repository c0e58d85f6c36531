import { isDeepStrictEqual } from 'node:util';
import type { FailureReport } from 'copernica-failures';

/** All variables of a call in nested form, documented or not, as on `req.body` after the handler. */
export type Variables = Record<string, unknown>;

/**
 * The variables that the report does not have in the form in which they were sent: undocumented and empty
 * ones, and tags in another form. Most calls have none, so nothing is stored twice.
 */
export function extraVariables(variables: Variables, report: FailureReport): Variables | undefined {
  const known = asSent(report);
  const extra = Object.entries(variables).filter(
    ([name, value]) => !isDeepStrictEqual(value, known[name]),
  );
  return extra.length > 0 ? Object.fromEntries(extra) : undefined;
}

/** All variables again, from the stored ones. */
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
