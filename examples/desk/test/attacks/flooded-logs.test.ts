// Values that fill the log, or move the cursor of the terminal that shows it.
import { describe, expect, it, vi } from 'vitest';
import { DatabaseUnavailableError } from '../../database/driver.js';
import { createLog } from '../../log.js';
import { createTerminalStream } from '../../terminal.js';
import { openDesk, openTestDatabase } from '../in-process.js';

describe('the log', () => {
  it('shortens values that a sender chooses', () => {
    const lines: string[] = [];
    const log = createLog('debug', { write: (line) => void lines.push(line) });
    const long = 'x'.repeat(50_000);
    const problems = Array.from({ length: 1000 }, () => ({ path: '/tags', message: 'wrong' }));
    log.info({ id: long, state: long, recipient: long, path: long, problems }, 'stored');
    expect(lines[0]?.length).toBeLessThan(1500);
    expect(lines[0]).toContain(`"id":"${'x'.repeat(100)}…"`);
    expect(JSON.parse(lines[0] ?? '').problems).toHaveLength(10);
  });
});

describe('the log at LOG_LEVEL=debug', () => {
  it('shows the name, message and stack of an error, shortened, but none of its other properties', async () => {
    const database = await openTestDatabase();
    const { desk, log, close } = await openDesk(database, {}, 'debug');
    try {
      const post = desk.post('/suppressions').set('Sec-Fetch-Site', 'same-origin');
      const broken = `{"address": "${'x'.repeat(90_000)}`;
      await post.set('Content-Type', 'application/json').send(broken).expect(400);
      const line = log.find((text) => text.includes('"err"')) ?? '';
      expect(line.length).toBeLessThan(5000);
      expect(Object.keys(JSON.parse(line).err)).toEqual(['type', 'message', 'stack']);
    } finally {
      close();
      await database.close();
    }
  });

  it('shows the cause too, shortened', () => {
    const lines: string[] = [];
    const log = createLog('debug', { write: (line) => void lines.push(line) });
    const cause = new Error(`refused ${'x'.repeat(50_000)}`);
    log.debug({ err: new DatabaseUnavailableError(cause) }, 'error');
    expect(lines[0]).toContain('refused x');
    expect(lines[0]?.length).toBeLessThan(5000);
  });
});

describe('the log on a terminal', () => {
  function open() {
    const written: string[] = [];
    const log = createLog(
      'debug',
      createTerminalStream({ write: (line) => void written.push(line) }),
    );
    return { log, lines: () => written.join('').split('\n').slice(0, -1) };
  }

  it('has readable lines with the time', () => {
    const { log, lines } = open();
    log.info({ id: '1', state: 'rcpt to' }, 'stored');
    expect(lines()).toEqual([
      expect.stringMatching(/^\d\d:\d\d:\d\d stored id=1 state="rcpt to"$/),
    ]);
  });

  it('shows characters that could move the cursor or turn the text as codes', () => {
    const { log, lines } = open();
    log.info({ id: '\u001b[2J\u009b31m\r\n', state: 'rcpt\u202eto\u200b' }, 'stored');
    expect(lines()).toHaveLength(1);
    expect(lines()[0]).toContain('\\u001b[2J\\u009b31m\\r\\n');
    expect(lines()[0]).toContain('rcpt\\u202eto\\u200b');
  });

  it('shows a message that repeats once, and every ten seconds how many followed', () => {
    vi.useFakeTimers();
    try {
      const { log, lines } = open();
      for (let id = 0; id < 2000; id += 1) log.info({ id: `${id}` }, 'stored');
      log.warn({ code: 'COPERNICA_BODY_INVALID' }, 'refused');
      expect(lines()).toHaveLength(2);
      vi.advanceTimersByTime(10_000);
      expect(lines().slice(2)).toEqual([expect.stringMatching(/ stored … and 1,999 more$/)]);
      log.info({ id: 'next' }, 'stored');
      vi.advanceTimersByTime(20_000);
      log.info({ id: 'late' }, 'stored');
      expect(lines().slice(3)).toEqual([
        expect.stringMatching(/ stored … and 1 more$/),
        expect.stringMatching(/ stored id=late$/),
      ]);
    } finally {
      vi.useRealTimers();
    }
  });
});
