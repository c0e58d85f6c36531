import { type Request, type RequestHandler, Router } from 'express';
import helmet from 'helmet';
import { isLoopback } from '../settings.js';
import { isProxied } from './unverified-senders.js';

/**
 * Protects the page, since it shows personal data. With a password, those who know it get in; without one,
 * people at this machine. Browsers may load nothing from elsewhere.
 *
 * @param admit checks the password; undefined if none is set
 */
export function guardPage(admit: RequestHandler = onlyThisMachine): RequestHandler {
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
    // Only the proxy in front knows whether its host uses https alone.
    strictTransportSecurity: false,
  });
  return Router().use(headers, onlyOwnPage, admit);
}

/**
 * Listening on loopback alone does not keep others out. A foreign page can point its own name at 127.0.0.1,
 * and a proxy or a tunnel brings visitors from anywhere. Most proxies keep the requested host name, or add a
 * header. Against a proxy that does neither, set DESK_PASSWORD.
 */
const onlyThisMachine: RequestHandler = (req, res, next) => {
  if (isLoopback(req.hostname) && !isProxied(req)) return next();
  const text = 'Without DESK_PASSWORD the page answers as localhost only, and through no proxy.';
  res.status(403).type('text').send(text);
};

/**
 * A foreign page must not post here on behalf of a logged-in person, nor load data by a navigation. It may
 * link to the page itself.
 */
const onlyOwnPage: RequestHandler = (req, res, next) => {
  const from = origin(req);
  const reads = req.method === 'GET' || req.method === 'HEAD';
  // The destination of a link is a document; that of a frame is not.
  const followsLink = req.get('Sec-Fetch-Dest') === 'document' && req.path === '/';
  if (from === 'own' || (reads && (from !== 'foreign' || followsLink))) return next();
  res.status(403).type('text').send('Only the page itself may do this.');
};

/** Whether a request comes from the desk's own page, if the browser says so. */
function origin(req: Request): 'own' | 'foreign' | 'unknown' {
  const site = req.get('Sec-Fetch-Site');
  if (site === 'same-origin') return 'own';
  if (site && site !== 'none') return 'foreign';
  const page = req.get('Origin');
  if (!page) return 'unknown';
  return URL.canParse(page) && new URL(page).host === req.host ? 'own' : 'foreign';
}
