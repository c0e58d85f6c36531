import { defineConfig, type UserConfig } from 'tsdown';
import { compiledValidation } from './compiled-validation.js';

/** The examples beside the wordings are for those who read and test them, not for those who install. */
const withoutExamples = {
  name: 'wordings-without-examples',
  transform: {
    filter: { id: /lib[\\/]classify[\\/]wordings/ },
    handler: (code: string) => code.replaceAll(/^( {2}\[(['"]).*?\2), .*\],$/gm, '$1],'),
  },
};

/** The classifier is built once, for ESM and CommonJS: half of the package is its tables. */
const sharedClassifier = {
  name: 'shared-classifier',
  resolveId: (id: string) =>
    id.endsWith('/classify/classify.js') ? { id: './classify.cjs', external: true } : undefined,
};

// To check the package, tsdown packs it. npm 10 builds it again for that: if that build checked it,
// too, it would never end.
const isOutermost = process.env.OUTER_BUILD === undefined;
process.env.OUTER_BUILD = 'running';

const common: UserConfig = {
  platform: 'node',
  target: 'node20.19',
  dts: true,
  fixedExtension: false,
  failOnWarn: true,
  // Comments are in the types. Both builds run in strict mode, as the sources do.
  outputOptions: { comments: false, strict: true },
  inputOptions: { experimental: { attachDebugInfo: 'none' } },
  // CommonJS is built on purpose, and how long the plugins take says nothing about the package.
  checks: { legacyCjs: false, pluginTimings: false },
};

export default defineConfig([
  {
    ...common,
    entry: ['lib/classify/classify.ts'],
    format: ['cjs'],
    plugins: [withoutExamples],
  },
  {
    ...common,
    entry: ['lib/index.ts', 'lib/web.ts', 'lib/testing.ts'],
    format: ['esm', 'cjs'],
    plugins: [compiledValidation],
    // Unlike the option plugins, this goes for the types of CommonJS, too.
    inputOptions: (options) => ({
      ...options,
      ...common.inputOptions,
      plugins: [sharedClassifier, options.plugins],
    }),
    publint: isOutermost && { strict: true },
    attw: isOutermost && { profile: 'strict' },
  },
]);
