import dns from 'node:dns';
import { promisify } from 'node:util';
import type { FailureReport } from './report.js';
import { parseEndpoint } from './signature/endpoint.js';
import type { ResolveTxt } from './signature/key-finder.js';
import type { NonceStore } from './signature/replay.js';
import type { Endpoint } from './signature/signing-string.js';
import { normalizeAccount } from './signature/verify.js';

/** The options that all entry points have in common. */
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
  limit?: number | string | undefined;
  /**
   * Lets only Copernica's own calls for your account in. Strongly advised in production: without
   * it, whoever can reach the endpoint can report any address as failed. `false` means off.
   *
   * @defaultValue `false`
   */
  verify?: VerifyOptions | false | undefined;
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
  url?: string | undefined;
  /**
   * Seconds that the `Date` of a call may differ from the clock, either way.
   *
   * @defaultValue 300
   */
  tolerance?: number | undefined;
  /**
   * Finds TXT records, each as its strings.
   *
   * @defaultValue `resolveTxt` of `node:dns`, looked up at each call: `dns.setServers` counts
   */
  resolveTxt?: ResolveTxt | undefined;
  /**
   * Where delivered calls are remembered, so that a replay is not delivered again.
   *
   * @defaultValue in memory, for as long as a call can be replayed; at most 1,000,000, of about 120 bytes
   */
  nonces?: NonceStore | undefined;
}

/**
 * Checks each option that all entry points have, and fills in its default. An option that is added to
 * `ReceiverOptions` compiles only once it is listed here; all else follows this list.
 */
export const CHECKS = {
  onFailure: checkOnFailure,
  limit: checkLimit,
  verify: checkVerify,
} satisfies Checks<ReceiverOptions<unknown>>;

const VERIFY_CHECKS = {
  account: checkAccount,
  url: checkUrl,
  tolerance: checkTolerance,
  resolveTxt: checkResolveTxt,
  nonces: checkNonces,
} satisfies Checks<VerifyOptions>;

/** For each option, the function that checks it and gives what the receiver works with. */
type Checks<Options> = Record<keyof Options, (value: unknown) => unknown>;
type Checked<C> = {
  readonly [Name in keyof C]: C[Name] extends (value: never) => infer Value ? Value : never;
};

/** The options once checked, with every default filled in. */
export interface Settings<Context> extends Omit<Checked<typeof CHECKS>, 'onFailure'> {
  readonly onFailure: ReceiverOptions<Context>['onFailure'];
}

/**
 * Checks the options and fills in the defaults.
 *
 * @param options the options, or `onFailure` alone
 * @param others what else was passed: a second argument would be options that have no effect
 * @param checks those of the entry point, if it has options of its own
 * @throws TypeError naming the option and what it expects
 */
export function checkOptions<Context, C extends typeof CHECKS = typeof CHECKS>(
  options: ReceiverOptions<Context> | ReceiverOptions<Context>['onFailure'],
  others: readonly undefined[] = [],
  checks: C = CHECKS as C,
): Omit<Checked<C>, 'onFailure'> & Settings<Context> {
  const given = isFunction(options) ? { onFailure: options } : options;
  demand(isObject(given), 'options', 'an object with onFailure');
  if (isRequest(given)) {
    throw new TypeError(
      'copernicaFailures: options are missing: mount copernicaFailures({ onFailure }), not copernicaFailures',
    );
  }
  demand(
    others.every((other) => other === undefined),
    'options',
    'one object, with onFailure and verify beside each other',
  );
  return checkEach(given, checks) as Checked<C> & Settings<Context>;
}

/** A request, or the context of Koa and others: this is what `app.use(copernicaFailures)` passes. */
function isRequest(given: object): boolean {
  return !('onFailure' in given) && ['headers', 'req', 'request'].some((name) => name in given);
}

