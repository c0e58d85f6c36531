import express5 from 'express';
import express4 from 'express4';
import express417 from 'express4.17';

/** Both majors, and the oldest version the peer range allows: for `describe.each`. */
export const EXPRESS_VERSIONS = [
  { name: 'Express 4.17', express: express417 },
  { name: 'Express 4', express: express4 },
  { name: 'Express 5', express: express5 },
];
