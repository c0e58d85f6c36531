import { describe, expect, it } from 'vitest';
import { checkDate } from '../../lib/signature/verify.js';

const TEXT = 'Mon, 02 Mar 2026 10:15:30 GMT';
const DATE = Date.parse('2026-03-02T10:15:30Z');
const STALE = { name: 'FailureReportError', code: 'COPERNICA_DATE_STALE', status: 401 };

describe('a date', () => {
  it.each([
    ['to the millisecond', 0],
    ['as old as the tolerance', 60_000],
    ['as far ahead as the tolerance', -60_000],
  ])('is taken that is %s', (_, age) => {
    expect(checkDate(TEXT, 60_000, DATE + age)).toBe(DATE);
  });

  it.each([
    ['older than the tolerance', 60_001],
    ['further ahead than the tolerance', -60_001],
    ['a year old', 31_536_000_000],
  ])('is refused that is %s', (_, age) => {
    expect(() => checkDate(TEXT, 60_000, DATE + age)).toThrow(expect.objectContaining(STALE));
  });
});

it.each([
  '',
  'now',
  '+1 day',
  'not a date',
  '2026-03-02T10:15:30Z',
  '2026-03-02 10:15:30 GMT',
  'Monday, 02-Mar-26 10:15:30 GMT',
  'Mon Mar  2 10:15:30 2026',
  'Tue, 02 Mar 2026 10:15:30 GMT',
  'Mon, 2 Mar 2026 10:15:30 GMT',
  'Mon, 02 Mar 2026 10:15:30 UTC',
  'Mon, 02 Mar 2026 10:15:30 +0000',
  'Mon, 02 Mar 2026 11:15:30 +0100',
  'Mon, 02 Mar 2026 10:15:30',
  'mon, 02 mar 2026 10:15:30 gmt',
  'Mon, 02 Mar 2026 10:15:30 GMT, Mon, 02 Mar 2026 10:15:30 GMT',
  'Mon,  02 Mar 2026 10:15:30 GMT',
  'Mon, 02 Mar 2026 10:15:30.000 GMT',
  'Mon, 02 Mar 2026 10:14:90 GMT',
  '1772446530',
  '1772446530000',
])('refuses %j, which is no IMF-fixdate', (text) => {
  expect(() => checkDate(text, 60_000, DATE)).toThrow(expect.objectContaining(STALE));
});

it('refuses the 30th of February instead of taking it for the 2nd of March', () => {
  expect(() => checkDate('Mon, 30 Feb 2026 10:15:30 GMT', 60_000, DATE)).toThrow(
    expect.objectContaining(STALE),
  );
});
