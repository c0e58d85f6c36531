import { type Request, type RequestHandler, Router } from 'express';
import helmet from 'helmet';
import { isLoopback } from '../settings.js';
import { isProxied } from './unverified-senders.js';

/**
 * Admits only those who may see the page, since it shows personal data: people who know the password or,
 * if none is set, people at this machine. Browsers may load nothing from elsewhere.
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
    // The proxy in front knows whether its host is on https only.
    strictTransportSecurity: false,
  });
  return Router().use(headers, onlyOwnPage, admit);
}

/**
 * Listening on loopback alone does not keep others out. A foreign page can point a name of its own at
 * 127.0.0.1, and a proxy or a tunnel brings visitors from anywhere. Most proxies keep the name that was
 * asked for, or add a header. Against a proxy that does neither, set DESK_PASSWORD.
 */
const onlyThisMachine: RequestHandler = (req, res, next) => {
  if (isLoopback(req.hostname) && !isProxied(req)) return next();
  const text = 'Without DESK_PASSWORD the page answers as localhost only, and through no proxy.';
  res.status(403).type('text').send(text);
};

/**
 * A foreign page must not post here for someone who is logged in, nor load data by a navigation. A link
 * to the page itself is allowed.
 */
const onlyOwnPage: RequestHandler = (req, res, next) => {
  const from = origin(req);
  const reads = req.method === 'GET' || req.method === 'HEAD';
  // A link has a document as its destination; a frame has not.
  const followsLink = req.get('Sec-Fetch-Dest') === 'document' && req.path === '/';
  if (from === 'own' || (reads && (from !== 'foreign' || followsLink))) return next();
  res.status(403).type('text').send('Only the page itself may do this.');
};

/** Which page a request comes from, if the browser tells. */
function origin(req: Request): 'own' | 'foreign' | 'unknown' {
  const site = req.get('Sec-Fetch-Site');
  if (site === 'same-origin') return 'own';
  if (site && site !== 'none') return 'foreign';
  const page = req.get('Origin');
  if (!page) return 'unknown';
  return URL.canParse(page) && new URL(page).host === req.host ? 'own' : 'foreign';
}
