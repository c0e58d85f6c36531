import type { Host } from '../host.js';

export const hosts: Host[] = [
  {
    name: 'Fastify',
    heading: 'Fastify',
    packages: ['fastify@5', '@fastify/middie'],
    group: 'node',
    wrap: (example) =>
      example.replace(
        'const app = Fastify();',
        `$&
app.addHook('onResponse', async (request, { statusCode }) => {
  console.log('[ended ' + statusCode + ']');
});`,
      ),
  },
];
