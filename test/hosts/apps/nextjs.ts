import type { Host } from '../host.js';

const layout = `export default function Layout({ children }: { children: React.ReactNode }) {
  return <html><body>{children}</body></html>;
}
`;

export const hosts: Host[] = [
  {
    name: 'Next.js',
    heading: 'Next.js',
    packages: ['next', 'react', 'react-dom', 'typescript@5', '@types/react'],
    group: 'nextjs',
    typescript: true,
    file: 'app/copernica/failures/route.ts',
    files: { 'app/layout.tsx': layout },
    build: [['../node_modules/.bin/next', 'build']],
    start: ['../node_modules/.bin/next', 'start', '-p', '$PORT'],
  },
];
