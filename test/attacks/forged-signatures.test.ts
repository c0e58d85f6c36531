// Signed requests with known answers: forged, tampered with, cut off, or only spelled differently.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { normalizeAccount } from '../../lib/signature/account.js';
import { createVerifier } from '../../lib/signature/verify.js';

interface Vectors {
  now: string;
  account: string;
  tolerance: number;
  dns: Record<string, string[][]>;
  vectors: {
    id: string;
    note: string;
    expected: 'accept' | 'reject' | 'either';
    method: string;
    url: string;
    headers: [name: string, value: string][];
    signatureGenerator?: { prefix: string; repeat: string; count: number; suffix: string };
    bodyBase64: string;
  }[];
}
type Vector = Vectors['vectors'][number];

const { now, account, tolerance, dns, vectors }: Vectors = JSON.parse(
  readFileSync(new URL('../vectors/signatures.json', import.meta.url), 'utf8'),
);

const verify = createVerifier(
  {
    accounts: new Set([normalizeAccount(account)]),
    toleranceMs: tolerance * 1000,
    async resolveTxt(name) {
      const records = dns[name];
      if (records) return records;
      throw Object.assign(new Error(`queryTxt ENOTFOUND ${name}`), { code: 'ENOTFOUND' });
    },
  },
  () => Date.parse(now),
);

function judge({ method, url, headers, signatureGenerator: made, bodyBase64 }: Vector) {
  const sent = headers.filter(([name]) => !made || name !== 'Signature').flat();
  if (made) sent.push('Signature', made.prefix + made.repeat.repeat(made.count) + made.suffix);
  return verify({ method, url, headers: {}, rawHeaders: sent }, Buffer.from(bodyBase64, 'base64'));
}

it('has all known answers', () => {
  expect(vectors).toHaveLength(101);
});

it.each(vectors.filter(({ expected }) => expected === 'accept'))(
  'accepts $id: $note',
  async (vector) => {
    await expect(judge(vector)).resolves.toHaveProperty('id');
  },
);

it.each(vectors.filter(({ expected }) => expected === 'reject'))(
  'rejects $id: $note',
  async (vector) => {
    await expect(judge(vector)).rejects.toMatchObject({ name: 'FailureReportError', status: 401 });
  },
);

// Where the known answers leave the choice, these forms are taken; all others are refused.
const TAKEN = ['a7-rsa1024', 'a13-dns-no-v', 'd13-keyid-upper', 'd40-unsigned-x-nonce'];
TAKEN.push('f2-proto-param', 'f18-tab-in-list');

it.each(vectors.filter(({ expected }) => expected === 'either'))(
  'decides on $id: $note',
  async (vector) => {
    const verdict = judge(vector);
    if (TAKEN.includes(vector.id)) await expect(verdict).resolves.toHaveProperty('id');
    else await expect(verdict).rejects.toMatchObject({ name: 'FailureReportError', status: 401 });
  },
);
