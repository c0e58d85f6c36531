import { defineConfig, type UserConfig } from 'tsdown';
import { compiledValidation } from './compiled-validation.js';
import { AUTOMATON } from './lib/classify/automaton.js';

/** Compiles the wordings at build time, and strips them from the rules. */
const compiledWordings = [
  {
    name: 'compiled-wordings',
    load: {
      filter: { id: /lib[\\/]classify[\\/]automaton\.ts$/ },
      handler: () => `export const AUTOMATON = {
        tables: ${AUTOMATON.tables},
        lists: ${JSON.stringify(AUTOMATON.lists.join(';'))}.split(';'),
        states: ${JSON.stringify(AUTOMATON.states.join(';'))}.split(';'),
      };`,
    },
  },
  {
    name: 'rules-without-wordings',
    transform: {
      filter: { id: /lib[\\/]classify[\\/]wordings/ },
      handler: (code: string) => code.replaceAll(/^ +\[['"].*\],$/gm, ''),
    },
  },
];

/** Builds the classifier once, for ESM and CommonJS: half of the package is its tables. */
const sharedClassifier = {
  name: 'shared-classifier',
  resolveId: (id: string) =>
    id.endsWith('/classify/classify.js') ? { id: './classify.cjs', external: true } : undefined,
};

const common: UserConfig = {
  platform: 'node',
  target: 'node20.19',
  dts: true,
  fixedExtension: false,
  failOnWarn: true,
  // Comments remain in the types. Both builds run in strict mode, as the sources do.
  outputOptions: { comments: false, strict: true },
  inputOptions: { experimental: { attachDebugInfo: 'none' } },
  // CommonJS is intended, and the time of the plugins does not matter.
  checks: { legacyCjs: false, pluginTimings: false },
};

export default defineConfig([
  {
    ...common,
    entry: ['lib/classify/classify.ts'],
    format: ['cjs'],
    plugins: [compiledWordings],
  },
  {
    ...common,
    // The middleware is a file of its own, so that bundles of createFailureReceiver have no body-parser.
    entry: ['lib/index.ts', 'lib/middleware.ts', 'lib/web.ts', 'lib/testing.ts'],
    format: ['esm', 'cjs'],
    plugins: [compiledValidation],
    // Unlike the option plugins, this also applies to the types of CommonJS.
    inputOptions: (options) => ({
      ...options,
      ...common.inputOptions,
      plugins: [sharedClassifier, options.plugins],
    }),
  },
]);
