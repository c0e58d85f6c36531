import type { Host } from '../host.js';

export const hosts: Host[] = [
  {
    name: 'Express 5',
    heading: 'Express',
    packages: ['express@5', '@types/express@5'],
    group: 'node',
    quick: true,
  },
  {
    name: 'Express 4',
    heading: 'Express',
    packages: ['express@4', '@types/express@4'],
    group: 'express-4',
    quick: true,
  },
];
