import type { Request } from 'express';
import type { FailureReport } from './report.js';

/** The options of `copernicaFailures`. */
export interface CopernicaFailuresOptions {
  /**
   * Called once for each valid report. 200 is sent after it has returned or resolved. What it
   * throws goes to `next(err)` unchanged, so the sender learns that the report is not safe yet. If
   * it has answered the request itself, the response is left alone.
   *
   * At least once: the same report can come again, so make it idempotent.
   */
  onFailure: (report: FailureReport, req: Request) => unknown;
  /**
   * Largest body: bytes as a positive integer, or a text such as `'500kb'` (1 kb is 1024 bytes).
   *
   * @defaultValue `'100kb'`
   */
  limit?: number | string;
}

/** The options once checked, with every default filled in. */
export interface Settings {
  readonly onFailure: CopernicaFailuresOptions['onFailure'];
  /** In bytes. */
  readonly limit: number;
}

/**
 * Checks the options and fills in the defaults.
 *
 * @throws TypeError naming the option and what it expects
 */
export function checkOptions(options: CopernicaFailuresOptions): Settings {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError('copernicaFailures expects an object with the option onFailure');
  }
  const { onFailure, limit = '100kb', ...unknown } = options;
  const [stranger] = Object.keys(unknown);
  if (stranger !== undefined) {
    throw new TypeError(`Unknown option ${stranger}: the options are onFailure and limit`);
  }
  if (typeof onFailure !== 'function') {
    throw new TypeError('Option onFailure expects a function that takes a report');
  }
  return Object.freeze({ onFailure, limit: parseLimit(limit) });
}

const UNITS: Record<string, number> = { b: 1, kb: 2 ** 10, mb: 2 ** 20, gb: 2 ** 30 };

function parseLimit(limit: unknown): number {
  const [, amount, unit = 'b'] = /^(\d+(?:\.\d+)?) *(b|kb|mb|gb)?$/i.exec(String(limit)) ?? [];
  const bytes = Math.floor(Number(amount) * (UNITS[unit.toLowerCase()] ?? Number.NaN));
  const usable = typeof limit === 'number' ? bytes === limit : typeof limit === 'string';
  if (usable && Number.isSafeInteger(bytes) && bytes > 0) return bytes;
  throw new TypeError("Option limit expects a positive number of bytes, or a text such as '100kb'");
}
