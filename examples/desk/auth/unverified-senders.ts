import type { Request, RequestHandler } from 'express';
import createError from 'http-errors';

// Without verification, anyone who can reach the endpoint can report an address as failing.

/**
 * Refuses reports that come from a web page. Browsers post forms anywhere, so any page that is open at this
 * machine could send one. Browsers add these headers; servers do not.
 */
export const refuseWebPages: RequestHandler = (req, _res, next) => {
  if (!req.get('Origin') && !req.get('Sec-Fetch-Site')) return next();
  next(createError(403, 'Without COPERNICA_ACCOUNT the desk takes no report from a web page'));
};

/** Refuses reports that came through a proxy to a desk that is meant for this machine only. */
export const refuseProxied: RequestHandler = (req, _res, next) => {
  if (!isProxied(req)) return next();
  const missing = 'Without COPERNICA_ACCOUNT and DESK_PASSWORD';
  next(createError(403, `${missing} the desk takes no report through a proxy`));
};

/** Headers that a proxy adds. */
const PROXY_HEADER = /^(forwarded|via|x-real-ip|x-forwarded-.*)$/;

/**
 * True if a request has a header that a proxy or a tunnel adds, or uses HTTP/1.0, as browsers no longer do.
 * A proxy that does neither looks like a browser at this machine.
 */
export function isProxied(req: Request): boolean {
  return (
    req.httpVersion === '1.0' || Object.keys(req.headers).some((name) => PROXY_HEADER.test(name))
  );
}
