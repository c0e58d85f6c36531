// listen.mjs
import { copernicaFailures } from 'copernica-failures';
import express from 'express';
import { handOn } from './hand-on.mjs';

/** Listens for reports. The answer is 200 once `enqueue` has resolved, else 503. */
export function listen(enqueue) {
  const app = express();
  app.use(
    '/copernica/failures',
    copernicaFailures({
      onFailure: (report) => handOn(report, enqueue),
      verify: { account: 'account-1234', url: 'https://shop.example.com/copernica/failures' },
    }),
  );
  app.use((error, _req, res, next) => {
    if (res.headersSent) return next(error);
    console.error(error.code ?? '', error.message);
    res.sendStatus(error.status ?? 500);
  });
  app.listen(Number(process.env.PORT ?? 3000), (error) => {
    if (error) {
      console.error(`Cannot listen: ${error.message}`);
      process.exit(1);
    }
    console.log('Waiting for reports');
  });
}
