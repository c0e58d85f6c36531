import { defineConfig } from 'tsdown';
import { compiledValidation } from './compiled-validation.js';

export default defineConfig({
  entry: ['lib/index.ts', 'lib/web.ts', 'lib/testing.ts'],
  format: ['esm', 'cjs'],
  platform: 'node',
  target: 'node20.19',
  dts: true,
  fixedExtension: false,
  plugins: [compiledValidation],
  publint: { strict: true },
  attw: { profile: 'strict' },
  failOnWarn: true,
  // CommonJS is built on purpose, and how long the plugins take says nothing about the package.
  checks: { legacyCjs: false, pluginTimings: false },
});
