// listen.mjs
import { copernicaFailures } from 'copernica-failures';
import express from 'express';

const TIMEOUT_MS = 10_000;

/** Listens for reports, and hands each to a queue: 200 once `enqueue` has resolved, else 503. */
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
    console.error(error.message);
    res.sendStatus(error.status ?? 500);
  });
  app.listen(Number(process.env.PORT ?? 3000), (error) => {
    if (error) throw error;
    console.log('Waiting for reports');
  });
}

async function handOn(report, enqueue) {
  const late = new Error('It has not confirmed within ten seconds');
  let timer;
  try {
    const deadline = new Promise((_, reject) => (timer = setTimeout(reject, TIMEOUT_MS, late)));
    await Promise.race([enqueue(report), deadline]);
  } catch ({ message }) {
    throw Object.assign(new Error(`The queue has failed: ${message}`), { status: 503 });
  } finally {
    clearTimeout(timer);
  }
}
