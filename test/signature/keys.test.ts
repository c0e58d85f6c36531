import { createPublicKey, type KeyObject } from 'node:crypto';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createKeyMatcher, type ResolveTxt } from '../../lib/signature/keys.js';
import { KEY_UNAVAILABLE, KEY_UNTRUSTED } from '../helpers/rejections.js';
import { dnsError, fakeDns, KEY, KEY_ID, keyRecord, makeKey } from '../helpers/signed-calls.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const OTHER_KEY = makeKey();

afterEach(() => {
  vi.useRealTimers();
});

/** Fits the key that belongs to a private one. */
function isKey(privateKey: string) {
  const wanted = createPublicKey(privateKey);
  return (key: KeyObject) => key.equals(wanted);
}
const fits = isKey(KEY);
const fitsOther = isKey(OTHER_KEY);

function never() {
  return false;
}

/** A key finder with a DNS and a clock of its own. */
function setUp(zone?: Parameters<typeof fakeDns>[0]) {
  const dns = fakeDns(zone);
  const clock = { time: 1, now: () => clock.time };
  return { ...dns, clock, anyKeyFits: createKeyMatcher(dns.resolveTxt, clock) };
}

describe('finds', () => {
  it.each([
    ['a key in one record', [keyRecord()]],
    [
      'a key beside other TXT records',
      ['google-site-verification=abc', keyRecord(), 'v=spf1 -all'],
    ],
    ['any of several keys', [keyRecord(OTHER_KEY), keyRecord()]],
    ['a key beside one that is revoked', ['v=DKIM1; p=', keyRecord()]],
  ])('%s', async (_, records) => {
    const { anyKeyFits } = setUp({ [KEY_ID]: records });
    expect(await anyKeyFits(KEY_ID, fits)).toBe(true);
  });

  it('a key that is split wherever into strings, joined without anything between', async () => {
    const strings = keyRecord().match(/.{1,5}/g) ?? [];
    const anyKeyFits = createKeyMatcher(async () => [strings]);
    expect(await anyKeyFits(KEY_ID, fits)).toBe(true);
  });

  it('no key that does not fit', async () => {
    expect(await setUp().anyKeyFits(KEY_ID, fitsOther)).toBe(false);
  });

  it.each([
    'a.copernica.com',
    'one._domainkey.copernica.com',
    'A_b-9.Copernica.COM',
    `${'a'.repeat(63)}.copernica.com`,
    `${'a.'.repeat(119)}a.copernica.com`,
  ])('a key at %s', async (name) => {
    expect(name.length).toBeLessThanOrEqual(253);
    const { anyKeyFits, asked } = setUp({ [name.toLowerCase()]: keyRecord() });
    expect(await anyKeyFits(name, fits)).toBe(true);
    expect(asked).toEqual([name.toLowerCase()]);
  });
});

describe('does not ask DNS for', () => {
  it.each([
    ['nothing', ''],
    ['the domain itself', 'copernica.com'],
    ['the domain itself with a dot', '.copernica.com'],
    ['another domain', 'one._domainkey.example.com'],
    ['a domain that ends alike', 'one._domainkey.evilcopernica.com'],
    ['a domain that starts alike', 'one._domainkey.copernica.com.example.com'],
    ['another top level', 'one._domainkey.copernica.org'],
    ['any character for the dot', 'one._domainkey.copernica-com'],
    ['an absolute name', 'one._domainkey.copernica.com.'],
    ['an empty label', 'one.._domainkey.copernica.com'],
    ['an empty label at the start', '.one._domainkey.copernica.com'],
    ['a label over 63 characters', `${'a'.repeat(64)}.copernica.com`],
    ['a name over 253 characters', `${'a.'.repeat(119)}ab.copernica.com`],
    ['a blank', 'one ._domainkey.copernica.com'],
    ['a blank at the end', 'one._domainkey.copernica.com '],
    ['a line break at the end', 'one._domainkey.copernica.com\n'],
    ['a line break within', 'example.com\n.copernica.com'],
    ['a null byte', 'example.com\0.copernica.com'],
    ['a slash', 'example.com/.copernica.com'],
    ['a wildcard', '*.copernica.com'],
    ['an escape', 'one\\.copernica.com'],
    ['a letter that is no ASCII', 'é.copernica.com'],
    ['an address', 'https://one._domainkey.copernica.com'],
    ['8 KiB', `${'a.'.repeat(4096)}copernica.com`],
  ])('%s', async (_, name) => {
    const { anyKeyFits, asked } = setUp({ [name]: keyRecord() });
    await expect(anyKeyFits(name, fits)).rejects.toMatchObject(KEY_UNTRUSTED);
    expect(asked).toEqual([]);
  });
});

