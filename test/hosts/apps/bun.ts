import type { Host } from '../host.js';

export const hosts: Host[] = [
  {
    name: 'Bun',
    heading: 'Bun',
    packages: ['bun'],
    group: 'runtimes',
    typescript: true,
    // Puts the binary that npm has installed in its place.
    build: [['node', '../node_modules/bun/install.js']],
    start: ['../node_modules/.bin/bun', 'app.ts'],
  },
];
