import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { copernicaFailures } from '../lib/middleware.js';
import { checkOptions } from '../lib/options.js';

function onFailure() {
  return undefined;
}

const ACCOUNT = { account: 'account-1234' };

/** Makes the handler as JavaScript would, without types. */
function make(verify: unknown) {
  return copernicaFailures({ onFailure, verify } as never);
}

/** What `verify` comes out as. */
function settings(verify: object) {
  return checkOptions({ onFailure, verify } as never).verify;
}

describe('verify is refused when the handler is made, naming the option, if', () => {
  it.each<[string, string, unknown]>([
    ['verify', 'it is null', null],
    ['verify', 'it is zero', 0],
    ['verify', 'it is empty', ''],
    ['verify', 'it is true', true],
    ['verify', 'it is the account', 'account-1234'],
    ['verify.account', 'there is none', {}],
    ['verify.account', 'it is undefined', { account: undefined }],
    ['verify.account', 'it is null', { account: null }],
    ['verify.account', 'it is empty', { account: '' }],
    ['verify.account', 'it is a number', { account: 1234 }],
    ['verify.account', 'it is digits alone', { account: '1234' }],
    ['verify.account', 'one of a list is digits alone', { account: ['account-1', '5'] }],
    ['verify.account', 'it is an empty list', { account: [] }],
    ['verify.account', 'one of a list is empty', { account: ['account-1234', ''] }],
    ['verify.account', 'one of a list is undefined', { account: ['account-1234', undefined] }],
    [
      'verify.account',
      'it is a list of lists',
      { account: [['account-1234']].map((list) => [list]) },
    ],
    ['verify.account', 'it is a pattern', { account: /account-.*/ }],
    ['verify.account', 'it is a wildcard', { account: '*' }],
    ['verify.account', 'it is a list in one text', { account: 'account-1,account-2' }],
    ['verify.account', 'it has blanks around', { account: ' account-1234 ' }],
    ['verify.account', 'it ends in a line break', { account: 'account-1234\n' }],
    ['verify.account', 'it is a set', { account: new Set(['account-1234']) }],
    ['verify.url', 'it is null', { ...ACCOUNT, url: null }],
    ['verify.url', 'it is empty', { ...ACCOUNT, url: '' }],
    ['verify.url', 'it is a path', { ...ACCOUNT, url: '/copernica/failures' }],
    ['verify.url', 'it is a host', { ...ACCOUNT, url: 'hooks.example.com/failures' }],
    [
      'verify.url',
      'it is a host with a port',
      { ...ACCOUNT, url: 'hooks.example.com:443/failures' },
    ],
    ['verify.url', 'it is of another scheme', { ...ACCOUNT, url: 'ftp://hooks.example.com/' }],
    ['verify.url', 'it has a name in it', { ...ACCOUNT, url: 'https://me:pw@hooks.example.com/' }],
    [
      'verify.url',
      'it has nothing but a name in it',
      { ...ACCOUNT, url: 'https://me@example.com/' },
    ],
    [
      'verify.url',
      'it has a password in it',
      { ...ACCOUNT, url: 'https://:pw@hooks.example.com/' },
    ],
    ['verify.url', 'it has a blank', { ...ACCOUNT, url: 'https://hooks.example.com/a b' }],
    ['verify.url', 'blanks stand around it', { ...ACCOUNT, url: ' https://hooks.example.com/ ' }],
    ['verify.url', 'it has a line break', { ...ACCOUNT, url: 'https://hooks.example.com/\nx' }],
    [
      'verify.url',
      'its host is not in ASCII',
      { ...ACCOUNT, url: 'https://h\u00f6\u00f6ks.example.com/' },
    ],
    [
      'verify.url',
      'its path is not in ASCII',
      { ...ACCOUNT, url: 'https://hooks.example.com/\u00e9' },
    ],
    ['verify.url', 'it has backslashes', { ...ACCOUNT, url: 'https:\\\\hooks.example.com\\a' }],
    ['verify.url', 'its port is none', { ...ACCOUNT, url: 'https://hooks.example.com:99999/' }],
    ['verify.url', 'it has a fragment', { ...ACCOUNT, url: 'https://hooks.example.com/#a' }],
    [
      'verify.url',
      'it is a URL instead of a text',
      { ...ACCOUNT, url: new URL('https://example.com') },
    ],
    ['verify.tolerance', 'it is null', { ...ACCOUNT, tolerance: null }],
    ['verify.tolerance', 'it is zero', { ...ACCOUNT, tolerance: 0 }],
    ['verify.tolerance', 'it is negative', { ...ACCOUNT, tolerance: -1 }],
    ['verify.tolerance', 'it is not a number', { ...ACCOUNT, tolerance: Number.NaN }],
    ['verify.tolerance', 'it has no end', { ...ACCOUNT, tolerance: Number.POSITIVE_INFINITY }],
    ['verify.tolerance', 'it is a text', { ...ACCOUNT, tolerance: '300' }],
    ['verify.tolerance', 'it is true', { ...ACCOUNT, tolerance: true }],
    ['verify.resolveTxt', 'it is null', { ...ACCOUNT, resolveTxt: null }],
    ['verify.resolveTxt', 'it is an object', { ...ACCOUNT, resolveTxt: { resolveTxt: onFailure } }],
    ['verify.resolveTxt', 'it is records', { ...ACCOUNT, resolveTxt: [['v=DKIM1']] }],
    ['verify.replayStore', 'it is null', { ...ACCOUNT, replayStore: null }],
    ['verify.replayStore', 'it is true', { ...ACCOUNT, replayStore: true }],
    ['verify.replayStore', 'it cannot set', { ...ACCOUNT, replayStore: { has: onFailure } }],
    ['verify.replayStore', 'it cannot tell', { ...ACCOUNT, replayStore: { set: onFailure } }],
    ['verify.replayStore', 'it is a Set, which adds', { ...ACCOUNT, replayStore: new Set() }],
    [
      'verify.replayStore',
      'its set is no function',
      { ...ACCOUNT, replayStore: { has: onFailure, set: 1 } },
    ],
    ['verify.accounts', 'there is no such option', { accounts: 'account-1234', ...ACCOUNT }],
    ['verify.clock', 'there is no such option', { ...ACCOUNT, clock: undefined }],
    ['verify.0', 'it is a list of accounts', ['account-1234']],
  ])('%s: %s', (option, _, verify) => {
    expect(() => make(verify)).toThrow(TypeError);
    const named = new RegExp(`^copernicaFailures: .*\\b${option.replace('.', '\\.')}[ ;]`);
    expect(() => make(verify)).toThrow(named);
  });
});

