import { createError } from '../errors.js';
import { decodeBase64 } from './base64.js';

/** The parameters of a `Signature` header (draft-cavage-http-signatures-11, section 2.1). */
export interface SignatureParameters {
  /** Name of the DNS record that holds the key. */
  keyId: string;
  /** Names of the signed headers, in lower case and in order. */
  names: readonly string[];
  signature: Buffer;
}

const MAX_HEADER_LENGTH = 8192;

/** One `name="text"` or `name=123`, whose number is ignored, and then a comma, blanks, or both. */
const PARAMETER = /([A-Za-z0-9_-]+)=(?:"([^"\\]*)"|\d+)(?:[ \t]*,[ \t]*(?!$)|[ \t]+|$)/gy;

/** Parses a `Signature` header in time linear in its length. */
export function parseSignatureHeader(header: string): SignatureParameters {
  if (header.length > MAX_HEADER_LENGTH) throw malformedError('The Signature header is too long');
  const parameters = parseParameters(header);
  const keyId = parameters.get('keyId');
  const signature = decodeBase64(parameters.get('signature')?.replace(/[ \t]+/g, '') ?? '');
  if (!keyId || !signature?.length) {
    throw malformedError('The Signature header needs keyId="..." and signature="..." in base64');
  }
  if (parameters.get('algorithm')?.toLowerCase() !== 'rsa-sha256') {
    throw malformedError('The Signature header needs algorithm="rsa-sha256"');
  }
  return { keyId, names: parseNames(parameters.get('headers') ?? ''), signature };
}

function parseNames(list: string): readonly string[] {
  const names = list
    .toLowerCase()
    .split(/[ \t]+/)
    .filter(Boolean);
  if (new Set(names).size < names.length) {
    throw malformedError('The Signature header lists a header twice');
  }
  return names;
}

function parseParameters(header: string): Map<string, string> {
  const parameters = new Map<string, string>();
  let end = 0;
  for (const match of header.matchAll(PARAMETER)) {
    const [whole, name = '', value = ''] = match;
    if (parameters.has(name)) throw malformedError('The Signature header has a parameter twice');
    parameters.set(name, value);
    end = match.index + whole.length;
  }
  if (end < header.length) throw malformedError('The Signature header is not name="value", ...');
  return parameters;
}

export function malformedError(problem: string) {
  return createError('COPERNICA_SIGNATURE_MALFORMED', problem);
}
