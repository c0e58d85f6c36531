// Tests the handler in Express apps: its mount points, and the middleware before and after it.
import type {
  ErrorRequestHandler,
  Express,
  NextFunction,
  Request,
  RequestHandler,
  Response,
} from 'express';
import request from 'supertest';
import { describe, expect, it, vi } from 'vitest';
import {
  type CopernicaFailuresOptions,
  copernicaFailures,
  type FailureReport,
} from '../lib/index.js';
import { createTestSigner } from '../lib/testing.js';
import { EXPRESS_VERSIONS } from './helpers/express.js';
import { expectRejection } from './helpers/rejections.js';
import { REQUIRED, REQUIRED_REPORT, SECRET, URLENCODED } from './helpers/reports.js';

const signer = createTestSigner({ account: 'account-1234' });
const verify = { account: 'account-1234', resolveTxt: signer.resolveTxt };

function post(app: Express, body?: string, path = '/') {
  return request(app).post(path).set('Content-Type', URLENCODED).send(body);
}

/** Sends a report signed for one path to another. */
function postSigned(app: Express, signedPath: string, path: string, body = REQUIRED) {
  const { headers } = signer.sign(REQUIRED, { url: `http://shop.example.com${signedPath}` });
  return request(app).post(path).set(headers).send(body);
}

/** An app with the handler at its root behind other middleware, and what went through it. */
function receiver(
  express: (typeof EXPRESS_VERSIONS)[number]['express'],
  options: Partial<CopernicaFailuresOptions<Request>> = {},
  ...upstream: RequestHandler[]
) {
  const delivered: FailureReport[] = [];
  const bodies: unknown[] = [];
  const errors: unknown[] = [];
  const app = express();
  for (const handler of upstream) app.use(handler);
  const onFailure = (report: FailureReport, req: Request) => {
    delivered.push(report);
    bodies.push(req.body);
  };
  app.use(copernicaFailures({ onFailure, ...options }));
  app.use((error: unknown, _req: Request, _res: Response, next: NextFunction) => {
    errors.push(error);
    next(error);
  });
  return { app, delivered, bodies, errors };
}

