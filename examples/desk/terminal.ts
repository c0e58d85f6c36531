import type { DestinationStream } from 'pino';

/** How often one and the same message is written: a burst must not push the rest out of sight. */
const WINDOW = 10_000;

/** What would move the cursor, colour the text or turn its direction. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are meant
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * Makes lines for people of the log's JSON lines: the time, the message and what belongs to it. Of a
 * message that repeats, the first is written, and every ten seconds how many there were since.
 */
export function readable(terminal: { write(text: string): unknown }): DestinationStream {
  const repeated = new Map<string, number>();

  function tellRepeated(message: string): void {
    const count = repeated.get(message) ?? 0;
    repeated.delete(message);
    if (count === 0) return;
    print(message, `… and ${count.toLocaleString('en')} more`);
    hold(message);
  }

  function hold(message: string): void {
    repeated.set(message, 0);
    setTimeout(tellRepeated, WINDOW, message).unref();
  }

  function print(...parts: string[]): void {
    const now = new Date().toTimeString().slice(0, 8);
    terminal.write(`${now} ${parts.map(visible).join(' ')}\n`);
  }

  return {
    write(line) {
      const { level, time, pid, hostname, msg = '', ...details } = JSON.parse(line);
      const count = repeated.get(msg);
      if (count !== undefined) {
        repeated.set(msg, count + 1);
        return;
      }
      const told = Object.entries(details).map(([name, value]) => `${name}=${toText(value)}`);
      print(msg, ...told);
      hold(msg);
    },
  };
}

function toText(value: unknown): string {
  return typeof value === 'string' && /^\S+$/.test(value) ? value : JSON.stringify(value);
}

/** With every character that could disguise something written as its code. */
function visible(text: string): string {
  return text.replace(UNSEEN, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
