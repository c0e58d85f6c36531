import type { Host } from '../host.js';

const layout = `export default function Layout({ children }: { children: React.ReactNode }) {
  return <html><body>{children}</body></html>;
}
`;
const next = '../node_modules/.bin/next';
const common = {
  packages: ['next', 'react', 'react-dom', 'typescript@5', '@types/react'],
  group: 'nextjs',
  typescript: true,
  // Checks the types of the example as well.
  build: [[next, 'build']],
  start: [next, 'start', '-p', '$PORT'],
};

export const hosts: Host[] = [
  {
    ...common,
    name: 'Next.js',
    heading: 'Next.js',
    file: 'app/copernica/failures/route.ts',
    files: { 'app/layout.tsx': layout },
  },
  {
    ...common,
    name: 'Next.js, Pages Router',
    heading: 'Next.js with the Pages Router',
    file: 'pages/api/copernica/failures.ts',
    path: '/api/copernica/failures',
  },
];
