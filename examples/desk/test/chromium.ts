import { findProgram } from './programs.js';

/** Path of a Chromium; see `findProgram`. */
export const CHROMIUM =
  process.env.CHROMIUM_PATH ||
  findProgram(
    'The page',
    // It has no user interface, so it needs less time.
    'chromium-headless-shell',
    ...['chromium', 'chromium-browser', 'google-chrome'],
    '../Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  );
