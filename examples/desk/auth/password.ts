import { createHash, timingSafeEqual } from 'node:crypto';
import basicAuth from 'basic-auth';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Attempts } from './login-limiter.js';

/** Lets those in who know the password; any user name will do. */
export function askPassword(password: string, attempts: Attempts, log: Logger): RequestHandler {
  const expected = digest(password);
  let told = false;

  return async (req, res, next) => {
    if (!told && req.get('X-Forwarded-For') && !req.app.get('trust proxy')) {
      told = true;
      log.warn(
        'Requests come through a proxy. Set TRUSTED_PROXIES to its address: until then wrong passwords of one visitor lock out all who come through it.',
      );
    }
    const given = basicAuth(req)?.pass;
    if (given === undefined) {
      ask(res, 'The desk asks for its password; any user name will do.');
      return;
    }
    const isRight = timingSafeEqual(digest(given), expected);
    const verdict = await attempts.judge(req.ip, isRight);
    if (verdict === 'right') return next();
    if (verdict === 'wrong') {
      ask(res, 'That is not the password of the desk.');
      return;
    }
    const minutes = Math.ceil(verdict.locked / 60);
    res.status(429).set('Retry-After', String(verdict.locked)).type('text');
    res.send(`Too many wrong passwords came from your address. Try again in ${minutes} minutes.`);
  };
}

function ask(res: Parameters<RequestHandler>[1], text: string): void {
  res.status(401).set('WWW-Authenticate', 'Basic realm="Failure desk"').type('text').send(text);
}

/** Of one length, whatever is given, so that a comparison tells nothing of it. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
