import { exampleUnder } from '../files.js';
import type { Host } from '../host.js';

const viteConfig = `import { sveltekit } from '@sveltejs/kit/vite';

export default { plugins: [sveltekit()] };
`;

export const hosts: Host[] = [
  {
    name: 'SvelteKit',
    heading: 'SvelteKit',
    packages: ['@sveltejs/kit@2', '@sveltejs/adapter-node@5', 'svelte', 'vite'],
    group: 'sveltekit',
    typescript: true,
    file: 'src/routes/copernica/failures/+server.ts',
    files: {
      'svelte.config.js': exampleUnder('SvelteKit', 'js'),
      'vite.config.js': viteConfig,
      'src/app.html': '<head>%sveltekit.head%</head><body>%sveltekit.body%</body>',
    },
    build: [['../node_modules/.bin/vite', 'build']],
    start: ['env', 'PORT=$PORT', 'ORIGIN=http://127.0.0.1:$PORT', 'node', 'build'],
  },
];