describe('a name without a usable key is untrusted:', () => {
  it.each([
    ['ENOTFOUND', dnsError('ENOTFOUND')],
    ['ENODATA', dnsError('ENODATA')],
    ['no records', []],
    ['only other records', ['v=spf1 -all']],
    ['a key that is revoked', ['v=DKIM1; p=']],
  ])('%s', async (_, records) => {
    const { anyKeyFits } = setUp({ [KEY_ID]: records });
    await expect(anyKeyFits(KEY_ID, fits)).rejects.toMatchObject(KEY_UNTRUSTED);
  });

  it('is remembered for a minute, and then asked for again', async () => {
    const { anyKeyFits, asked, clock, zone } = setUp({});
    await expect(anyKeyFits(KEY_ID, fits)).rejects.toMatchObject(KEY_UNTRUSTED);
    zone[KEY_ID] = keyRecord();
    clock.time += MINUTE;
    await expect(anyKeyFits(KEY_ID, fits)).rejects.toMatchObject(KEY_UNTRUSTED);
    expect(asked).toHaveLength(1);
    clock.time += 1;
    expect(await anyKeyFits(KEY_ID, fits)).toBe(true);
    expect(asked).toHaveLength(2);
  });
});

describe('DNS that cannot be asked is unavailable:', () => {
  it('no error says which key was asked for', async () => {
    const { anyKeyFits } = setUp({
      [KEY_ID]: Object.assign(dnsError('ETIMEOUT'), { hostname: KEY_ID, message: KEY_ID }),
    });
    const error: unknown = await anyKeyFits(KEY_ID, fits).catch((reason) => reason);
    expect(error).toMatchObject(KEY_UNAVAILABLE);
    expect(inspect(error, { depth: 9 })).not.toContain(KEY_ID);
  });

  it.each(['ESERVFAIL', 'ETIMEOUT', 'ECONNREFUSED', 'EREFUSED', 'ECANCELLED', 'EAI_AGAIN'])(
    '%s, which is the cause and is not remembered',
    async (code) => {
      const { anyKeyFits, asked, zone } = setUp({ [KEY_ID]: dnsError(code) });
      await expect(anyKeyFits(KEY_ID, fits)).rejects.toMatchObject({
        ...KEY_UNAVAILABLE,
        headers: { 'Retry-After': expect.stringMatching(/^[1-9]\d*$/) },
        cause: { code },
      });
      zone[KEY_ID] = keyRecord();
      expect(await anyKeyFits(KEY_ID, fits)).toBe(true);
      expect(asked).toHaveLength(2);
    },
  );

  it.each<[string, () => unknown]>([
    [
      'a resolver that throws',
      () => {
        throw new Error('broken');
      },
    ],
    ['a resolver that rejects with a text', () => Promise.reject('broken')],
    ['a resolver that rejects with nothing', () => Promise.reject()],
    ['a resolver that gives nothing', () => undefined],
    ['a resolver that gives texts', async () => [keyRecord()]],
    ['a resolver that gives objects', async () => [{ type: 'TXT', data: keyRecord() }]],
  ])('%s', async (_, resolveTxt) => {
    const anyKeyFits = createKeyMatcher(resolveTxt as ResolveTxt);
    await expect(anyKeyFits(KEY_ID, fits)).rejects.toMatchObject(KEY_UNAVAILABLE);
  });

  it('no answer in five seconds', async () => {
    vi.useFakeTimers();
    const anyKeyFits = createKeyMatcher(() => new Promise(() => undefined));
    const refused = vi.fn();
    anyKeyFits(KEY_ID, fits).catch(refused);
    await vi.advanceTimersByTimeAsync(4999);
    expect(refused).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(refused).toHaveBeenCalledWith(expect.objectContaining(KEY_UNAVAILABLE));
  });
});

