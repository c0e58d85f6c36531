import { type Request, type RequestHandler, Router } from 'express';
import helmet from 'helmet';
import { isLoopback } from '../settings.js';
import { isPassedOn } from './senders.js';

/**
 * Lets only those in who may see the page, since it shows personal data: whoever knows the password
 * or, where none is set, who sits at this machine. Browsers are told to load nothing from elsewhere.
 *
 * @param askPassword left out where no password is set
 */
export function guardPage(askPassword: RequestHandler = onlyThisMachine): RequestHandler {
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
  return Router().use(headers, onlyOwnPage, askPassword);
}

/**
 * The server listens on loopback, but that alone does not keep others out: a foreign page can point
 * a name of its own at 127.0.0.1, and a proxy or a tunnel brings visitors from anywhere. Most leave
 * the name that was asked for, or say that they passed it on. A proxy that does neither is what
 * DESK_PASSWORD is for.
 */
const onlyThisMachine: RequestHandler = (req, res, next) => {
  if (isLoopback(req.hostname) && !isPassedOn(req)) return next();
  const text = 'Without DESK_PASSWORD the page answers as localhost only, and through no proxy.';
  res.status(403).type('text').send(text);
};

/**
 * A foreign page must neither post here in the name of someone who is logged in, nor hold streams
 * open or load data by a navigation. To follow a link to the page itself is allowed.
 */
const onlyOwnPage: RequestHandler = (req, res, next) => {
  const from = origin(req);
  const reads = req.method === 'GET' || req.method === 'HEAD';
  // Only a link, or what leads a window elsewhere, has a document as its destination; a frame has not.
  const followsLink = req.get('Sec-Fetch-Dest') === 'document' && req.path === '/';
  if (from === 'own' || (reads && (from !== 'foreign' || followsLink))) return next();
  res.status(403).type('text').send('Only the page itself may do this.');
};

/** Which page a request comes from, as far as the browser says so. */
function origin(req: Request): 'own' | 'foreign' | 'untold' {
  const site = req.get('Sec-Fetch-Site');
  if (site === 'same-origin') return 'own';
  if (site && site !== 'none') return 'foreign';
  const page = req.get('Origin');
  if (!page) return 'untold';
  return URL.canParse(page) && new URL(page).host === req.host ? 'own' : 'foreign';
}
