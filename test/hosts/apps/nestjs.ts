import type { Host } from '../host.js';

const headings = ['NestJS', 'NestJS with rawBody', 'NestJS without its body parser'];
const packages = ['core', 'common', 'platform-express'].map((name) => `@nestjs/${name}@11`);

export const hosts: Host[] = headings.map((heading) => ({
  name: heading,
  heading,
  packages: [...packages, 'reflect-metadata', 'rxjs'],
  group: 'node',
}));
