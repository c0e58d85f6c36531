import { describe, expect, it } from 'vitest';
import {
  createFailureReceiver,
  type FailureReceiverOptions,
  FailureReportError,
} from '../../lib/index.js';
import { createTestSigner, type SignOverrides } from '../../lib/testing.js';

// What a call is refused with: one sentence that says what to do.

const url = 'http://localhost/failures';
const account = 'account-1234';
const signer = createTestSigner({ account, url });
const verify = { account, resolveTxt: signer.resolveTxt };
const report = { id: '1', recipient: 'jane@example.com', state: 'rcptto' };

/** The error that a call ends in. */
async function errorOf(
  request: Parameters<ReturnType<typeof createFailureReceiver>>[0],
  options: Partial<FailureReceiverOptions> = {},
): Promise<FailureReportError> {
  const receive = createFailureReceiver({ onFailure: () => undefined, ...options });
  const error = await receive(request).then(
    () => undefined,
    (reason) => reason,
  );
  if (error instanceof FailureReportError) return error;
  throw new Error(`Expected a FailureReportError, got ${error}`);
}

const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
const post = (body: string, more = {}) => ({
  method: 'POST',
  url,
  headers: { ...headers, ...more },
  body,
});
const signed = (overrides?: SignOverrides) => signer.sign(report, overrides);
const fails = () => Promise.reject(new Error('down'));

describe('a call that is refused gets', () => {
  it.each([
    [
      'a body without recipient',
      post('id=1&state=bounce'),
      {},
      'The report is not valid: recipient must be there and not empty',
    ],
    ['too many variables', post('a=1&'.repeat(2001)), {}, 'The body has more than 2,000 variables'],
    [
      'too deep variables',
      post(`a${'[b]'.repeat(40)}=1`),
      {},
      'The variables are nested more than 32 levels deep',
    ],
    [
      'a body cut short',
      post('id=1', { 'Content-Length': '100' }),
      {},
      'The body is not as long as Content-Length says: check the connection and any proxy in between',
    ],
    ['another method', { ...post(''), method: 'GET' }, {}, 'The method must be POST'],
    [
      'a body over the limit',
      post('id=1'),
      { limit: 1 },
      'The body is larger than the option limit: raise it if you expect such reports',
    ],
    [
      'JSON',
      post('{}', { 'Content-Type': 'application/json' }),
      {},
      'The content type must be application/x-www-form-urlencoded',
    ],
    [
      'a compressed body',
      post('', { 'Content-Encoding': 'gzip' }),
      {},
      'The body must not be compressed',
    ],
    [
      'another charset',
      post('', { 'Content-Type': `${headers['Content-Type']}; charset=utf-16` }),
      {},
      'The charset must be utf-8 or iso-8859-1',
    ],
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
      'The Signature header needs algorithm="rsa-sha256"',
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
  ])('%s', async (_, request, options, message) => {
    expect((await errorOf(request, options as never)).message).toBe(message);
  });
});
