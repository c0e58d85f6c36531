// Beside an app that exports a Lambda handler: a gateway that makes events of requests, as AWS does.
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

type Result = { statusCode: number; headers?: Record<string, string>; body?: string };
type Gateway = (req: IncomingMessage, body: string, isBase64Encoded: boolean) => object;

const CONTEXT = { awsRequestId: '1', callbackWaitsForEmptyEventLoop: false };

function several(headers: IncomingHttpHeaders): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat()]),
  );
}

/** The events of each service, with what its documentation says is always there. */
const GATEWAYS: Record<string, Gateway> = {
  'HTTP API': ({ method, url = '', headers }, body, isBase64Encoded) => ({
    version: '2.0',
    routeKey: '$default',
    rawPath: url,
    rawQueryString: '',
    headers,
    requestContext: {
      stage: '$default',
      http: { method, path: url, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: '' },
    },
    body,
    isBase64Encoded,
  }),
  // API Gateway keeps Content-Length to itself here.
  'REST API': (
    { method, url, headers: { 'content-length': length, ...headers } },
    body,
    isBase64Encoded,
  ) => ({
    version: '1.0',
    resource: '/{proxy+}',
    path: url,
    httpMethod: method,
    headers,
    multiValueHeaders: several(headers),
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: { proxy: url?.slice(1) },
    stageVariables: null,
    requestContext: { stage: 'prod', path: `/prod${url}`, httpMethod: method, identity: {} },
    body,
    isBase64Encoded,
  }),
  'load balancer': ({ method, url, headers }, body, isBase64Encoded) => ({
    requestContext: { elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:1:group' } },
    httpMethod: method,
    path: url,
    multiValueQueryStringParameters: {},
    multiValueHeaders: several(headers),
    body,
    isBase64Encoded,
  }),
};

const [port, service = '', encoding] = process.argv.slice(2);
const toEvent = GATEWAYS[service] as Gateway;
const app = './app.js';
const { handler } = await import(app);

createServer(async (req, res) => {
  const encoded = encoding === 'base64';
  const body = (await buffer(req)).toString(encoded ? 'base64' : 'utf8');
  try {
    const result: Result = await handler(toEvent(req, body, encoded), CONTEXT);
    res.writeHead(result.statusCode, result.headers).end(result.body);
  } catch (error) {
    console.error(error);
    res.writeHead(502).end();
  }
}).listen(Number(port), '127.0.0.1');
