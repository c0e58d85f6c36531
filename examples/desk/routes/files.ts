import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import express, { Router } from 'express';
import { PACKAGE_FOLDER } from '../package-folder.js';

const { resolve } = createRequire(import.meta.url);
/** Node.js finds the build for itself, one folder below the build for browsers. */
const LIT_HTML = join(dirname(resolve('lit-html')), '..');

/** The files of the page, and the library that it loads, as installed. */
export function pageFiles(): Router {
  return Router()
    .use('/lit-html', express.static(LIT_HTML, { index: false }))
    .use(express.static(join(PACKAGE_FOLDER, 'public')));
}
