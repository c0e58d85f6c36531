import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { Router } from 'express';

const FILES = fileURLToPath(new URL('../public', import.meta.url));
const { resolve } = createRequire(import.meta.url);
/** The libraries that the page loads, just as they are installed. */
const LIBRARIES = {
  '/uplot': dirname(resolve('uplot')),
  // What Node.js resolves is a build of its own, one folder down from that for browsers.
  '/lit-html': join(dirname(resolve('lit-html')), '..'),
};

/** The page itself, as a browser loads it. */
export function pageFiles(): Router {
  const router = Router();
  for (const [path, folder] of Object.entries(LIBRARIES)) {
    router.use(path, express.static(folder, { index: false }));
  }
  return router.use(express.static(FILES));
}
