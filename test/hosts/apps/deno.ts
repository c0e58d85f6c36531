import type { Host } from '../host.js';

export const hosts: Host[] = [
  {
    name: 'Deno',
    heading: 'Deno',
    packages: ['deno'],
    group: 'runtimes',
    typescript: true,
    build: [['../node_modules/.bin/deno', 'check', 'app.ts']],
    start: ['../node_modules/.bin/deno', 'run', '--allow-all', 'app.ts'],
  },
];
