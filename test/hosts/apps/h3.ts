import type { Host } from '../host.js';

export const hosts: Host[] = [
  {
    name: 'h3',
    heading: 'h3',
    packages: ['h3@2'],
    group: 'node',
    wrap: (example) =>
      example.replace(
        'const app = new H3();',
        "$&\napp.use((_, next) => ended(next)(), { method: 'POST' });",
      ),
  },
];
