import type { Express, NextFunction, Request, RequestHandler, Response } from 'express';
import request from 'supertest';
import { describe, expect, it, vi } from 'vitest';
import { copernicaFailures } from '../lib/index.js';
import { EXPRESS_VERSIONS } from './helpers/express.js';
import { receiver } from './helpers/receivers.js';
import { expectRejection } from './helpers/rejections.js';
import { REQUIRED, REQUIRED_REPORT, SECRET, URLENCODED } from './helpers/reports.js';

function post(app: Express, body?: string, path = '/') {
  return request(app).post(path).set('Content-Type', URLENCODED).send(body);
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
    function mounted() {
      const onFailure = vi.fn();
      const app = express();
      mount(app, copernicaFailures({ onFailure }));
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

    it.each(['get', 'head', 'put', 'patch', 'delete'] as const)(
      'leaves %s to the handlers after it',
      async (method) => {
        const { app, onFailure } = mounted();
        const response = await request(app)
          [method](path)
          .set('Content-Type', URLENCODED)
          .send(method === 'get' || method === 'head' ? undefined : REQUIRED);
        expect(response.status).toBe(418);
        expect(onFailure).not.toHaveBeenCalled();
      },
    );
  });

  it('answers 404 to a method that is not POST when nothing comes after it', async () => {
    const { app, errors } = receiver(express);
    await request(app).get('/').expect(404);
    expect(errors).toEqual([]);
  });

  describe('runs onFailure', () => {
    it('with the request of Express, all variables nested on its body', async () => {
      const onFailure = vi.fn();
      const app = express();
      const handler = copernicaFailures({ onFailure });
      app.use('/hook', handler);
      const more =
        'parameters[a]=1&parameters%5Bb%5D=2&fields[c]=3&interests[]=x&interests[]=y&new=caf%E9&tags=t';
      await post(app, `${REQUIRED}&${more}`, '/hook/below?query=1').expect(200);
      const req = onFailure.mock.calls[0]?.[1] as Request;
      expect(req).toMatchObject({ app, method: 'POST', baseUrl: '/hook', query: { query: '1' } });
      expect(req.body).toEqual({
        id: REQUIRED_REPORT.id,
        recipient: REQUIRED_REPORT.recipient,
        state: 'rcptto',
        parameters: { a: '1', b: '2' },
        fields: { c: '3' },
        interests: ['x', 'y'],
        new: 'café',
        tags: 't',
      });
    });

    it('to its end before it answers', async () => {
      const steps: string[] = [];
      const { app } = receiver(express, {
        async onFailure(_, req) {
          req.res?.on('finish', () => steps.push('answered'));
          await new Promise(setImmediate);
          steps.push('done');
        },
      });
      await post(app, REQUIRED).expect(200, 'OK');
      expect(steps).toEqual(['done', 'answered']);
    });

    it.each([
      ['sync', () => 'ignored'],
      ['async', () => Promise.resolve({ status: 500 })],
    ])('and ignores what it returns: %s', async (_, onFailure) => {
      await post(receiver(express, { onFailure }).app, REQUIRED).expect(200, 'OK');
    });

    it('once for each report, the same one too', async () => {
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

  describe('hands on unchanged what onFailure', () => {
    const REASONS: [string, unknown, number][] = [
      ['an Error', new Error('database is down'), 500],
      ['an Error with a status', Object.assign(new Error('busy'), { status: 503 }), 503],
      ['a text', 'database is down', 500],
      ['an object', { reason: 'database is down' }, 500],
      ['a number', 42, 500],
      ['a symbol', Symbol('down'), 500],
    ];

    it.each(REASONS)('throws: %s', async (_, reason, status) => {
      const { app, errors } = receiver(express, {
        onFailure() {
          throw reason;
        },
      });
      const response = await post(app, REQUIRED);
      expect(response.status).toBe(status);
      expect(errors).toEqual([reason]);
      expect(errors[0]).toBe(reason);
    });

    it.each(REASONS)('rejects with: %s', async (_, reason, status) => {
      const { app, errors } = receiver(express, { onFailure: () => Promise.reject(reason) });
      const response = await post(app, REQUIRED);
      expect(response.status).toBe(status);
      expect(errors).toHaveLength(1);
      expect(errors[0]).toBe(reason);
    });

    it.each([undefined, null, 0, '', false, Number.NaN, 'route', 'router'])(
      'rejects with, unless that is %o: then it is an Error, and no later handler answers 200',
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

    it('throws after it has answered', async () => {
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

  describe('refuses', () => {
    const MANY = Array.from({ length: 2001 }, () => `a=${SECRET}`).join('&');
    const GZIP = { 'Content-Encoding': 'gzip' };
    const LARGE = SECRET.repeat(20_000);

    it.each([
      ['an empty body', 400, 'COPERNICA_REPORT_INVALID', '', {}],
      ['a report without an id', 400, 'COPERNICA_REPORT_INVALID', `recipient=${SECRET}`, {}],
      [
        'a code that is no integer',
        400,
        'COPERNICA_REPORT_INVALID',
        `${REQUIRED}&code=${SECRET}`,
        {},
      ],
      ['a nested tag', 400, 'COPERNICA_REPORT_INVALID', `${REQUIRED}&tags[0][a]=${SECRET}`, {}],
      ['a body that is no form', 400, 'COPERNICA_REPORT_INVALID', `{"id":"${SECRET}"}`, {}],
      ['too many variables', 400, 'COPERNICA_BODY_INVALID', `${REQUIRED}&${MANY}`, {}],
      ['variables too deep', 400, 'COPERNICA_BODY_INVALID', `${REQUIRED}&a${'[b]'.repeat(40)}`, {}],
      ['a body over the limit', 413, 'COPERNICA_BODY_TOO_LARGE', LARGE, {}],
      [
        'JSON',
        415,
        'COPERNICA_MEDIA_TYPE_UNSUPPORTED',
        `"${SECRET}"`,
        { 'Content-Type': 'application/json' },
      ],
      [
        'another charset',
        415,
        'COPERNICA_MEDIA_TYPE_UNSUPPORTED',
        REQUIRED,
        { 'Content-Type': `${URLENCODED}; charset=${SECRET}` },
      ],
      ['a compressed body', 415, 'COPERNICA_MEDIA_TYPE_UNSUPPORTED', REQUIRED, GZIP],
      ['a compressed body over the limit', 415, 'COPERNICA_MEDIA_TYPE_UNSUPPORTED', LARGE, GZIP],
    ] as const)('%s with %i %s', async (_, status, code, body, headers) => {
      const { app, delivered, errors } = receiver(express);
      const response = await post(app, body).set(headers);
      expect(response.status).toBe(status);
      expect(response.text).not.toContain(SECRET);
      expect(errors).toHaveLength(1);
      expectRejection(errors[0], status, code);
      expect(delivered).toEqual([]);
    });

    it('a report with each of its problems', async () => {
      const { app, errors } = receiver(express);
      await post(app, `code=${SECRET}&tags[x]=${SECRET}`).expect(400);
      const { problems } = expectRejection(errors[0], 400, 'COPERNICA_REPORT_INVALID');
      const paths = problems?.map(({ path }) => path);
      expect(paths?.sort()).toEqual(['/code', '/id', '/recipient', '/state', '/tags']);
    });
  });

  it('keeps to the limit it is given', async () => {
    const { app, delivered, errors } = receiver(express, { limit: REQUIRED.length });
    await post(app, REQUIRED).expect(200);
    await post(app, `${REQUIRED}&`).expect(413);
    expect(delivered).toHaveLength(1);
    expectRejection(errors[0], 413, 'COPERNICA_BODY_TOO_LARGE');
  });

  it('takes 100 kB unless it is told otherwise', async () => {
    const { app } = receiver(express);
    const body = `${REQUIRED}&description=`.padEnd(100 * 1024, 'x');
    await post(app, body).expect(200);
    await post(app, `${body}x`).expect(413);
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
