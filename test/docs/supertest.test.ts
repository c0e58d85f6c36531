import type { RequestListener } from 'node:http';
import { copernicaFailures, type FailureReport } from 'copernica-failures';
import { createTestSigner, type SignedTestRequest } from 'copernica-failures/testing';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { EXPRESS_VERSIONS } from '../helpers/express.js';
import { pageAt } from './pages.js';

// The line of docs/testing.md, word for word.
const [, line = ''] = /`(await request\(app\)[^`]*)`/.exec(pageAt('docs/testing.md').prose) ?? [];
type Send = (
  supertest: typeof request,
  app: RequestListener,
  path: string,
  signed: SignedTestRequest<string | Uint8Array>,
) => Promise<request.Response>;
const send: Send = Object(new Function(`return async (request, app, path, signed) => ${line}`)());

const account = 'account-1234';
const signer = createTestSigner({ account });
const fields = 'id=1&recipient=jane@example.com&state=rcptto&description=';

describe.each(EXPRESS_VERSIONS)('supertest sends with $name', ({ express }) => {
  it.each([
    ['a report', { id: '1', recipient: 'jane@example.com', state: 'rcptto', description: 'café' }],
    ['a text', `${fields}caf%C3%A9`],
    ['a text that is not ASCII', `${fields}café`],
    ['a text with an escape that is not UTF-8', `${fields}caf%E9`],
    ['a Buffer', Buffer.from(`${fields}café`)],
    ['a Buffer that is not UTF-8', Buffer.from(`${fields}café`, 'latin1')],
    ['an Uint8Array', new TextEncoder().encode(`${fields}caf%E9`)],
    ['an Uint8Array that is not UTF-8', new Uint8Array(Buffer.from(`${fields}café`, 'latin1'))],
  ])('%s', async (_name, body) => {
    const received: FailureReport[] = [];
    const app = express();
    app.use(
      '/copernica/failures',
      copernicaFailures({
        onFailure: (report) => received.push(report),
        verify: { account, resolveTxt: signer.resolveTxt },
      }),
    );
    const signed: SignedTestRequest<string | Uint8Array> =
      body instanceof Uint8Array ? signer.sign(body) : signer.sign(body);
    const { status, text } = await send(request, app, '/copernica/failures', signed);
    expect([status, text]).toEqual([200, 'OK']);
    expect(received).toMatchObject([{ description: 'café' }]);
  });
});
