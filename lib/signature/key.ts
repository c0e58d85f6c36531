import { createPublicKey, type KeyObject } from 'node:crypto';
import { decodeBase64 } from './base64.js';

/**
 * Reads the RSA key of a DKIM key record (RFC 6376, section 3.6.1).
 *
 * @returns `undefined` where the text is no such record, or its key is revoked, of another kind,
 * not for SHA-256, or not of 1024 to 4096 bits
 */
export function parseKeyRecord(record: string): KeyObject | undefined {
  const tags = parseTags(record);
  const { v = 'DKIM1', k = 'rsa', h = 'sha256', p = '' } = tags ?? {};
  const hashes = h.split(':').map((hash) => hash.trim());
  if (v !== 'DKIM1' || k !== 'rsa' || !hashes.includes('sha256')) return undefined;
  const der = decodeBase64(p.replace(/\s+/g, ''));
  return der && parseKey(der);
}

function parseTags(record: string): Record<string, string> | undefined {
  const tags = Object.create(null);
  for (const part of record.split(';')) {
    const [name = '', ...value] = part.split('=');
    if (name.trim() in tags) return undefined;
    tags[name.trim()] = value.join('=').trim();
  }
  return tags;
}

function parseKey(der: Buffer): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    const whole = key.export({ format: 'der', type: 'spki' }).length === der.length;
    const usable = key.asymmetricKeyType === 'rsa' && bits >= 1024 && bits <= 4096;
    return whole && usable ? key : undefined;
  } catch {
    return undefined;
  }
}
