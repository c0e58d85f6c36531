import { describe, expect, it } from 'vitest';
import { pageAt } from '../../../test/docs/pages.js';
import { helpText, readSettings } from '../settings.js';

const PASSWORD = 'correct horse battery';
const PUBLIC = { COPERNICA_ACCOUNT: 'account-1', COPERNICA_URL: 'https://example.com/failures' };

describe('the settings', () => {
  it('have defaults, also for empty variables', () => {
    expect(readSettings({ PORT: '', DATABASE_URL: '' })).toEqual({
      PORT: 3000,
      HOST: '127.0.0.1',
      DATA_DIRECTORY: 'data',
      LOG_LEVEL: 'info',
    });
  });

  it('take several accounts', () => {
    const { COPERNICA_ACCOUNT } = readSettings({ COPERNICA_ACCOUNT: 'account-1, account-2' });
    expect(COPERNICA_ACCOUNT).toEqual(['account-1', 'account-2']);
  });

  it.each<[string, Record<string, string>]>([
    ['PORT', { PORT: '65536' }],
    ['PORT', { PORT: '3e3' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://localhost/desk' }],
    ['DATABASE_URL', { DATABASE_URL: 'postgresql://%zz:pass@localhost/desk' }],
    ['COPERNICA_ACCOUNT', { COPERNICA_ACCOUNT: 'account-1,' }],
    ['COPERNICA_ACCOUNT', { COPERNICA_ACCOUNT: '1234' }],
    ['COPERNICA_ACCOUNT', { COPERNICA_ACCOUNT: 'account-1, 1234' }],
    ['COPERNICA_ACCOUNT', { COPERNICA_ACCOUNT: 'my account' }],
    ['COPERNICA_URL', { ...PUBLIC, COPERNICA_URL: 'http://localhost/failures#here' }],
    ['COPERNICA_URL', { ...PUBLIC, COPERNICA_URL: 'http://user:password@localhost/failures' }],
    ['COPERNICA_URL', { COPERNICA_URL: 'example.com', COPERNICA_ACCOUNT: 'account-1' }],
    ['COPERNICA_ACCOUNT', { COPERNICA_URL: 'https://example.com/failures' }],
    ['DESK_PASSWORD', { HOST: '0.0.0.0' }],
    ['DESK_PASSWORD', { HOST: '::' }],
    ['DESK_PASSWORD', { HOST: '127.evil.example.com' }],
    ['DESK_PASSWORD', { HOST: '0.0.0.0', DESK_PASSWORD: 'eleven char' }],
    ['DESK_PASSWORD', PUBLIC],
    ['DESK_PASSWORD', { ...PUBLIC, DESK_PASSWORD: 'eleven char' }],
    ['DESK_PASSWORD', { TRUSTED_PROXIES: '127.0.0.1' }],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: '0.0.0.0/0', DESK_PASSWORD: PASSWORD }],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: 'proxy.example.com', DESK_PASSWORD: PASSWORD }],
    ['KEEP_DAYS', { KEEP_DAYS: '100000' }],
    ['DESK_TOKEN', { DESK_TOKEN: 'x'.repeat(31) }],
    ['DESK_TEST_KEY', { DESK_TEST_KEY: 'key.json', NODE_ENV: 'production' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
  ])('do not open the desk with a wrong %s: %j', (name, environment) => {
    expect(() => readSettings(environment)).toThrow(
      new RegExp(`^${name} (expects|must) .*\\.$`, 'm'),
    );
  });

  it.each(['127.0.0.1', '127.0.0.2', 'localhost', '::1'])('need no password at %s', (HOST) => {
    expect(readSettings({ HOST }).HOST).toBe(HOST);
  });

  it.each<Record<string, string>>([
    { DESK_PASSWORD: 'short' },
    { COPERNICA_ACCOUNT: 'account-1', COPERNICA_URL: 'http://[::1]:3000/failures' },
    { ...PUBLIC, DESK_PASSWORD: PASSWORD },
    { HOST: '0.0.0.0', DESK_PASSWORD: PASSWORD, TRUSTED_PROXIES: '10.0.0.2, 10.1.0.0/16, ::1' },
  ])('open the desk with %j', (environment) => {
    expect(readSettings(environment)).toMatchObject({ PORT: 3000 });
  });

  it('name every mistake at once, and no value', () => {
    const wrong = { PORT: 'x', DATABASE_URL: 'postgres//user:pass@host/db' };
    expect(() => readSettings(wrong)).toThrow(/^PORT [^\n]*\nDATABASE_URL [^\n]*$/);
    expect(() => readSettings(wrong)).not.toThrow(/pass@/);
  });
});

describe('the table of the settings', () => {
  const rows = pageAt('examples/desk/README.md').tables.get('Its settings') ?? [];

  it('lists those of --help', () => {
    const described = [...helpText().matchAll(/^ {2}([A-Z_]+) /gm)].map(([, name]) => name);
    expect(rows.map(([name]) => name).sort()).toEqual(described.sort());
  });

  it('lists their defaults', () => {
    const defaults = rows.filter(([, value]) => value !== 'none');
    const set = Object.fromEntries(defaults.map(([name, value]) => [name, value]));
    expect(readSettings(set)).toEqual(readSettings({}));
    expect(Object.keys(set)).toEqual(Object.keys(readSettings({})));
  });
});
