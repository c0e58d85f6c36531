import type { Host } from '../host.js';

const packages = ['koa@3', 'koa-connect', '@types/koa'];

export const hosts: Host[] = [
  { name: 'Koa', heading: 'Koa', packages, group: 'node' },
  {
    name: 'Koa with koa-mount',
    heading: 'Koa with koa-mount',
    packages: [...packages, 'koa-mount', '@types/koa-mount'],
    group: 'node',
    registered: true,
  },
];
