import type { Host } from '../host.js';

export const hosts: Host[] = [
  { name: 'Hono', heading: 'Hono', packages: ['hono', '@hono/node-server'], group: 'node' },
];
