import { types } from 'node:util';
import { createError } from './errors.js';

/** Returns bytes, or text as UTF-8, as a Buffer. `instanceof` would miss bytes of another realm (jsdom). */
export function toBuffer(value: unknown): Buffer | undefined {
  if (typeof value === 'string') return Buffer.from(value);
  if (types.isAnyArrayBuffer(value)) return Buffer.from(value);
  if (!ArrayBuffer.isView(value)) return undefined;
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}

/** Copies a body, because its owner may use the memory again before the call is done. */
export function copyWithinLimit(bytes: Buffer, limit: number): Buffer {
  if (bytes.length > limit) throw bodyTooLargeError();
  return Buffer.from(bytes);
}

/** Checks the length of a body against its `Content-Length`, if there is one. */
export function checkLength(length: number, declared: string | undefined): void {
  if (declared === undefined || Number(declared) === length) return;
  throw createError('COPERNICA_BODY_INVALID', 'The body is not as long as Content-Length says');
}

export function bodyConsumedError() {
  return createError('COPERNICA_BODY_CONSUMED', 'Something upstream has read the body');
}

export function bodyTooLargeError() {
  return createError('COPERNICA_BODY_TOO_LARGE', 'The body is larger than the limit');
}

export function bodyTruncatedError(cause?: unknown) {
  return createError('COPERNICA_BODY_INVALID', 'The body was cut off', cause);
}
