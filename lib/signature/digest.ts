import { hash } from 'node:crypto';
import { FailureReportError } from '../errors.js';

/**
 * Checks that a body is the one its `Digest` header was made for (RFC 3230, RFC 5843): one
 * SHA-256 in base64. Nothing here is secret, so the comparison need not take constant time.
 *
 * @throws FailureReportError `COPERNICA_DIGEST_MISMATCH`
 */
export function checkDigest(digest: string, body: Buffer): void {
  const prefix = digest.slice(0, 8).toLowerCase();
  if (prefix === 'sha-256=' && digest.slice(8) === hash('sha256', body, 'base64')) return;
  throw new FailureReportError(
    'COPERNICA_DIGEST_MISMATCH',
    'The Digest header is not the SHA-256 of the body: something between changed the body',
  );
}
