import { exampleUnder } from '../files.js';
import type { Host } from '../host.js';

// Version 3 needs Node.js 22.
const packages = process.versions.node.startsWith('20.')
  ? ['@sveltejs/kit@2', '@sveltejs/adapter-node@5']
  : ['@sveltejs/kit@3', '@sveltejs/adapter-node@6'];

export const hosts: Host[] = [
  {
    name: 'SvelteKit',
    heading: 'SvelteKit',
    packages: [...packages, 'svelte', 'vite'],
    group: 'sveltekit',
    typescript: true,
    file: 'src/routes/copernica/failures/+server.ts',
    files: {
      'vite.config.js': exampleUnder('SvelteKit', 'js'),
      'src/hooks.server.ts': `import './reports';
export const handle = ended(({ event, resolve }) => resolve(event));
`,
      'src/app.html': '<head>%sveltekit.head%</head><body>%sveltekit.body%</body>',
    },
    wrap: (example) => example,
    build: [['../node_modules/.bin/vite', 'build']],
    start: ['env', 'PORT=$PORT', 'ORIGIN=http://127.0.0.1:$PORT', 'node', 'build'],
  },
];
