import type { Host } from '../host.js';

const packages = ['core', 'common', 'platform-express'].map((name) => `@nestjs/${name}@11`);
const common = { packages: [...packages, 'reflect-metadata', 'rxjs'], group: 'node' };

export const hosts: Host[] = [
  { ...common, name: 'NestJS', heading: 'NestJS' },
  {
    ...common,
    name: 'NestJS with rawBody',
    heading: 'NestJS with rawBody',
    // Nest's own parser refuses bodies that are too large, so the wrapper is put before the parser.
    wrap: (example) =>
      example.replace(
        'await app.listen',
        `app.use((req: any, res: any, next: () => void) => {
  res.on('finish', () => console.log('[ended ' + res.statusCode + ']'));
  next();
});
$&`,
      ),
  },
  {
    ...common,
    name: 'NestJS without its body parser',
    heading: 'NestJS without its body parser',
  },
];
