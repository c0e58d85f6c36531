import type { IncomingMessage } from 'node:http';
import type { Request } from 'express';

/**
 * The `Request` of Express where its types are installed, else that of `node:http` with the
 * variables as its `body`.
 */
export type HandledRequest = string extends keyof Request
  ? // Not found, it could be anything, with any key.
    IncomingMessage & { body?: unknown }
  : Request;
