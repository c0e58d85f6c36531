import type { Resolution } from '../database/resolutions.js';

/** A stretch of time that is a whole number of units at one resolution of the counters. */
export interface Span {
  resolution: number;
  /** Unix time; `to` is exclusive. */
  from: number;
  to: number;
}

/** The finest of the resolutions that are still kept for all that happened since a time. */
function finest(resolutions: readonly Resolution[], from: number, now: number): number {
  return resolutions.findLast(({ kept }) => from >= now - kept)?.seconds ?? 86_400;
}

/** Rounds a stretch of time outwards to what the counters know of it. */
export function roundOutwards(
  from: number,
  to: number,
  resolutions: readonly Resolution[],
  now: number,
): { from: number; to: number } {
  const unit = finest(resolutions, from, now);
  return { from: Math.floor(from / unit) * unit, to: Math.ceil(to / unit) * unit };
}

/**
 * Moves the bounds of steps to what the counters know of them, so that no two steps share a unit: one
 * that lies in two of them is counted for the step in which it begins.
 */
export function toWholeUnits(
  bounds: readonly number[],
  resolutions: readonly Resolution[],
  now: number,
): number[] {
  return bounds.map((bound, index) => {
    // A step has the units that are kept since its start, and ends with a whole one.
    const unit = finest(resolutions, bounds[index - 1] ?? bound, now);
    return Math.ceil(bound / unit) * unit;
  });
}

/** Splits a stretch of time, rounded outwards, into as few and as coarse spans as there can be. */
export function split(
  from: number,
  to: number,
  resolutions: readonly Resolution[],
  now: number,
): Span[] {
  const rounded = roundOutwards(from, to, resolutions, now);
  const unit = finest(resolutions, from, now);
  return splitAt(
    rounded.from,
    rounded.to,
    resolutions.map(({ seconds }) => seconds).filter((seconds) => seconds >= unit),
  );
}

function splitAt(from: number, to: number, [unit, ...finer]: number[]): Span[] {
  if (unit === undefined || from >= to) return [];
  const low = Math.ceil(from / unit) * unit;
  const high = Math.floor(to / unit) * unit;
  if (low >= high) return splitAt(from, to, finer);
  return [
    ...splitAt(from, low, finer),
    { resolution: unit, from: low, to: high },
    ...splitAt(high, to, finer),
  ];
}