function checkEach<C extends Checks<object>>(given: object, checks: C, prefix = ''): Checked<C> {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(checks, name));
  if (unknown !== undefined) {
    const known = Object.keys(checks).join(', ');
    throw new TypeError(
      `copernicaFailures: unknown option ${prefix}${unknown}; known are ${known}`,
    );
  }
  const checked = Object.entries<(value: unknown) => unknown>(checks).map(([name, check]) => [
    name,
    check(Reflect.get(given, name)),
  ]);
  return Object.fromEntries(checked);
}

function checkOnFailure(onFailure: unknown) {
  demand(isFunction(onFailure), 'onFailure', 'a function that takes a report');
  return onFailure;
}

function checkLimit(limit: unknown = '100kb'): number {
  const bytes = parseLimit(limit);
  demand(
    Number.isSafeInteger(bytes) && bytes > 0,
    'limit',
    "a positive number of bytes, or a text such as '100kb'",
  );
  return bytes;
}

function checkVerify(verify: unknown = false) {
  if (verify === false) return undefined;
  demand(isObject(verify), 'verify', 'false, or an object with your account');
  const {
    account: accounts,
    url: endpoint,
    ...others
  } = checkEach(verify, VERIFY_CHECKS, 'verify.');
  return { accounts, endpoint, ...others };
}

function checkAccount(account: unknown): ReadonlySet<string> {
  const accounts = [account].flat();
  demand(
    accounts.length > 0 && accounts.every(isAccount),
    'verify.account',
    "your account identifier, such as 'account-1234', or a list of them",
  );
  demand(
    !accounts.some((name) => /^\d+$/.test(name)),
    'verify.account',
    "the whole identifier, such as 'account-1234': Copernica never sends digits alone",
  );
  return new Set(accounts.map(normalizeAccount));
}

function checkUrl(url: unknown): Endpoint | undefined {
  if (url === undefined) return undefined;
  const endpoint = typeof url === 'string' ? parseEndpoint(url) : undefined;
  demand(
    endpoint !== undefined,
    'verify.url',
    'the http(s) address that is registered at Copernica, as it is registered',
  );
  return endpoint;
}

/** Gives milliseconds. */
function checkTolerance(tolerance: unknown = 300): number {
  demand(
    typeof tolerance === 'number' && Number.isFinite(tolerance) && tolerance > 0,
    'verify.tolerance',
    'a positive number of seconds',
  );
  return tolerance * 1000;
}

function checkResolveTxt(resolveTxt: unknown = resolveTxtByDefault): ResolveTxt {
  demand(isFunction(resolveTxt), 'verify.resolveTxt', 'a function');
  return resolveTxt as ResolveTxt;
}

/**
 * `dns.setServers` puts another function in place of `dns.resolveTxt`, so each call looks it up. In
 * CommonJS it leaves the one of `node:dns/promises` as it is.
 */
function resolveTxtByDefault(name: string): Promise<string[][]> {
  return promisify(dns.resolveTxt)(name);
}

function checkNonces(nonces: unknown): NonceStore | undefined {
  const { has, set } = Object(nonces);
  demand(
    nonces === undefined || (isFunction(has) && isFunction(set)),
    'verify.nonces',
    'an object with has(key) and set(key, value)',
  );
  return nonces as NonceStore | undefined;
}

/** @throws TypeError */
export function demand(holds: boolean, option: string, expected: string): asserts holds {
  if (!holds) throw new TypeError(`copernicaFailures: ${option} must be ${expected}`);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isFunction(value: unknown): value is (...parameters: unknown[]) => unknown {
  return typeof value === 'function';
}

function isAccount(value: unknown): value is string {
  return typeof value === 'string' && /^[\w-]+$/.test(value);
}

const UNITS = ['b', 'kb', 'mb', 'gb'];

/** Gives the limit in bytes, NaN for what is no limit. */
function parseLimit(limit: unknown): number {
  if (typeof limit === 'number') return limit;
  if (typeof limit !== 'string') return Number.NaN;
  const [, amount, unit = 'b'] = /^(\d+(?:\.\d+)?) *([kmg]?b)?$/i.exec(limit) ?? [];
  return Math.floor(Number(amount) * 1024 ** UNITS.indexOf(unit.toLowerCase()));
}
