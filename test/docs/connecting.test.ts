import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { copernicaFailures, type FailureReport } from 'copernica-failures';
import express from 'express';
import { expect, it, onTestFinished, vi } from 'vitest';
import { pageAt } from './pages.js';

// The signature on the page fits the key on the page: it is a call that would get in.
it('shows a call that is delivered when it arrives in time', async () => {
  const { blocks } = pageAt('docs/connecting.md');
  const [call, record] = ['http', 'text'].map(
    (language) => blocks.find((block) => block.language === language)?.code.trim() ?? '',
  ) as [string, string];
  const { date = '' } = /^Date: (?<date>.*)$/m.exec(call)?.groups ?? {};
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(date) });
  onTestFinished(() => void vi.useRealTimers());

  const received: FailureReport[] = [];
  const verify = {
    account: 'account-1234',
    resolveTxt: async (name: string) => (name === 'one._domainkey.copernica.com' ? [[record]] : []),
  };
  const app = express();
  const onFailure = (report: FailureReport) => received.push(report);
  app.use('/copernica/failures', copernicaFailures({ onFailure, verify }));
  const server = app.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');

  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(call.replaceAll('\n', '\r\n').replace('\r\nDate', '\r\nConnection: close\r\nDate'));
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(received).toMatchObject([{ id: '1001', tags: ['newsletter', 'november'], code: 550 }]);
});
