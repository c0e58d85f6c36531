import pino, { type DestinationStream, type Logger } from 'pino';
import { readable } from './terminal.js';

/** What others choose goes into the log only so far. */
const LONGEST = 100;
const LONGEST_STACK = 2000;
const MOST_PROBLEMS = 10;

/** The desk's log: JSON lines or, on a terminal, lines to read. */
export function createLog(level: string, destination = standardOutput()): Logger {
  const serializers = {
    err: nameError,
    id: shorten,
    path: shorten,
    problems: (problems: unknown) =>
      Array.isArray(problems) ? problems.slice(0, MOST_PROBLEMS) : problems,
    recipient: shorten,
    state: shorten,
  };
  return pino({ level, serializers }, destination);
}

function standardOutput(): DestinationStream {
  return process.stdout.isTTY ? readable(process.stdout) : pino.destination({ sync: true });
}

/** An error can carry all that was sent: the parser of JSON puts the body on it. */
function nameError(error: Error) {
  const { type, message, stack } = pino.stdSerializers.err(error);
  return { type, message: cut(message, LONGEST), stack: cut(stack, LONGEST_STACK) };
}

function shorten(text: unknown): unknown {
  return typeof text === 'string' ? cut(text, LONGEST) : text;
}

function cut(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
