import pino, { type DestinationStream, type Logger } from 'pino';
import { createTerminalStream } from './terminal.js';

/** Limits for values that senders choose, so that they cannot fill the log. */
const MAX_LENGTH = 100;
const MAX_STACK_LENGTH = 2000;
const MAX_PROBLEMS = 10;

/** The desk's log: JSON lines, or readable lines on a terminal. */
export function createLog(level: string, destination = standardOutput()): Logger {
  const serializers = {
    err: describeError,
    id: shorten,
    path: shorten,
    problems: (problems: unknown) =>
      Array.isArray(problems) ? problems.slice(0, MAX_PROBLEMS) : problems,
    recipient: shorten,
    state: shorten,
  };
  return pino({ level, serializers }, destination);
}

function standardOutput(): DestinationStream {
  return process.stdout.isTTY
    ? createTerminalStream(process.stdout)
    : pino.destination({ sync: true });
}

/** Leaves out other properties of an error: the JSON parser adds the whole body to its errors. */
function describeError(error: Error) {
  const { type, message, stack } = pino.stdSerializers.err(error);
  return { type, message: shorten(message), stack: shorten(stack, MAX_STACK_LENGTH) };
}

function shorten<Value>(value: Value, length = MAX_LENGTH): Value | string {
  return typeof value === 'string' && value.length > length ? `${value.slice(0, length)}…` : value;
}
