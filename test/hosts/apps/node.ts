import { readFileSync } from 'node:fs';
import type { Host } from '../host.js';

const web = readFileSync(new URL('../web.ts', import.meta.url), 'utf8');
const common = { group: 'node', quick: true };

export const hosts: Host[] = [
  { ...common, name: 'node:http', heading: 'node:http' },
  {
    name: 'node:http, no code from strings',
    heading: 'node:http',
    group: 'node',
    start: ['node', '--disallow-code-generation-from-strings', 'app.js'],
  },
  { ...common, name: 'node:https', heading: 'node:https', protocol: 'https' },
  { ...common, name: 'node:http2, HTTP/2', heading: 'node:http2', protocol: 'http2' },
  { ...common, name: 'node:http2, HTTP/1.1', heading: 'node:http2', protocol: 'https' },
  {
    ...common,
    name: 'Web Request on Node.js',
    heading: 'Cloudflare Workers',
    files: { 'web.ts': web },
    start: ['node', 'web.js', '$PORT'],
  },
];
