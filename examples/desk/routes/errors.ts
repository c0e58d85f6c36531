import type { ErrorRequestHandler } from 'express';
import type { Logger } from 'pino';

/**
 * Answers with the status of an error, and with its message if the error allows that. The log gets only names
 * and codes: a message of the database can quote personal data.
 */
export function answerError(log: Logger): ErrorRequestHandler {
  return (error, req, res, next) => {
    const { name, code, status = 500, expose = false, message, problems, cause } = error;
    // The client hung up, in the middle of the answer or of its own file.
    if (code === 'ERR_STREAM_PREMATURE_CLOSE' || (code === 'ECONNRESET' && req.socket.destroyed))
      return;
    const entry = {
      name,
      code,
      status,
      problems,
      cause: cause?.code,
      path: req.baseUrl + req.path,
    };
    log[status < 500 ? 'warn' : 'error'](entry, 'refused');
    log.debug({ err: error }, 'error');
    if (res.headersSent) return next(error);
    if (status === 503 && !res.hasHeader('Retry-After')) res.set('Retry-After', '5');
    res.status(status).json({ error: expose ? message : 'Something went wrong' });
  };
}
