import { type RequestHandler, Router } from 'express';
import basicAuth from 'express-basic-auth';
import helmet from 'helmet';
import { isLoopback, type Settings } from '../process/settings.js';

/**
 * Lets only those in who may see the page, since it shows personal data: whoever knows the password
 * or, where none is set, who sits at this machine. Browsers are told to load nothing from elsewhere.
 */
export function guardPage(password: Settings['DESK_PASSWORD']): RequestHandler {
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        connectSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // Whether a host is on https only is for the proxy in front to say.
    strictTransportSecurity: false,
  });
  return Router().use(headers, password ? askPassword(password) : onlyLocalNames, onlyOwnForms);
}

/** Any user name will do. */
function askPassword(password: string): RequestHandler {
  return basicAuth({
    authorizer: (_user: string, given: string) => basicAuth.safeCompare(given, password),
    challenge: true,
    realm: 'Failure desk',
    unauthorizedResponse: 'The desk asks for its password; any user name will do.',
  });
}

/**
 * The server listens on loopback, but that alone does not keep others out: a foreign page can point
 * a name of its own at 127.0.0.1, and a tunnel brings visitors from anywhere.
 */
const onlyLocalNames: RequestHandler = (req, res, next) => {
  if (isLoopback(req.hostname)) return next();
  res.status(403).type('text').send('Without DESK_PASSWORD the page answers as localhost only.');
};

/** A form on a foreign page must not post here in the name of someone who is logged in. */
const onlyOwnForms: RequestHandler = (req, res, next) => {
  const origin = req.get('Origin') ?? '';
  const host = URL.canParse(origin) ? new URL(origin).host : undefined;
  const own = req.get('Sec-Fetch-Site') === 'same-origin' || (host && host === req.get('Host'));
  if (req.method === 'GET' || req.method === 'HEAD' || own) return next();
  res.status(403).type('text').send('Only the page itself may post here.');
};
