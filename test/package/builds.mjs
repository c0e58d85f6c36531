// What both builds must do alike. Its test copies it into an app that has the packed package, and runs
// it once with `import` and once with `require` as `load`, the other one as `loadOther`.
import { createServer } from 'node:http';
import { isDeepStrictEqual } from 'node:util';

const account = 'account-1';

/** Checks signed reports whose key only a DNS server of the test knows, told of before or after. */
export async function checkDns(load, { server, when, request }) {
  const dns = await load('node:dns');
  const { copernicaFailures, createFailureReceiver } = await load('copernica-failures');
  const web = await load('copernica-failures/web');
  if (when === 'before') dns.setServers([server]);
  let delivered = 0;
  const options = {
    onFailure: () => void delivered++,
    verify: { account, url: request.url },
  };
  const handler = copernicaFailures(options);
  const receive = createFailureReceiver(options);
  const respond = web.copernicaFailures(options);
  if (when === 'after') dns.setServers([server]);
  await post(handler, request);
  await receive(request);
  await respond(new Request(request.url, request));
  return delivered;
}

/** Checks that an error of either build is known to both. */
export async function checkErrors(load, loadOther) {
  const [own, other] = [await load('copernica-failures'), await loadOther('copernica-failures')];
  const error = await other
    .createFailureReceiver(() => undefined)({ method: 'GET', url: '/', headers: {} })
    .catch((reason) => reason);
  return [
    own.FailureReportError !== other.FailureReportError,
    error instanceof own.FailureReportError,
    error instanceof other.FailureReportError,
  ];
}

/** Tells whether loading the Web handler loads body-parser, and whether loading the other one does. */
export async function checkLoading(load) {
  const { createRequire } = await load('node:module');
  const { cache } = createRequire(import.meta.url);
  const isLoaded = () => Object.keys(cache).some((path) => /node_modules.body-parser/.test(path));
  await load('copernica-failures/web');
  const byWeb = isLoaded();
  await load('copernica-failures');
  return [byWeb, isLoaded()];
}

/** Delivers a report with a `req.body` that cannot be written, and tells what `onFailure` got. */
export async function checkBody(load) {
  const { copernicaFailures } = await load('copernica-failures');
  let body;
  const handler = copernicaFailures((_report, req) => {
    body = { ...req.body };
  });
  const freeze = (req, res, next) => {
    Object.defineProperty(req, 'body', { value: { id: 'old' } });
    return handler(req, res, next);
  };
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const sent = { id: '1', recipient: 'jane@example.com', state: 'rcptto' };
  const request = { method: 'POST', headers, body: `${new URLSearchParams(sent)}` };
  const status = await post(freeze, request);
  return [status, isDeepStrictEqual(body, sent)];
}

async function post(handler, request) {
  const server = createServer((req, res) => handler(req, res));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { status } = await fetch(`http://127.0.0.1:${server.address().port}`, request);
  server.close();
  return status;
}
