/** A resolution of the counters, and for how long it is kept; both in seconds. */
export interface Resolution {
  seconds: number;
  kept: number;
}

const DAY = 86_400;

/** Of all reports, coarsest first; each is a whole number of the next. */
export const FAILURE_RESOLUTIONS: readonly Resolution[] = [
  { seconds: DAY, kept: Number.POSITIVE_INFINITY },
  { seconds: 21_600, kept: Number.POSITIVE_INFINITY },
  { seconds: 3600, kept: Number.POSITIVE_INFINITY },
  { seconds: 900, kept: Number.POSITIVE_INFINITY },
  { seconds: 60, kept: 2 * DAY },
];

/** Of receiving domains, coarsest first. There are many, so what is fine is kept for a while only. */
export const DOMAIN_RESOLUTIONS: readonly Resolution[] = [
  { seconds: 30 * DAY, kept: Number.POSITIVE_INFINITY },
  { seconds: DAY, kept: Number.POSITIVE_INFINITY },
  { seconds: 3600, kept: 40 * DAY },
  { seconds: 900, kept: 3 * DAY },
];
