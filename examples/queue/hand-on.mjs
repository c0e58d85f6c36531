// hand-on.mjs
const TIMEOUT_MS = 10_000;

/** Hands a report to a queue. If the queue fails or is silent for ten seconds, the answer is 503. */
export async function handOn(report, enqueue) {
  const late = new Error('It has not confirmed within ten seconds');
  let timer;
  try {
    const deadline = new Promise((_, reject) => (timer = setTimeout(reject, TIMEOUT_MS, late)));
    await Promise.race([enqueue(report), deadline]);
  } catch ({ message }) {
    const error = new Error(`The queue has failed: ${message}`);
    throw Object.assign(error, { status: 503, code: 'QUEUE_FAILED' });
  } finally {
    clearTimeout(timer);
  }
}
