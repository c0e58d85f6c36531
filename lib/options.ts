import dns from 'node:dns';
import { promisify } from 'node:util';
import type { FailureReport } from './failure-report.js';
import { isAccountId, normalizeAccount } from './signature/account.js';
import { parseEndpoint } from './signature/endpoint.js';
import type { ResolveTxt } from './signature/keys.js';
import type { ReplayStore } from './signature/replay.js';

/** The options of all entry points. */
export interface CommonOptions<Context> {
  /**
   * Called for each valid report, before the call is acknowledged. What it throws or rejects with is
   * passed on, so the sender learns that the report is not safe yet. Make it idempotent: the same report
   * can come again.
   */
  onFailure: (report: FailureReport, context: Context) => unknown;
  /**
   * Largest body: bytes as a positive integer, or a text such as `'500kb'` (1 kb is 1024 bytes).
   *
   * @defaultValue `'100kb'`
   */
  limit?: number | string | undefined;
  /**
   * Accepts only Copernica's own calls for your account. Without it, anyone can report any address as
   * failed, so set it in production.
   *
   * @defaultValue `false`
   */
  verify?: VerifyOptions | false | undefined;
}

/** The option `verify`. */
export interface VerifyOptions {
  /** Your whole account identifier or identifiers, `account-1234`. Letter case is ignored, and `_` equals `-`. */
  account: string | readonly string[];
  /**
   * The URL registered at Copernica, exactly as it is registered, with query, final slash and escapes. It
   * replaces host and path of the request, so a proxy in front may rewrite both. A default port (`:443`
   * with https) does not matter, nor does the letter case of the host if the proxy keeps `Host`.
   *
   * @defaultValue the host and path of each request
   */
  url?: string | undefined;
  /**
   * Seconds that the `Date` of a call may differ from the clock, either way.
   *
   * @defaultValue 300
   */
  tolerance?: number | undefined;
  /**
   * Resolves to the TXT records of a name, each as a list of strings.
   *
   * @defaultValue `resolveTxt` of `node:dns`, with the servers that `dns.setServers` has set
   */
  resolveTxt?: ResolveTxt | undefined;
  /**
   * Remembers delivered calls, so that a replay is not delivered again.
   *
   * @defaultValue in memory, while a call can be replayed; at most 1,000,000 of about 120 bytes
   */
  replayStore?: ReplayStore | undefined;
}

/** Completes the message `<option> must be …` for each unusable option. */
const EXPECTED = {
  options: 'one object with onFailure, and verify beside it',
  onFailure: 'a function that takes a report',
  onRefused: 'a function that takes an error',
  limit: "a positive number of bytes, or a text such as '100kb'",
  verify: "false, or an object such as { account: 'account-1234' }",
  'verify.account':
    "your account identifier, such as 'account-1234' (not digits alone), or a list of identifiers",
  'verify.url': 'the http(s) URL that is registered at Copernica, exactly as registered',
  'verify.tolerance': 'a positive number of seconds',
  'verify.resolveTxt': 'a function',
  'verify.replayStore': 'an object with has(key) and set(key, value)',
};

/** The checked options, with every default filled in. */
export type Settings<Context> = ReturnType<typeof checkOptions<Context>>;

/**
 * Checks the options and fills in the defaults.
 *
 * @param options the options, or `onFailure` alone
 * @param others further arguments, which are refused: options there would have no effect
 * @param ownNames the options that only this entry point has
 * @throws TypeError naming the option and what it expects
 */
export function checkOptions<Context>(
  options: CommonOptions<Context> | CommonOptions<Context>['onFailure'],
  others: readonly unknown[] = [],
  ownNames: readonly string[] = [],
) {
  const input = isFunction(options) ? { onFailure: options } : options;
  assertOption('options', isObject(input));
  if (isRequest(input)) {
    throw new TypeError(
      'copernicaFailures: options are missing: mount copernicaFailures({ onFailure }), not copernicaFailures',
    );
  }
  assertOption(
    'options',
    others.every((other) => other === undefined),
  );
  rejectUnknownOptions(input, ['onFailure', 'limit', 'verify', ...ownNames]);
  const { onFailure, limit = '100kb', verify = false } = input;
  assertOption('onFailure', isFunction(onFailure));
  const limitBytes = parseLimit(limit);
  assertOption('limit', Number.isSafeInteger(limitBytes) && limitBytes > 0);
  const settings = verify === false ? undefined : checkVerify(verify);
  return { onFailure, limit: limitBytes, verify: settings };
}

function checkVerify(verify: VerifyOptions) {
  assertOption('verify', isObject(verify));
  const names = ['account', 'url', 'tolerance', 'resolveTxt', 'replayStore'];
  rejectUnknownOptions(verify, names, 'verify.');
  const { account, url, tolerance = 300, resolveTxt = resolveTxtByDefault, replayStore } = verify;
  const accounts = [account].flat();
  assertOption('verify.account', accounts.length > 0 && accounts.every(isAccountId));
  const endpoint = typeof url === 'string' ? parseEndpoint(url) : undefined;
  assertOption('verify.url', url === undefined || endpoint !== undefined);
  assertOption('verify.tolerance', Number.isFinite(tolerance) && tolerance > 0);
  assertOption('verify.resolveTxt', isFunction(resolveTxt));
  assertOption('verify.replayStore', replayStore === undefined || isReplayStore(replayStore));
  return {
    accounts: new Set(accounts.map(normalizeAccount)),
    endpoint,
    toleranceMs: tolerance * 1000,
    resolveTxt,
    replayStore,
  };
}

export function assertOption(name: keyof typeof EXPECTED, isValid: boolean): asserts isValid {
  if (!isValid) throw new TypeError(`copernicaFailures: ${name} must be ${EXPECTED[name]}`);
}

function rejectUnknownOptions(input: object, known: readonly string[], prefix = ''): void {
  const unknown = Object.keys(input).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new TypeError(
    `copernicaFailures: unknown option ${prefix}${unknown}; known are ${known.join(', ')}`,
  );
}

/** Recognises what `app.use(copernicaFailures)` passes: a request, or the context of Koa and others. */
function isRequest(input: object): boolean {
  return !('onFailure' in input) && ['headers', 'req', 'request'].some((name) => name in input);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isFunction(value: unknown): value is (...parameters: never) => unknown {
  return typeof value === 'function';
}

function isReplayStore(store: Partial<ReplayStore> | null): boolean {
  return isFunction(store?.has) && isFunction(store.set);
}

/**
 * `dns.setServers` replaces `dns.resolveTxt`, so each call reads it anew. In CommonJS,
 * `node:dns/promises` keeps the old one.
 */
function resolveTxtByDefault(name: string): Promise<string[][]> {
  return promisify(dns.resolveTxt)(name);
}

const UNITS = ['b', 'kb', 'mb', 'gb'];

/** Returns bytes, or NaN for anything that is not a limit. */
function parseLimit(limit: unknown): number {
  if (typeof limit === 'number') return limit;
  if (typeof limit !== 'string') return Number.NaN;
  const [, amount, unit = 'b'] = /^(\d+(?:\.\d+)?) *([kmg]?b)?$/i.exec(limit) ?? [];
  return Math.floor(Number(amount) * 1024 ** UNITS.indexOf(unit.toLowerCase()));
}
