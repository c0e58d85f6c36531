import { defineConfig } from 'tsdown';
import { compiledValidation } from './compiled-validation.js';

/** In the types that are built, Express may be missing: `lib/handled-request.ts` is ready for it. */
const withoutExpress = {
  name: 'without-express',
  renderChunk: (code: string, { fileName }: { fileName: string }) =>
    /\.d\.c?ts$/.test(fileName)
      ? code.replace(/^import .* from "express";$/m, '// @ts-ignore: may be missing\n$&')
      : undefined,
};

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
  // Unlike the option plugins, this goes for the types of CommonJS, too.
  inputOptions: (options) => ({ ...options, plugins: [options.plugins, withoutExpress] }),
  fixedExtension: false,
  plugins: [compiledValidation, withoutExamples],
  publint: { strict: true },
  attw: { profile: 'strict' },
  failOnWarn: true,
  // CommonJS is built on purpose, and how long the plugins take says nothing about the package.
  checks: { legacyCjs: false, pluginTimings: false },
});
