import type { Host } from '../host.js';

export const hosts: Host[] = [
  { name: 'Koa', heading: 'Koa', packages: ['koa@3', 'koa-connect', '@types/koa'], group: 'node' },
];
