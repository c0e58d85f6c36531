import basicAuth from 'basic-auth';
import type { RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { createLoginLimiter } from './login-limiter.js';
import { isSecret } from './secret.js';

/** Admits everyone who knows the password, under any user name. */
export function requirePassword(password: string, log: Logger): RequestHandler {
  const limiter = createLoginLimiter(log, 'password');
  let hasWarned = false;

  return (req, res, next) => {
    if (!hasWarned && req.get('X-Forwarded-For') && !req.app.get('trust proxy')) {
      hasWarned = true;
      log.warn(
        'Requests come through a proxy. Set TRUSTED_PROXIES to its address: until then, wrong passwords of one visitor lock out all visitors of the proxy.',
      );
    }
    const guess = basicAuth(req)?.pass;
    if (guess === undefined) {
      askAgain(res, 'The desk asks for its password; any user name will do.');
      return;
    }
    const verdict = limiter.check(req.ip, isSecret(guess, password));
    if (verdict === 'right') return next();
    if (verdict === 'wrong') {
      askAgain(res, 'That is not the password of the desk.');
      return;
    }
    const { lockedSeconds } = verdict;
    const minutes = Math.ceil(lockedSeconds / 60);
    res.status(429).set('Retry-After', String(lockedSeconds)).type('text');
    res.send(`Too many wrong passwords came from your address. Try again in ${minutes} minutes.`);
  };
}

function askAgain(res: Response, text: string): void {
  res.status(401).set('WWW-Authenticate', 'Basic realm="Failure desk"').type('text').send(text);
}
