import type { Host } from '../host.js';

export const hosts: Host[] = [
  {
    name: 'Hono',
    heading: 'Hono',
    packages: ['hono', '@hono/node-server'],
    group: 'node',
    wrap: (example) =>
      example.replace(
        'const app = new Hono();',
        `$&
app.use(async (c, next) => {
  await next();
  console.log('[ended ' + c.res.status + ']');
});`,
      ),
  },
];
