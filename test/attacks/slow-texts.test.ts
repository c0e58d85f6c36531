// Replies of mail servers that would take a pattern seconds to match.
import { describe, expect, it } from 'vitest';
import { explainFailure } from '../../lib/index.js';

/** Milliseconds of CPU that the cheapest of several runs takes: other programs do not count. */
function cost(run: () => unknown): number {
  const runs = Array.from({ length: 20 }, () => {
    const start = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
  return Math.min(...runs);
}

const hostile = ['a', ' ', '<', '>', '0', '1.2.', '[1.1.1.1] ', '.', '\n', '\r\n550-5.1.1 ', 'é']
  .concat(['user ', 'mailbox ', 'mailbox mailbox ', 'user a b c d ', 'user user unknow '])
  .concat(['not not not ', 'no such ', 'sender ', "sender's ", 'your ip a b c d e ', 'the ip '])
  .concat(['host ', 'host a', '<a@', 'exceeded a b c d ', 'quota x y z ', 'boite ', 'spf', '邮'])
  .concat(['mailbox unavailable ', 'recipient rejected. ', '5.1.1 address rejected ', "can't "])
  .concat(['helo ', 'after mail from ', 'mail from', 'check the the the ', 'temporar', '\u0000'])
  .concat([
    'account ',
    'recipient ',
    'quota ',
    'mail address ',
    'a@',
    'a.',
    'host a.a',
    "n't",
    "'s",
  ])
  .concat([
    '\n550 a',
    '\n551 5.1.1 account ',
    '550 \t\t\t',
    '\n\n\n',
    'https://',
    '_',
    'İ',
    '\u00a0',
  ]);

// Words without blanks between them
const joined = ['no,', 'user,', 'your-ip-', 'header-user-', 'ip,bloccat,', '邮件包含'];

describe('64 kB are judged in under 5 ms', () => {
  it.each([...hostile, ...joined])('of %j', (part) => {
    const description = part.repeat(Math.ceil(65_536 / part.length)).slice(0, 65_536);
    expect(cost(() => explainFailure({ description, code: 550 }))).toBeLessThan(5);
  });

  it('of two replies that fill both ends, at the step that is asked for most', () => {
    const words = (size: number) => 'mailbox '.repeat(size / 8);
    const description = `550 5.1.1 ${words(4072)}\n451 4.4.1 ${words(65_536)}`;
    expect(cost(() => explainFailure({ description, code: 550, state: 'mailfrom' }))).toBeLessThan(
      5,
    );
  });

  it('of words that begin, go on and end, a thousand times each', () => {
    const description = 'ip-'.repeat(900) + 'bloccat-'.repeat(341) + 'a-'.repeat(1365);
    expect(cost(() => explainFailure({ description }))).toBeLessThan(5);
  });

  it('of blanks behind a code', () => {
    const description = `a 550 b${' '.repeat(65_536)}`;
    expect(cost(() => explainFailure({ description }))).toBeLessThan(5);
  });
});

describe('10 MB are judged in under 5 ms', () => {
  const parts = ['5', '5.1.', '5.1.1 ', 'user unknow ', ' ', '\n550-'];
  const fields = ['description', 'extended', 'code', 'state'];

  it.each(fields.flatMap((field) => parts.map((part) => [field, part] as const)))(
    'in %s, of %j',
    (field, part) => {
      const value = part.repeat(Math.ceil((10 * 2 ** 20) / part.length));
      expect(cost(() => explainFailure({ [field]: value } as never))).toBeLessThan(5);
    },
  );

  it('in all fields at once', () => {
    const value = '5.1.1 '.repeat(2 ** 21);
    const report = { description: value, extended: value, code: value, state: value };
    expect(cost(() => explainFailure(report as never))).toBeLessThan(5);
  });
});
