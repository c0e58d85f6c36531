import { createRequire } from 'node:module';
import { dirname } from 'node:path';

const require = createRequire(import.meta.url);
const MANIFEST = 'copernica-failures-desk/package.json';

/** The folder of this package, wherever this code runs: from its sources, from `dist/` or installed. */
export const PACKAGE_FOLDER = dirname(require.resolve(MANIFEST));

export const { engines, version } = require(MANIFEST) as {
  engines: { node: string };
  version: string;
};