describe.each(EXPRESS_VERSIONS)('with $name, the handler', ({ express }) => {
  type Mount = (app: Express, handler: RequestHandler) => void;
  const MOUNTS: [string, string, Mount][] = [
    ['app.use(handler)', '/', (app, handler) => app.use(handler)],
    ['app.use(handler), at a path', '/any/path', (app, handler) => app.use(handler)],
    ['app.use(path, handler)', '/hook', (app, handler) => app.use('/hook', handler)],
    ['app.use(path, handler), below', '/hook/x?y=z', (app, handler) => app.use('/hook', handler)],
    ['app.post', '/hook', (app, handler) => app.post('/hook', handler)],
    ['app.all', '/hook', (app, handler) => app.all('/hook', handler)],
    ['app.route', '/hook', (app, handler) => app.route('/hook').post(handler)],
    [
      'router.route',
      '/hook',
      (app, handler) => {
        const router = express.Router();
        router.route('/hook').post(handler);
        app.use(router);
      },
    ],
    [
      'nested routers',
      '/a/b/c',
      (app, handler) => {
        const [outer, inner] = [express.Router(), express.Router()];
        inner.use('/c', handler);
        outer.use('/b', inner);
        app.use('/a', outer);
      },
    ],
    [
      'a mounted app',
      '/a/hook',
      (app, handler) => {
        const inner = express();
        inner.post('/hook', handler);
        app.use('/a', inner);
      },
    ],
  ];

  describe.each(MOUNTS)('mounted by %s', (_, path, mount) => {
    function mounted(options: Partial<CopernicaFailuresOptions> = {}) {
      const onFailure = vi.fn();
      const app = express();
      mount(app, copernicaFailures({ onFailure, ...options }));
      app.use((req: Request, res: Response) => {
        res.status(418).send(req.method);
      });
      return { app, onFailure };
    }

    it('delivers a report and answers 200 OK', async () => {
      const { app, onFailure } = mounted();
      const response = await post(app, REQUIRED, path);
      expect(response.status).toBe(200);
      expect(response.text).toBe('OK');
      expect(response.type).toBe('text/plain');
      expect(onFailure).toHaveBeenCalledOnce();
      expect(onFailure.mock.calls[0]?.[0]).toEqual(REQUIRED_REPORT);
    });

    it('leaves other methods to the handlers after it', async () => {
      const { app, onFailure } = mounted();
      await request(app).get(path).expect(418);
      await request(app).put(path).set('Content-Type', URLENCODED).send(REQUIRED).expect(418);
      expect(onFailure).not.toHaveBeenCalled();
    });

    it('checks the signature of the whole path', async () => {
      const { app, onFailure } = mounted({ verify });
      await postSigned(app, path, path).expect(200);
      expect(onFailure).toHaveBeenCalledOnce();
      await postSigned(app, '/x', path).expect(401);
    });
  });

  it('refuses a call that was signed for what routers leave of the path', async () => {
    const app = express();
    app.use('/hook', copernicaFailures({ onFailure: vi.fn(), verify }));
    await postSigned(app, '/?x=1', '/hook?x=1').expect(401);
  });

  it('checks the path as it was sent, behind middleware that cuts req.url', async () => {
    const cut: RequestHandler = (req, _res, next) => {
      req.url = '/';
      next();
    };
    await postSigned(receiver(express, { verify }, cut).app, '/hook', '/hook').expect(200);
  });

  it("keeps Retry-After for an error handler of the app's own", async () => {
    const resolveTxt = () => Promise.reject(new Error('down'));
    const { app } = receiver(express, { verify: { ...verify, resolveTxt } });
    const onError: ErrorRequestHandler = (error, _req, res, _next) => {
      res.status(error.status).json({ code: error.code });
    };
    app.use(onError);
    const response = await postSigned(app, '/', '/').expect(503, {
      code: 'COPERNICA_KEY_UNAVAILABLE',
    });
    expect(response.headers['retry-after']).toBe('30');
  });

  describe('runs onFailure', () => {
    it('with the request of Express', async () => {
      const onFailure = vi.fn();
      const app = express();
      app.use('/hook', copernicaFailures({ onFailure }));
      await post(app, REQUIRED, '/hook/below?query=1').expect(200);
      const [, req] = onFailure.mock.calls[0] ?? [];
      expect(req).toMatchObject({ app, method: 'POST', baseUrl: '/hook', query: { query: '1' } });
    });

    it('once for each report that is not signed, the same one too', async () => {
      const { app, delivered } = receiver(express);
      await post(app, REQUIRED).expect(200);
      await post(app, REQUIRED).expect(200);
      expect(delivered).toEqual([REQUIRED_REPORT, REQUIRED_REPORT]);
    });

    it('of its own options when there are two handlers', async () => {
      const [one, two] = [vi.fn(), vi.fn()];
      const app = express();
      app.use('/one', copernicaFailures({ onFailure: one }));
      app.use('/two', copernicaFailures({ onFailure: two, limit: 10 }));
      await post(app, REQUIRED, '/one').expect(200);
      await post(app, REQUIRED, '/two').expect(413);
      expect(one).toHaveBeenCalledOnce();
      expect(two).not.toHaveBeenCalled();
    });
  });

  describe('leaves the response alone when onFailure has', () => {
    it.each<[string, number, string, (res: Response) => unknown]>([
      ['answered', 202, 'later', (res) => res.status(202).send('later')],
      ['answered without a body', 204, '', (res) => res.status(204).end()],
      ['refused', 503, 'busy', (res) => res.status(503).send('busy')],
      [
        'begun to answer',
        200,
        'one two',
        (res) => {
          res.write('one ');
          setImmediate(() => res.end('two'));
        },
      ],
    ])('%s', async (_, status, text, answer) => {
      const { app, errors } = receiver(express, {
        onFailure(_report, { res }) {
          if (res) answer(res);
        },
      });
      const response = await post(app, REQUIRED);
      expect(response.status).toBe(status);
      expect(response.text).toBe(text);
      expect(errors).toEqual([]);
    });
  });

  describe('if onFailure', () => {
    it.each([undefined, null, 0, '', false, Number.NaN, 'route', 'router'])(
      'rejects with %o, gives the app an Error, and no later handler answers 200',
      async (reason) => {
        const app = express();
        app.use(copernicaFailures({ onFailure: () => Promise.reject(reason) }));
        app.use((_req: Request, res: Response) => {
          res.sendStatus(200);
        });
        const errors: unknown[] = [];
        app.use((error: unknown, _req: Request, _res: Response, next: NextFunction) => {
          errors.push(error);
          next(error);
        });
        await post(app, REQUIRED).expect(500);
        expect(errors).toEqual([expect.any(Error)]);
        expect(errors[0]).toHaveProperty('cause', reason);
      },
    );

    it('throws after it has answered, gives the app the error', async () => {
      const reason = new Error('too late');
      const { app, errors } = receiver(express, {
        onFailure(_, { res }) {
          res?.status(202).end();
          throw reason;
        },
      });
      await post(app, REQUIRED).expect(202);
      expect(errors).toEqual([reason]);
    });
  });

  describe('after middleware that read the body first', () => {
    const BODY = `${REQUIRED}&code=550&tags%5B%5D=a&tags%5B%5D=caf%C3%A9&fields[x]=1&fields[y]=2`;
    const REPORT = { ...REQUIRED_REPORT, code: 550, tags: ['a', 'café'], severity: 'permanent' };

    async function drain(req: Request): Promise<Buffer> {
      return Buffer.concat(await req.toArray());
    }
    const keepBytes = async (req: Request, _res: Response, next: NextFunction) => {
      Object.assign(req, { rawBody: await drain(req) });
      next();
    };
    const dropBytes = async (req: Request, _res: Response, next: NextFunction) => {
      await drain(req);
      next();
    };
    const keepText = async (req: Request, _res: Response, next: NextFunction) => {
      Object.assign(req, { rawBody: String(await drain(req)) });
      next();
    };
    const setEncoding: RequestHandler = (req, _res, next) => {
      req.setEncoding('utf8');
      next();
    };
    const all = { type: () => true };

    it.each<[string, RequestHandler]>([
      ['express.urlencoded({ extended: true })', express.urlencoded({ extended: true })],
      ['express.urlencoded({ extended: false })', express.urlencoded({ extended: false })],
      ['middleware that keeps rawBody', keepBytes],
      ['express.json(), which leaves it', express.json()],
      ['express.text(), which leaves it', express.text()],
      ['middleware that takes its time', (_req, _res, next) => void setImmediate(next)],
    ])('delivers the same: %s', async (_, upstream) => {
      const { app, delivered, bodies } = receiver(express, {}, upstream);
      await post(app, BODY).expect(200, 'OK');
      expect(delivered).toEqual([REPORT]);
      expect(bodies).toMatchObject([{ tags: ['a', 'café'], fields: { x: '1', y: '2' } }]);
    });

    it('delivers rawBody rather than what a parser made of it', async () => {
      const { app, delivered } = receiver(
        express,
        {},
        express.urlencoded({
          extended: true,
          verify: (req, _res, rawBody) => void Object.assign(req, { rawBody }),
        }),
      );
      await post(app, `${REQUIRED}&description=caf%E9`).expect(200);
      expect(delivered).toMatchObject([{ description: 'café' }]);
    });

    it.each([
      ['true', 'tags[]', true],
      ['true', 'tags', true],
      ['false', 'tags[]', false],
      ['false', 'tags', false],
    ])('delivers 900 tags through extended: %s, sent as %s', async (_, name, extended) => {
      const tags = Array.from({ length: 900 }, (__, index) => `tag-${index}`);
      const body = tags.map((tag) => `${name}=${tag}`).join('&');
      const { app, delivered } = receiver(express, {}, express.urlencoded({ extended }));
      await post(app, `${REQUIRED}&${body}`).expect(200);
      expect(delivered).toEqual([{ ...REQUIRED_REPORT, tags }]);
    });

    it.each<[string, RequestHandler]>([
      ['drained', dropBytes],
      ['kept as a text', keepText],
      ['express.raw()', express.raw(all)],
      ['express.text()', express.text(all)],
      ['setEncoding()', setEncoding],
    ])('refuses a body that is not to be had: %s', async (_, upstream) => {
      const { app, delivered, errors } = receiver(express, {}, upstream);
      await post(app, BODY).expect(500);
      expect(errors).toHaveLength(1);
      expectRejection(errors[0], 500, 'COPERNICA_BODY_CONSUMED');
      expect(delivered).toEqual([]);
    });

    it.each<[string, RequestHandler]>([
      ['express.urlencoded()', express.urlencoded({ extended: true })],
      ['express.raw()', express.raw(all)],
      ['drained', dropBytes],
    ])('refuses a call that can no longer be verified: %s', async (_, upstream) => {
      const { app, errors } = receiver(express, { verify }, upstream);
      await postSigned(app, '/', '/').expect(500);
      await post(app, REQUIRED).expect(500);
      expect(errors).toHaveLength(2);
      for (const error of errors) expectRejection(error, 500, 'COPERNICA_BODY_CONSUMED');
    });

    it('verifies rawBody, and delivers what is in it rather than req.body', async () => {
      const forge: RequestHandler = (req, _res, next) => {
        req.body = { id: '666', recipient: 'mallory@example.com', state: 'x' };
        next();
      };
      const { app, delivered } = receiver(express, { verify }, keepBytes, forge);
      await postSigned(app, '/', '/').expect(200);
      await postSigned(app, '/', '/', `${REQUIRED}&code=550`).expect(401);
      expect(delivered).toEqual([REQUIRED_REPORT]);
    });

    it('refuses a rawBody over the limit', async () => {
      const { app, delivered, errors } = receiver(express, { limit: 10 }, keepBytes);
      await post(app, BODY).expect(413);
      expectRejection(errors[0], 413, 'COPERNICA_BODY_TOO_LARGE');
      expect(delivered).toEqual([]);
    });

    it.each([true, false])('validates as usual, extended: %s', async (extended) => {
      const { app, delivered, errors } = receiver(express, {}, express.urlencoded({ extended }));
      await post(app, `${REQUIRED}&code=${SECRET}&tags[a]=b`).expect(400);
      const { problems } = expectRejection(errors[0], 400, 'COPERNICA_REPORT_INVALID');
      expect(problems?.map(({ path }) => path)).toEqual(['/code', '/tags']);
      expect(delivered).toEqual([]);
    });

    it.each<[string, RequestHandler[]]>([
      ['nothing', []],
      ['express.urlencoded({ extended: true })', [express.urlencoded({ extended: true })]],
      ['express.urlencoded({ extended: false })', [express.urlencoded({ extended: false })]],
      ['express.json()', [express.json()]],
      ['middleware that keeps rawBody', [keepBytes]],
    ])('calls an empty body an invalid report, after %s', async (_, upstream) => {
      const { app, errors } = receiver(express, {}, ...upstream);
      await post(app, '').set('Content-Length', '0').expect(400);
      expectRejection(errors[0], 400, 'COPERNICA_REPORT_INVALID');
    });
  });
});

describe('the handler alone', () => {
  it('has a name for stack traces, and three parameters', () => {
    const handler = copernicaFailures({ onFailure: vi.fn() });
    expect(handler.name).toBe('failures');
    expect(handler).toHaveLength(3);
  });
});

it('hands on what fails while the answer is written, instead of ending the process', async () => {
  const failure = new Error('from a hook on the headers');
  const handler = copernicaFailures({ onFailure: () => undefined });
  const req = {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    rawBody: Buffer.from('id=1&recipient=jane&state=rcptto'),
  };
  const res = {
    writeHead() {
      throw failure;
    },
  };
  const handedOn = await new Promise((next) => handler(req as never, res as never, next));
  expect(handedOn).toBe(failure);
});
