// Calls that name keys which do not exist, so that DNS is asked for them in vain.
import { createPublicKey, type KeyObject } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createKeyMatcher } from '../../lib/signature/keys.js';
import { KEY_UNAVAILABLE, KEY_UNTRUSTED } from '../helpers/rejections.js';
import { dnsError, fakeDns, KEY, KEY_ID, keyRecord } from '../helpers/signed-calls.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const publicKey = createPublicKey(KEY);
const fits = (key: KeyObject) => key.equals(publicKey);
const never = () => false;

afterEach(() => {
  vi.useRealTimers();
});

describe('with made-up names', () => {
  /** A DNS that leaves all but the known name without an answer until told. */
  function hanging() {
    const asked: string[] = [];
    const waiting: ((reason: Error) => void)[] = [];
    const anyKeyFits = createKeyMatcher((name) => {
      asked.push(name);
      if (name === KEY_ID) return Promise.resolve([[keyRecord()]]);
      return new Promise((_, reject) => waiting.push(reject));
    });
    return { asked, waiting, anyKeyFits };
  }

  it('has at most a hundred look-ups under way, and known keys keep working', async () => {
    const { asked, waiting, anyKeyFits } = hanging();
    expect(await anyKeyFits(KEY_ID, fits)).toBe(true);
    const calls = Array.from({ length: 10_000 }, (_, i) =>
      anyKeyFits(`n${i}.copernica.com`, never).catch((error) => error),
    );
    expect(await anyKeyFits(KEY_ID, fits)).toBe(true);
    expect(asked).toHaveLength(1 + 100);
    for (const fail of waiting) fail(dnsError('ENOTFOUND'));
    const outcomes = await Promise.all(calls);
    expect(outcomes.filter(({ code }) => code === KEY_UNAVAILABLE.code)).toHaveLength(9900);
    expect(outcomes.filter(({ code }) => code === KEY_UNTRUSTED.code)).toHaveLength(100);
  });

  it('looks a key up that it had before, though a hundred look-ups hang', async () => {
    const asked: string[] = [];
    const clock = { time: 1, now: () => clock.time };
    const anyKeyFits = createKeyMatcher((name) => {
      asked.push(name);
      return name === KEY_ID ? Promise.resolve([[keyRecord()]]) : new Promise(() => undefined);
    }, clock);
    await anyKeyFits(KEY_ID, fits);
    clock.time += 24 * HOUR;
    for (let i = 0; i < 200; i++) {
      anyKeyFits(`n${i}.copernica.com`, never).catch(() => undefined);
    }
    expect(asked).toHaveLength(1 + 100);
    expect(await anyKeyFits(KEY_ID, fits)).toBe(true);
  });

  it('looks a key up that was away for a while, though a hundred look-ups hang', async () => {
    const clock = { time: 1, now: () => clock.time };
    const answers = [[[keyRecord()]], [], [[keyRecord()]]];
    const anyKeyFits = createKeyMatcher(
      (name) =>
        name === KEY_ID ? Promise.resolve(answers.shift() ?? []) : new Promise(() => undefined),
      clock,
    );
    expect(await anyKeyFits(KEY_ID, fits)).toBe(true);
    clock.time += HOUR + 1;
    await expect(anyKeyFits(KEY_ID, fits)).rejects.toMatchObject(KEY_UNTRUSTED);
    clock.time += MINUTE + 1;
    for (let i = 0; i < 100; i++) {
      anyKeyFits(`n${i}.copernica.com`, never).catch(() => undefined);
    }
    expect(await anyKeyFits(KEY_ID, fits)).toBe(true);
  });

  it('asks for new names again once earlier look-ups are done, whatever came of them', async () => {
    const { asked, waiting, anyKeyFits } = hanging();
    for (const code of ['ENOTFOUND', 'ESERVFAIL']) {
      const calls = Array.from({ length: 100 }, (_, i) =>
        anyKeyFits(`${code}${i}.copernica.com`, never).catch((error) => error),
      );
      for (const fail of waiting.splice(0)) fail(dnsError(code));
      await Promise.all(calls);
    }
    expect(asked).toHaveLength(200);
    anyKeyFits('n.copernica.com', never).catch(() => undefined);
    expect(asked).toHaveLength(201);
  });

  it('lets the hundred go after five seconds without an answer', async () => {
    vi.useFakeTimers();
    const { asked, anyKeyFits } = hanging();
    for (let i = 0; i < 101; i++) anyKeyFits(`n${i}.copernica.com`, never).catch(() => undefined);
    await vi.advanceTimersByTimeAsync(5000);
    expect(await anyKeyFits(KEY_ID, fits)).toBe(true);
    expect(asked).toHaveLength(101);
  });

  it('keeps keys that were found, and forgets the oldest names that have none', async () => {
    const { asked, resolveTxt } = fakeDns();
    const anyKeyFits = createKeyMatcher(resolveTxt);
    await anyKeyFits(KEY_ID, fits);
    for (let i = 0; i <= 1000; i++) {
      await expect(anyKeyFits(`n${i}.copernica.com`, never)).rejects.toMatchObject(KEY_UNTRUSTED);
    }
    expect(await anyKeyFits(KEY_ID, fits)).toBe(true);
    expect(asked).toHaveLength(1 + 1001);
    await expect(anyKeyFits('n1000.copernica.com', never)).rejects.toMatchObject(KEY_UNTRUSTED);
    expect(asked).toHaveLength(1002);
    await expect(anyKeyFits('n0.copernica.com', never)).rejects.toMatchObject(KEY_UNTRUSTED);
    expect(asked).toHaveLength(1003);
  });

  it('keeps the newest hundred keys, should names without end have some', async () => {
    const asked: string[] = [];
    const anyKeyFits = createKeyMatcher(async (name) => {
      asked.push(name);
      return [[keyRecord()]];
    });
    for (let i = 0; i <= 100; i++) await anyKeyFits(`n${i}.copernica.com`, fits);
    await anyKeyFits('n1.copernica.com', fits);
    expect(asked).toHaveLength(101);
    await anyKeyFits('n0.copernica.com', fits);
    expect(asked).toHaveLength(102);
  });
});
