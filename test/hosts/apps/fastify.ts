import type { Host } from '../host.js';

export const hosts: Host[] = [
  {
    name: 'Fastify',
    heading: 'Fastify',
    packages: ['fastify@5', '@fastify/middie'],
    group: 'node',
  },
];