describe('a key that was found', () => {
  it('is kept for an hour and not longer', async () => {
    const { anyKeyFits, asked, clock, zone } = setUp();
    expect(await anyKeyFits(KEY_ID, fits)).toBe(true);
    zone[KEY_ID] = keyRecord(OTHER_KEY);
    clock.time += 45 * MINUTE;
    expect(await anyKeyFits(KEY_ID, fits)).toBe(true);
    expect(asked).toHaveLength(1);
    zone[KEY_ID] = dnsError('ESERVFAIL');
    clock.time += 15 * MINUTE;
    expect(await anyKeyFits(KEY_ID, fits)).toBe(true);
    clock.time += 1;
    await expect(anyKeyFits(KEY_ID, fits)).rejects.toMatchObject(KEY_UNAVAILABLE);
  });

  it('is asked for anew after 45 minutes, once for all who use it, while it serves', async () => {
    const { anyKeyFits, asked, clock, zone } = setUp();
    await anyKeyFits(KEY_ID, fits);
    clock.time += 45 * MINUTE + 1;
    const answers = await Promise.all(Array.from({ length: 50 }, () => anyKeyFits(KEY_ID, fits)));
    expect(answers).toEqual(Array(50).fill(true));
    expect(asked).toHaveLength(2);
    zone[KEY_ID] = dnsError('ESERVFAIL');
    clock.time += 45 * MINUTE;
    expect(await anyKeyFits(KEY_ID, fits)).toBe(true);
    expect(asked).toHaveLength(2);
  });

  it('is asked for anew once a minute where that fails', async () => {
    const { anyKeyFits, asked, clock, zone } = setUp();
    await anyKeyFits(KEY_ID, fits);
    zone[KEY_ID] = dnsError('ESERVFAIL');
    clock.time += 50 * MINUTE;
    for (let second = 0; second <= 120; second++, clock.time += SECOND) {
      expect(await anyKeyFits(KEY_ID, fits)).toBe(true);
    }
    expect(asked).toHaveLength(1 + 2);
  });

  it('is not trusted any more once DNS, asked anew, says that it is revoked', async () => {
    const { anyKeyFits, clock, zone } = setUp();
    await anyKeyFits(KEY_ID, fits);
    zone[KEY_ID] = 'v=DKIM1; p=';
    clock.time += 50 * MINUTE;
    await anyKeyFits(KEY_ID, fits);
    await vi.waitFor(() => expect(anyKeyFits(KEY_ID, fits)).rejects.toMatchObject(KEY_UNTRUSTED));
  });

  it('is not kept longer for being used', async () => {
    const { anyKeyFits, asked, clock } = setUp();
    for (let minute = 0; minute <= 61; minute++, clock.time += MINUTE) {
      await anyKeyFits(KEY_ID, fits);
    }
    expect(asked).toHaveLength(2);
  });

  it('is one key however the name is spelled', async () => {
    const { anyKeyFits, asked } = setUp();
    expect(await anyKeyFits(KEY_ID, fits)).toBe(true);
    expect(await anyKeyFits(KEY_ID.toUpperCase(), fits)).toBe(true);
    expect(asked).toHaveLength(1);
  });

  it('is looked up once for all who ask at the same time', async () => {
    const { anyKeyFits, asked } = setUp();
    const answers = await Promise.all(Array.from({ length: 50 }, () => anyKeyFits(KEY_ID, fits)));
    expect(answers).toEqual(Array(50).fill(true));
    expect(asked).toHaveLength(1);
  });

  it('is not trusted after the hour if DNS cannot be asked then', async () => {
    const { anyKeyFits, clock, zone } = setUp();
    await anyKeyFits(KEY_ID, fits);
    clock.time += HOUR + 1;
    zone[KEY_ID] = dnsError('ESERVFAIL');
    await expect(anyKeyFits(KEY_ID, fits)).rejects.toMatchObject(KEY_UNAVAILABLE);
  });
});

