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

/** A parameter, and its separator from the next one: a comma, blanks, or both. */
const PARAMETER = /([A-Za-z0-9_-]+)=(?:"([^"\\]*)"|\d+)(?:[ \t]*,[ \t]*(?!$)|[ \t]+|$)/y;

/** Parses a `Signature` header in time linear in its length. */
export function parseSignatureHeader(header: string): SignatureParameters {
  if (header.length > MAX_HEADER_LENGTH) throw malformed('The Signature header is too long');
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

function parseNames(list: string): readonly string[] {
  const names = list
    .toLowerCase()
    .split(/[ \t]+/)
    .filter(Boolean);
  if (new Set(names).size < names.length) {
    throw malformed('The Signature header lists a header twice');
  }
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

export function malformed(problem: string) {
  return createError('COPERNICA_SIGNATURE_MALFORMED', problem);
}
