import { FailureReportError } from '../errors.js';

/**
 * Checks that a `Date` header is an IMF-fixdate (RFC 9110, section 5.6.7) close to the clock.
 *
 * @param tolerance milliseconds it may differ, either way
 * @param now the clock, in milliseconds since 1970
 * @returns the date in milliseconds since 1970
 * @throws FailureReportError `COPERNICA_DATE_STALE`
 */
export function checkDate(text: string, tolerance: number, now: number): number {
  const date = parseDate(text);
  if (Math.abs(now - date) <= tolerance) return date;
  throw new FailureReportError(
    'COPERNICA_DATE_STALE',
    "The Date header differs too much from this server's clock: check the clock, or it is a replay",
  );
}

/** The date that was read last: in a burst, many calls are of the same second. */
let latest = { text: '', date: Number.NaN };

function parseDate(text: string): number {
  if (text === latest.text) return latest.date;
  const date = Date.parse(text);
  // Date.parse reads much else; what it writes is IMF-fixdate and nothing but.
  const fixed = new Date(date).toUTCString() === text;
  latest = { text, date: fixed ? date : Number.NaN };
  return latest.date;
}