describe('a key that was replaced under the same name', () => {
  it('is picked up at once, and the old one is not trusted any more', async () => {
    const { anyKeyFits, asked, zone } = setUp();
    await anyKeyFits(KEY_ID, fits);
    zone[KEY_ID] = keyRecord(OTHER_KEY);
    expect(await anyKeyFits(KEY_ID, fitsOther)).toBe(true);
    expect(asked).toHaveLength(2);
    expect(await anyKeyFits(KEY_ID, fits)).toBe(false);
    expect(asked).toHaveLength(2);
  });

  it('is asked for once a minute at most, however many forgeries there are', async () => {
    const { anyKeyFits, asked, clock } = setUp();
    await anyKeyFits(KEY_ID, fits);
    const forge = () => Promise.all(Array.from({ length: 20 }, () => anyKeyFits(KEY_ID, never)));
    expect(await forge()).toEqual(Array(20).fill(false));
    await forge();
    clock.time += MINUTE;
    await forge();
    expect(asked).toHaveLength(2);
    clock.time += 1;
    await forge();
    expect(asked).toHaveLength(3);
  });

  it('costs a forgery no second check of the key that is kept', async () => {
    const { anyKeyFits } = setUp();
    await anyKeyFits(KEY_ID, fits);
    await anyKeyFits(KEY_ID, never);
    const check = vi.fn(never);
    expect(await anyKeyFits(KEY_ID, check)).toBe(false);
    expect(check).toHaveBeenCalledOnce();
  });

  it('is not asked for when the cached one fits', async () => {
    const { anyKeyFits, asked, zone } = setUp();
    await anyKeyFits(KEY_ID, fits);
    zone[KEY_ID] = dnsError('ESERVFAIL');
    await expect(anyKeyFits(KEY_ID, never)).rejects.toMatchObject(KEY_UNAVAILABLE);
    expect(await anyKeyFits(KEY_ID, fits)).toBe(true);
    expect(asked).toHaveLength(2);
  });

  it('is not called a forgery for the minute after DNS could not be asked for it', async () => {
    const { anyKeyFits, asked, clock, zone } = setUp();
    await anyKeyFits(KEY_ID, fits);
    zone[KEY_ID] = dnsError('ESERVFAIL');
    await expect(anyKeyFits(KEY_ID, fitsOther)).rejects.toMatchObject(KEY_UNAVAILABLE);
    zone[KEY_ID] = keyRecord(OTHER_KEY);
    clock.time += 30 * SECOND;
    await expect(anyKeyFits(KEY_ID, fitsOther)).rejects.toMatchObject(KEY_UNAVAILABLE);
    expect(asked).toHaveLength(2);
    clock.time += 30 * SECOND + 1;
    expect(await anyKeyFits(KEY_ID, fitsOther)).toBe(true);
  });

  it('by none is untrusted at once', async () => {
    const { anyKeyFits, zone } = setUp();
    await anyKeyFits(KEY_ID, fits);
    delete zone[KEY_ID];
    await expect(anyKeyFits(KEY_ID, never)).rejects.toMatchObject(KEY_UNTRUSTED);
    await expect(anyKeyFits(KEY_ID, fits)).rejects.toMatchObject(KEY_UNTRUSTED);
  });

  it('is shared by all who wait for the same look-up', async () => {
    const { anyKeyFits, asked, zone } = setUp();
    await anyKeyFits(KEY_ID, fits);
    zone[KEY_ID] = keyRecord(OTHER_KEY);
    const answers = [never, fitsOther, never, fitsOther].map((is) => anyKeyFits(KEY_ID, is));
    expect(await Promise.all(answers)).toEqual([false, true, false, true]);
    expect(asked).toHaveLength(2);
  });
});
