import type { Host } from '../host.js';

/** Bundles the Worker and runs it, as `wrangler dev` does, on the newest workerd. */
const serve = `import { build } from 'esbuild';
import { Miniflare } from 'miniflare';
import workerd from 'workerd';

process.env.MINIFLARE_WORKERD_PATH = workerd.default;
const [port, compatibilityDate = workerd.compatibilityDate] = process.argv.slice(2);
await build({
  entryPoints: ['app.ts'],
  outfile: 'worker.js',
  bundle: true,
  format: 'esm',
  conditions: ['workerd', 'worker', 'browser'],
  external: ['node:*'],
});
new Miniflare({
  scriptPath: 'worker.js',
  modules: true,
  compatibilityDate,
  compatibilityFlags: ['nodejs_compat'],
  host: '127.0.0.1',
  port: Number(port),
});
`;

/** The compatibility date: the first that docs/hosts.md allows, and the newest there is. */
const dates: [name: string, date: string[]][] = [
  ['2024-09-23', ['2024-09-23']],
  ['newest date', []],
];

export const hosts: Host[] = dates.map(([name, date]) => ({
  name: `Cloudflare Workers, ${name}`,
  heading: 'Cloudflare Workers',
  packages: ['workerd', 'miniflare', 'esbuild'],
  group: 'runtimes',
  typescript: true,
  files: { 'serve.js': serve },
  start: ['node', 'serve.js', '$PORT', ...date],
}));
