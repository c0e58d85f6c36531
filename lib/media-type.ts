import { FailureReportError } from './errors.js';

/** The encodings a body may declare; without a declaration it is `utf-8`. */
export type Charset = 'utf-8' | 'iso-8859-1';

/** The headers by lower-case name, as `req.headers` has them. */
interface Headers {
  readonly 'content-type'?: string | undefined;
  readonly 'content-encoding'?: string | undefined;
}

/**
 * Checks that the request carries a urlencoded, uncompressed body.
 *
 * @returns the charset it declares
 * @throws FailureReportError `COPERNICA_MEDIA_TYPE_UNSUPPORTED`
 */
export function checkMediaType({ headers }: { headers: Headers }): Charset {
  const contentType = headers['content-type'] ?? '';
  if (!/^\s*application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType)) {
    throw unsupported('The content type must be application/x-www-form-urlencoded');
  }
  if (!/^(identity)?$/i.test(headers['content-encoding'] ?? '')) {
    throw unsupported('The body must not be compressed');
  }
  const charset = /;\s*charset\s*=\s*"?([^\s;"]*)/i.exec(contentType)?.[1]?.toLowerCase();
  if (charset === undefined || charset === 'utf-8') return 'utf-8';
  if (charset === 'iso-8859-1') return charset;
  throw unsupported('The charset must be utf-8 or iso-8859-1');
}

function unsupported(message: string): FailureReportError {
  return new FailureReportError(
    'COPERNICA_MEDIA_TYPE_UNSUPPORTED',
    `${message}: the call is not from Copernica, or a proxy changed it`,
  );
}
