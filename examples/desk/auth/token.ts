import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { createLoginLimiter } from './login-limiter.js';
import { isSecret } from './secret.js';

/** Admits an app that sends the token: `Authorization: Bearer <token>`. */
export function requireToken(token: string, log: Logger): RequestHandler {
  const limiter = createLoginLimiter(log, 'token');

  return (req, res, next) => {
    const [scheme, guess = ''] = (req.get('Authorization') ?? '').split(' ');
    const isRight = scheme?.toLowerCase() === 'bearer' && isSecret(guess, token);
    const verdict = guess ? limiter.check(req.ip, isRight) : 'wrong';
    if (verdict === 'right') return next();
    if (verdict === 'wrong') {
      res.status(401).set('WWW-Authenticate', 'Bearer realm="Failure desk"');
      res.json({ error: 'Send the header Authorization: Bearer, and DESK_TOKEN' });
      return;
    }
    res.status(429).set('Retry-After', String(verdict.lockedSeconds));
    res.json({ error: 'Too many wrong tokens came from this address' });
  };
}
