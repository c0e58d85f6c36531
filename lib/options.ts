import { resolveTxt as lookUpTxt } from 'node:dns/promises';
import type { FailureReport } from './report.js';
import { parseEndpoint } from './signature/endpoint.js';
import type { ResolveTxt } from './signature/key-finder.js';
import type { NonceStore } from './signature/replay.js';
import type { Endpoint } from './signature/signing-string.js';
import { normalizeAccount, type VerifySettings } from './signature/verify.js';

/** The options that all doors have in common. */
export interface ReceiverOptions<Context> {
  /**
   * Called for each valid report. The call is acknowledged after it has returned or resolved; what
   * it throws is handed on unchanged, so the sender learns that the report is not safe yet.
   *
   * At least once: the same report can come again, so make it idempotent.
   */
  onFailure: (report: FailureReport, context: Context) => unknown;
  /**
   * Largest body: bytes as a positive integer, or a text such as `'500kb'` (1 kb is 1024 bytes).
   *
   * @defaultValue `'100kb'`
   */
  limit?: number | string;
  /**
   * Lets only Copernica's own calls for your account in. Strongly advised in production: without
   * it, whoever can reach the endpoint can report any address as failed. `false` means off.
   *
   * @defaultValue `false`
   */
  verify?: VerifyOptions | false;
}

/** The option `verify`. */
export interface VerifyOptions {
  /**
   * Your account identifier or identifiers, `account-1234` for instance, not the number alone.
   * Upper and lower case, `-` and `_` are the same.
   */
  account: string | readonly string[];
  /**
   * The address that is registered at Copernica, exactly as it is registered. Host and path are then
   * taken from it, so that a proxy in front may rewrite both. They are compared as written, with
   * query, final slash and escapes; only a default port is left out (`:443` with https), and the
   * letter case of the host is the sender's if the host arrives unchanged.
   *
   * @defaultValue the host and path of each request
   */
  url?: string;
  /**
   * Seconds that the `Date` of a call may differ from the clock, either way.
   *
   * @defaultValue 300
   */
  tolerance?: number;
  /**
   * Finds TXT records, each as its strings.
   *
   * @defaultValue `resolveTxt` of `node:dns/promises`
   */
  resolveTxt?: ResolveTxt;
  /**
   * Where delivered calls are remembered, so that a replay is not delivered again.
   *
   * @defaultValue in memory, for as long as a call can be replayed; at most 1,000,000, of about 120 bytes
   */
  nonces?: NonceStore;
}

/** The options once checked, with every default filled in. */
export interface Settings<Context> {
  readonly onFailure: ReceiverOptions<Context>['onFailure'];
  /** In bytes. */
  readonly limit: number;
  readonly verify?: VerifySettings & { readonly nonces?: NonceStore };
}

/**
 * Checks the options and fills in the defaults.
 *
 * @throws TypeError naming the option and what it expects
 */
export function checkOptions<Context>(
  options: ReceiverOptions<Context>,
  known = 'onFailure, limit, verify',
): Settings<Context> {
  demand(isObject(options), 'options', 'an object with onFailure');
  const { onFailure, limit = '100kb', verify = false, ...others } = options;
  demandNone(others, '', known);
  demand(typeof onFailure === 'function', 'onFailure', 'a function that takes a report');
  const bytes = parseLimit(limit);
  demand(
    Number.isSafeInteger(bytes) && bytes > 0,
    'limit',
    "a positive number of bytes, or a text such as '100kb'",
  );
  return { onFailure, limit: bytes, ...(verify !== false && { verify: checkVerify(verify) }) };
}

function checkVerify(options: VerifyOptions): NonNullable<Settings<unknown>['verify']> {
  demand(isObject(options), 'verify', 'false, or an object with your account');
  const { account, url, tolerance = 300, resolveTxt = lookUpTxt, nonces, ...others } = options;
  demandNone(others, 'verify.', 'account, url, tolerance, resolveTxt, nonces');
  const accounts: unknown[] = [account].flat();
  demand(
    accounts.length > 0 && accounts.every(isAccount),
    'verify.account',
    "your account identifier, such as 'account-1234', or a list of them",
  );
  demand(
    !accounts.some((name) => /^\d+$/.test(String(name))),
    'verify.account',
    "the whole identifier, such as 'account-1234': Copernica never sends digits alone",
  );
  demand(
    Number.isFinite(tolerance) && tolerance > 0,
    'verify.tolerance',
    'a positive number of seconds',
  );
  demand(typeof resolveTxt === 'function', 'verify.resolveTxt', 'a function');
  demand(
    nonces === undefined || (isFunction(nonces?.has) && isFunction(nonces?.set)),
    'verify.nonces',
    'an object with has(key) and set(key, value)',
  );
  return {
    accounts: new Set(accounts.map(normalizeAccount)),
    tolerance: tolerance * 1000,
    resolveTxt,
    ...(url !== undefined && { endpoint: checkUrl(url) }),
    ...(nonces !== undefined && { nonces }),
  };
}

function demand(holds: boolean, option: string, expected: string): asserts holds {
  if (!holds) throw new TypeError(`copernicaFailures: ${option} must be ${expected}`);
}

function demandNone(others: object, prefix: string, known: string): void {
  const [name] = Object.keys(others);
  if (name === undefined) return;
  throw new TypeError(`copernicaFailures: unknown option ${prefix}${name}; known are ${known}`);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

function isAccount(value: unknown): value is string {
  return typeof value === 'string' && /^[\w-]+$/.test(value);
}

function checkUrl(url: unknown): Endpoint {
  const endpoint = typeof url === 'string' ? parseEndpoint(url) : undefined;
  demand(
    endpoint !== undefined,
    'verify.url',
    'the http(s) address that is registered at Copernica, as it is registered',
  );
  return endpoint;
}

const UNITS = ['b', 'kb', 'mb', 'gb'];

/** Gives the limit in bytes, NaN for what is no limit. */
function parseLimit(limit: unknown): number {
  if (typeof limit === 'number') return limit;
  if (typeof limit !== 'string') return Number.NaN;
  const [, amount, unit = 'b'] = /^(\d+(?:\.\d+)?) *([kmg]?b)?$/i.exec(limit) ?? [];
  return Math.floor(Number(amount) * 1024 ** UNITS.indexOf(unit.toLowerCase()));
}
