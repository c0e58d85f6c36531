import type { DestinationStream } from 'pino';

/** For this time, a repeated message is counted instead of written. */
const REPEAT_MS = 10_000;

/** Characters that could move the cursor, change colours or turn the direction of the text. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * Turns the log's JSON lines into lines for people: the time, the message and its details. A repeated
 * message is written once, and then every ten seconds with the number of repetitions.
 */
export function createTerminalStream(terminal: {
  write(text: string): unknown;
}): DestinationStream {
  const repeats = new Map<string, number>();

  function print(...parts: string[]): void {
    const time = new Date().toTimeString().slice(0, 8);
    terminal.write(`${time} ${escapeUnsafe(parts.join(' '))}\n`);
  }

  function countRepeats(message: string): void {
    repeats.set(message, 0);
    setTimeout(() => {
      const count = repeats.get(message) ?? 0;
      repeats.delete(message);
      if (count === 0) return;
      print(message, `… and ${count.toLocaleString('en')} more`);
      countRepeats(message);
    }, REPEAT_MS).unref();
  }

  return {
    write(line) {
      const { level, time, pid, hostname, msg = '', ...details } = JSON.parse(line);
      const count = repeats.get(msg);
      if (count !== undefined) {
        repeats.set(msg, count + 1);
        return;
      }
      print(msg, ...Object.entries(details).map(([name, value]) => `${name}=${toText(value)}`));
      countRepeats(msg);
    },
  };
}

function toText(value: unknown): string {
  return typeof value === 'string' && /^\S+$/.test(value) ? value : JSON.stringify(value);
}

function escapeUnsafe(text: string): string {
  return text.replaceAll(UNSAFE, (character) => {
    return `\\u${character.codePointAt(0)?.toString(16).padStart(4, '0')}`;
  });
}
