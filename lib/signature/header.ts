import { FailureReportError } from '../errors.js';
import { decodeBase64 } from './base64.js';

/** What a `Signature` header says (draft-cavage-http-signatures-11, section 2.1). */
export interface SignatureParameters {
  /** Name of the DNS record that holds the key. */
  keyId: string;
  /** Names of the signed headers, in lower case and in order. */
  names: readonly string[];
  /** The signature itself. */
  signature: Buffer;
}

const MAX_LENGTH = 8192;

/** A parameter and what separates it from the next one: a comma, blanks, or both. */
const PARAMETER = /([A-Za-z0-9_-]+)=(?:"([^"\\]*)"|\d+)(?:[ \t]*,[ \t]*(?!$)|[ \t]+|$)/y;

/**
 * Reads a `Signature` header, in time linear in its length.
 *
 * @throws FailureReportError `COPERNICA_SIGNATURE_MALFORMED`
 */
export function parseSignatureHeader(header: string): SignatureParameters {
  if (header.length > MAX_LENGTH) throw malformed('The Signature header is too long');
  const parameters = parseParameters(header);
  const keyId = parameters.get('keyId');
  const signature = decodeBase64(parameters.get('signature')?.replace(/[ \t]+/g, '') ?? '');
  if (!keyId || !signature?.length) {
    throw malformed('The Signature header needs keyId="..." and signature="..." in base64');
  }
  if (parameters.get('algorithm')?.toLowerCase() !== 'rsa-sha256') {
    throw malformed('The Signature header needs algorithm="rsa-sha256"');
  }
  return { keyId, names: parseNames(parameters.get('headers') ?? ''), signature };
}

/** The list that was read last: a sender lists the same headers in each of its calls. */
let latest: { list: string; names: readonly string[] } = { list: '', names: [] };

function parseNames(list: string): readonly string[] {
  if (list === latest.list) return latest.names;
  const names = list
    .toLowerCase()
    .split(/[ \t]+/)
    .filter(Boolean);
  if (new Set(names).size < names.length) {
    throw malformed('The Signature header lists a header twice');
  }
  latest = { list, names };
  return names;
}

function parseParameters(header: string): Map<string, string> {
  const parameters = new Map<string, string>();
  PARAMETER.lastIndex = 0;
  let end = 0;
  for (let match = PARAMETER.exec(header); match; match = PARAMETER.exec(header)) {
    const [, name = '', value = ''] = match;
    if (parameters.has(name)) throw malformed('The Signature header has a parameter twice');
    parameters.set(name, value);
    end = PARAMETER.lastIndex;
  }
  if (end < header.length) throw malformed('The Signature header is not name="value", ...');
  return parameters;
}

/** The error for a signature that cannot be read, or is of another kind than Copernica's. */
export function malformed(message: string): FailureReportError {
  return new FailureReportError(
    'COPERNICA_SIGNATURE_MALFORMED',
    `${message}: the call is not from Copernica, or a proxy changes or repeats headers`,
  );
}
