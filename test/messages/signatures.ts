import { createTestSigner, type SignOverrides } from '../../lib/testing.js';
import { headers, post, type Refusal } from './bodies.js';

const url = 'http://localhost/failures';
const account = 'account-1234';
const signer = createTestSigner({ account, url });
const verify = { account, resolveTxt: signer.resolveTxt };
const report = { id: '1', recipient: 'jane@example.com', state: 'rcptto' };

/** What the signature of a call covers at least. */
const COVERED = '(request-target) host date x-copernica-id digest';
const signature = (names: string) =>
  `keyId="a",algorithm="rsa-sha256",headers="${names}",signature="YQ=="`;
const signable = {
  Host: 'localhost',
  Date: 'now',
  'X-Copernica-ID': account,
  Digest: 'SHA-256=YQ==',
};
const CHANGED = ': the call is not from Copernica, or a proxy changes or repeats headers';
const foreignKey = () =>
  String(signed().headers.Signature).replace(/keyId="[^"]+"/, 'keyId="one._domainkey.example.com"');
const signed = (overrides?: SignOverrides) => signer.sign(report, overrides);
const fails = () => Promise.reject(new Error('down'));

/** What is wrong with a signature, or with what it is checked by. */
export const signatures: Refusal[] = [
  [
    'no signature',
    post('id=1'),
    { verify },
    'There is no Signature header: the call is not from Copernica, or a proxy took it away',
  ],
  [
    'a signature of another kind',
    post('id=1', { Signature: 'keyId="a",signature="YQ=="' }),
    { verify },
    'The Signature header needs algorithm="rsa-sha256": the call is not from Copernica, or a proxy changes or repeats headers',
  ],
  ...[
    [
      'a signature without key',
      'signature="YQ=="',
      'needs keyId="..." and signature="..." in base64',
    ],
    ['a signature that is no list', 'Basic YQ==', 'is not name="value", ...'],
    ['a parameter twice', 'keyId="a",keyId="b"', 'has a parameter twice'],
    ['a name twice', signature('host host'), 'lists a header twice'],
    ['a signature without end', `keyId="${'a'.repeat(9000)}"`, 'is too long'],
  ].map(
    ([name = '', Signature, text = '']): Refusal => [
      name,
      post('id=1', { Signature }),
      { verify },
      `The Signature header ${text}${CHANGED}`,
    ],
  ),
  [
    'two signatures',
    { ...post('id=1'), headers: { Signature: ['a', 'b'], ...headers } },
    { verify },
    `The Signature header was sent twice${CHANGED}`,
  ],
  [
    'a signed header twice',
    { ...signed(), headers: { ...signed().headers, Digest: ['a', 'b'] } },
    { verify },
    `A signed header was sent twice${CHANGED}`,
  ],
  [
    'an unknown pseudo-header',
    post('id=1', { Signature: signature(`${COVERED} (created)`), ...signable }),
    { verify },
    `The signature covers an unknown pseudo-header${CHANGED}`,
  ],
  [
    'a signed header that HTTP does not allow',
    post('id=1', { Signature: signature(COVERED), ...signable, 'X-Copernica-ID': 'a\nb' }),
    { verify },
    `A signed header has a character that HTTP does not allow${CHANGED}`,
  ],
  [
    'a signature of too little',
    post('id=1', { Signature: signature('host date') }),
    { verify },
    'The signature must cover (request-target), host, date, x-copernica-id, digest: the call is not from Copernica',
  ],
  [
    'a signed header that is not there',
    post('id=1', { Signature: signature(COVERED) }),
    { verify },
    'A signed header is absent or empty: a proxy may have taken it away',
  ],
  [
    'a key of another domain',
    { ...signed(), headers: { ...signed().headers, Signature: foreignKey() } },
    { verify },
    'The key is not under copernica.com: the call is not from Copernica',
  ],
  [
    'another account',
    signed({ account: 'account-5' }),
    { verify },
    'The call is signed for another account than the option verify.account names: add it there if it is yours',
  ],
  [
    'an old call',
    signed({ date: new Date(0) }),
    { verify },
    "The Date header differs too much from this server's clock: check the clock, or it is a replay",
  ],
  [
    'a changed body',
    signed({ body: 'id=2' }),
    { verify },
    'The Digest header is not the SHA-256 of the body: something between changed the body',
  ],
  [
    'another address',
    signed({ url: 'http://localhost/other' }),
    { verify: { ...verify, url } },
    'The signature does not verify: the call is forged, or a proxy rewrites host, path or a signed header (see the option verify.url)',
  ],
  [
    'a key that nobody has',
    signed(),
    { verify: { ...verify, resolveTxt: async () => [] } },
    'The key is absent, revoked, or of another kind or size: the call is not from Copernica, or in a test verify.resolveTxt is not that of the signer',
  ],
  [
    'a DNS that is down',
    signed(),
    { verify: { ...verify, resolveTxt: fails } },
    'The key could not be asked of DNS: check the resolver of this server',
  ],
  [
    'a store that is down',
    signed(),
    { verify: { ...verify, nonces: { has: fails, set: fails } } },
    'The store of the option verify.nonces has failed: the cause tells why',
  ],
];
