import type { Host } from '../host.js';

export const hosts: Host[] = [
  { name: 'node:http', heading: 'node:http', group: 'node', quick: true },
  { name: 'node:https', heading: 'node:https', group: 'node', protocol: 'https', quick: true },
  {
    name: 'node:http2, called by HTTP/2',
    heading: 'node:http2',
    group: 'node',
    protocol: 'http2',
    quick: true,
  },
  {
    name: 'node:http2, called by HTTP/1.1',
    heading: 'node:http2',
    group: 'node',
    protocol: 'https',
    quick: true,
  },
];
