import type { Host } from '../host.js';

const majors = [
  [3, 'node'],
  [2, 'express-4'],
] as const;
const wrap = (example: string) =>
  example.replace(
    'const app = new Koa();',
    `$&
app.use(async (ctx, next) => {
  let status: string | number = 'error';
  try {
    await next();
    status = ctx.status;
  } finally {
    console.log('[ended ' + status + ']');
  }
});`,
  );

export const hosts: Host[] = [
  ...majors.map(([major, group]) => ({
    name: `Koa ${major}`,
    heading: 'Koa',
    packages: [`koa@${major}`, `@types/koa@${major}`],
    group,
    wrap,
  })),
  ...majors.map(([major, group]) => ({
    name: `Koa ${major} with koa-mount`,
    heading: 'Koa with koa-mount',
    packages: [`koa@${major}`, `@types/koa@${major}`, 'koa-mount', '@types/koa-mount'],
    group,
    registered: true,
    wrap,
  })),
];
