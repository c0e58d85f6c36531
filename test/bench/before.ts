import { pathToFileURL } from 'node:url';
import type * as Package from 'copernica-failures';

/** An earlier build: BEFORE is the path of its dist/index.js. */
export const before: typeof Package = await import(pathToFileURL(process.env.BEFORE ?? '').href);
