// Headers that are sent twice, or that hide another line of what is signed.
import { describe, expect, it, vi } from 'vitest';
import { createFailureReceiver, type FailureRequest } from '../../lib/index.js';
import { createTestSigner } from '../../lib/testing.js';
import { ENTRY_POINTS } from '../helpers/endpoints.js';
import { expectRejection, thrownBy } from '../helpers/rejections.js';
import { REQUIRED, SECRET } from '../helpers/reports.js';
import { signCall } from '../helpers/signed-calls.js';

const TARGET = '/copernica/failures?x=1';
const signer = createTestSigner({
  account: 'account-1234',
  url: `https://hooks.example.com${TARGET}`,
});

function receiver() {
  const onFailure = vi.fn();
  const verify = { account: 'account-1234', resolveTxt: signer.resolveTxt };
  return { onFailure, receive: createFailureReceiver({ onFailure, verify }) };
}

function signed(): FailureRequest & { headers: Record<string, string> } {
  const { method, headers } = signer.sign(REQUIRED);
  return { method, url: TARGET, headers, body: REQUIRED };
}

describe('a receiver refuses', () => {
  const SIGNED_HEADERS = ['Host', 'Date', 'X-Copernica-ID', 'Digest', 'X-Nonce', 'Signature'];
  describe.each(SIGNED_HEADERS)('%s sent twice, told by', (name) => {
    it.each<[string, (headers: Record<string, string>) => FailureRequest['headers']]>([
      ['pairs', (headers) => [...Object.entries(headers), [name.toLowerCase(), 'x']]],
      ['equal pairs', (headers) => [...Object.entries(headers), [name, headers[name] ?? '']]],
      ['a list', (headers) => ({ ...headers, [name]: [headers[name] ?? '', 'x'] })],
      ['two spellings', (headers) => ({ ...headers, [name.toUpperCase()]: 'x' })],
      [
        'Headers, which join them',
        (headers) => {
          const joined = new Headers(headers);
          joined.append(name, headers[name] ?? '');
          return joined;
        },
      ],
    ])('%s', async (_, form) => {
      const { receive, onFailure } = receiver();
      const request = signed();
      const headers = form(request.headers);
      const error = await thrownBy(() => receive({ ...request, headers }));
      expect(error).toHaveProperty('status', 401);
      expect(onFailure).not.toHaveBeenCalled();
    });
  });

  it.each([
    ['a line break', 'x\nhost: hooks.example.com'],
    ['a carriage return', 'x\r'],
    ['a NUL', 'x\0'],
    ['a character beyond a byte, which would be cut to a line break', 'x\u010ahost: x'],
  ])('a signed header with %s', async (_, nonce) => {
    const { receive } = receiver();
    const { headers, ...request } = signed();
    const error = await thrownBy(() =>
      receive({ ...request, headers: { ...headers, 'X-Nonce': nonce } }),
    );
    expectRejection(error, 401, 'COPERNICA_SIGNATURE_MALFORMED');
  });

  it('a target with a line break', async () => {
    const request = { ...signed(), url: `${TARGET}\nhost: hooks.example.com` };
    const error = await thrownBy(() => receiver().receive(request));
    expectRejection(error, 401, 'COPERNICA_SIGNATURE_MALFORMED');
  });
});

describe.each(ENTRY_POINTS)('$name', ({ start }) => {
  it.each(['Signature', 'Digest', 'X-Copernica-ID', 'X-Nonce'])(
    'refuses the header %s sent twice',
    async (name) => {
      const { send, delivered } = await start();
      const call = signCall({ date: new Date(), body: REQUIRED });
      const value = call.rawHeaders[call.rawHeaders.indexOf(name) + 1] ?? '';
      for (const rawHeaders of [
        [...call.rawHeaders, name, value],
        [...call.rawHeaders, name.toLowerCase(), SECRET],
        [name, SECRET, ...call.rawHeaders],
      ]) {
        expect((await send({ ...call, rawHeaders })).status).toBe(401);
      }
      expect(delivered).toEqual([]);
    },
  );
});
