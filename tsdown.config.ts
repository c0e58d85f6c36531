import { defineConfig } from 'tsdown';
import { compiledValidation } from './compiled-validation.js';

/** The examples beside the wordings are for those who read and test them, not for those who install. */
const withoutExamples = {
  name: 'wordings-without-examples',
  transform: {
    filter: { id: /lib[\\/]classify[\\/]wordings/ },
    handler: (code: string) => code.replaceAll(/^( {2}\[(['"]).*?\2), .*\],$/gm, '$1],'),
  },
};

export default defineConfig({
  entry: ['lib/index.ts', 'lib/web.ts', 'lib/testing.ts'],
  format: ['esm', 'cjs'],
  platform: 'node',
  target: 'node20.19',
  dts: true,
  fixedExtension: false,
  plugins: [compiledValidation, withoutExamples],
  publint: { strict: true },
  attw: { profile: 'strict' },
  failOnWarn: true,
  // CommonJS is built on purpose, and how long the plugins take says nothing about the package.
  checks: { legacyCjs: false, pluginTimings: false },
});
