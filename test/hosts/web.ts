// Beside an app that exports `{ fetch }`, as Workers do: calls it with Node's own Request.
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';

const app = './app.js';
const { default: worker } = await import(app);

createServer(async (req, res) => {
  const { method, url, headers } = req;
  const body = method === 'GET' ? null : await buffer(req);
  const init = { method, headers, body } as RequestInit;
  try {
    const response: Response = await worker.fetch(
      new Request(`http://${headers.host}${url}`, init),
    );
    res.writeHead(response.status, [...response.headers].flat());
    res.end(await response.text());
  } catch (error) {
    console.error(error);
    res.writeHead(500).end();
  }
}).listen(Number(process.argv[2]), '127.0.0.1');