describe('verify', () => {
  it.each([undefined, false])('is off if it is %s', (verify) => {
    expect(settings(verify as never)).toBeUndefined();
    expect(() => make(verify)).not.toThrow();
  });

  it('needs nothing but an account', () => {
    expect(settings(ACCOUNT)).toEqual({
      accounts: new Set(['account-1234']),
      toleranceMs: 300_000,
      resolveTxt: expect.any(Function),
    });
  });

  it('takes options that are undefined as ones that are missing', () => {
    const missing = {
      url: undefined,
      tolerance: undefined,
      resolveTxt: undefined,
      replayStore: undefined,
    };
    expect(settings({ ...ACCOUNT, ...missing })).toEqual(settings(ACCOUNT));
  });

  it('takes several accounts, however they are spelled', () => {
    expect(
      settings({ account: ['Account_1', 'environment-2', 'ENVIRONMENT_2'] })?.accounts,
    ).toEqual(new Set(['account-1', 'environment-2']));
  });

  it.each([
    ['https://hooks.example.com/failures', 'hooks.example.com', '/failures'],
    ['https://hooks.example.com', 'hooks.example.com', '/'],
    ['http://hooks.example.com:8080/a/b?c=d&e', 'hooks.example.com:8080', '/a/b?c=d&e'],
    ['https://hooks.example.com:443/a', 'hooks.example.com', '/a'],
    ['http://[::1]:3000/a', '[::1]:3000', '/a'],
    ['http://hooks.example.com:80', 'hooks.example.com', '/'],
    ['http://hooks.example.com:443/a', 'hooks.example.com:443', '/a'],
    ['HTTPS://Hooks.Example.COM:443/A', 'Hooks.Example.COM', '/A'],
    ['https://hooks.example.com?', 'hooks.example.com', '/?'],
    ['https://hooks.example.com/a?', 'hooks.example.com', '/a?'],
    [
      "https://hooks.example.com/./a/../b//c/%7e'?q=%c3%a9&&",
      'hooks.example.com',
      "/./a/../b//c/%7e'?q=%c3%a9&&",
    ],
  ])('takes host and target from %s', (url, host, target) => {
    expect(settings({ ...ACCOUNT, url })?.endpoint).toEqual({ host, target });
  });

  it.each([1, 0.5, 86_400])('takes a tolerance of %d s', (tolerance) => {
    expect(settings({ ...ACCOUNT, tolerance })?.toleranceMs).toBe(tolerance * 1000);
  });

  it.each([
    ['a Map', new Map()],
    ['an object of functions', { has: onFailure, set: onFailure }],
  ])('takes %s as replayStore', (_, replayStore) => {
    expect(settings({ ...ACCOUNT, replayStore })?.replayStore).toBe(replayStore);
  });
});

it('warns once in production without verify, with code COPERNICA_UNVERIFIED, and never else', () => {
  const lib = new URL('../lib/index.ts', import.meta.url).href;
  const script = `
    import { copernicaFailures } from ${JSON.stringify(lib)};
    process.on('warning', ({ code, message }) => console.log(code, message));
    function make(environment, verify) {
      process.env.NODE_ENV = environment;
      copernicaFailures({ onFailure() {}, verify });
    }
    make('');
    make('development');
    make('production', { account: 'account-1234' });
    setImmediate(() => {
      console.log('so far none');
      make('production');
      make('production');
    });`;
  const { stdout } = spawnSync(
    process.execPath,
    ['--no-warnings', '--import', 'tsx', '--input-type=module', '--eval', script],
    { encoding: 'utf8', cwd: fileURLToPath(new URL('..', import.meta.url)) },
  );
  expect(stdout).toMatch(/^so far none\nCOPERNICA_UNVERIFIED .*verify.*\n$/);
}, 30_000);
