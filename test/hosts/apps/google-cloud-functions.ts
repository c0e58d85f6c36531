import type { Host } from '../host.js';

export const hosts: Host[] = [
  {
    name: 'Google Cloud Functions',
    heading: 'Google Cloud Functions',
    packages: ['@google-cloud/functions-framework'],
    group: 'node',
    start: ['../node_modules/.bin/functions-framework', '--target=failures', '--port=$PORT'],
  },
];
