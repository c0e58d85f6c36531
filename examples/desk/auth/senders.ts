import type { Request, RequestHandler } from 'express';
import createError from 'http-errors';

// Without verification anyone who can reach the endpoint can report an address as failing.

/**
 * Refuses what comes from a web page: any page that someone at this machine visits could report,
 * since browsers post forms anywhere. They say so in these headers, which no server sends.
 */
export const refuseWebPages: RequestHandler = (req, _res, next) => {
  if (!req.get('Origin') && !req.get('Sec-Fetch-Site')) return next();
  next(createError(403, 'Without COPERNICA_ACCOUNT the desk takes no report from a web page'));
};

/** Refuses what comes from elsewhere to a desk that is meant for this machine only. */
export const refusePassedOn: RequestHandler = (req, _res, next) => {
  if (!isPassedOn(req)) return next();
  const missing = 'Without COPERNICA_ACCOUNT and DESK_PASSWORD';
  next(createError(403, `${missing} the desk takes no report through a proxy`));
};

/** What a proxy adds to a request that it passes on. */
const PASSED_ON = /^(forwarded|via|x-real-ip|x-forwarded-.*)$/;

/**
 * Whether a proxy or a tunnel says that it passed a request on, or gives itself away by HTTP/1.0,
 * which no browser speaks any more. One that does neither cannot be told from whoever sits here.
 */
export function isPassedOn(req: Request): boolean {
  return req.httpVersion === '1.0' || Object.keys(req.headers).some((name) => PASSED_ON.test(name));
}
