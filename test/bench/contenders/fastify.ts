import type { RequestListener } from 'node:http';
import formbody from '@fastify/formbody';
import Fastify from 'fastify';
import qs from 'qs';
import { onFailure, ours, PATH } from '../application.js';

const app = Fastify();
await app.register(formbody, { parser: (text) => qs.parse(text) });
app.post(PATH, { schema: { body: ours.failureReportSchema } }, (request, reply) => {
  onFailure(request.body);
  reply.type('text/plain').send('OK');
});
await app.ready();

export default ((req, res) => app.routing(req, res)) satisfies RequestListener;
