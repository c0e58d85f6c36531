import pino, { type DestinationStream, type Logger } from 'pino';
import { readable } from './terminal.js';

/** What others choose goes into the log only so far. */
const LONGEST = 100;
const MOST_PROBLEMS = 10;

/** The desk's log: JSON lines or, on a terminal, lines to read. */
export function createLog(level: string, destination = standardOutput()): Logger {
  const serializers = {
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

function shorten(text: unknown): unknown {
  return typeof text === 'string' && text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
