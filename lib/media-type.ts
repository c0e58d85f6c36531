import { createError } from './errors.js';
import type { NormalizedRequest } from './headers.js';

/** The charsets that a body may declare. The default is `utf-8`. */
export type Charset = 'utf-8' | 'iso-8859-1';

/** Checks that a request announces a urlencoded, uncompressed body, and returns its charset. */
export function checkMediaType({ headers }: Pick<NormalizedRequest, 'headers'>): Charset {
  const contentType = headers['content-type'] ?? '';
  if (!/^\s*application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType)) {
    throw unsupportedError('The content type must be application/x-www-form-urlencoded');
  }
  if (!/^(identity)?$/i.test(headers['content-encoding'] ?? '')) {
    throw unsupportedError('The body must not be compressed');
  }
  const charset = /;\s*charset\s*=\s*"?([^\s;"]*)/i.exec(contentType)?.[1]?.toLowerCase();
  if (charset === undefined || charset === 'utf-8') return 'utf-8';
  if (charset === 'iso-8859-1') return charset;
  throw unsupportedError('The charset must be utf-8 or iso-8859-1');
}

function unsupportedError(problem: string) {
  return createError('COPERNICA_MEDIA_TYPE_UNSUPPORTED', problem);
}
