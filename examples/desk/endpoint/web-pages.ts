import type { RequestHandler } from 'express';

/**
 * Refuses what comes from a web page. Without verification anyone who can reach the endpoint can
 * report an address as failing; any page that someone at this machine visits would be among them,
 * since browsers post forms anywhere. They say so in these headers, which no server sends.
 */
export const refuseWebPages: RequestHandler = (req, _res, next) => {
  if (!req.get('Origin') && !req.get('Sec-Fetch-Site')) return next();
  const message = 'Without COPERNICA_ACCOUNT the desk takes no report from a web page';
  next(Object.assign(new Error(message), { status: 403, expose: true }));
};
