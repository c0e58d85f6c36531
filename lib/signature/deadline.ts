/** Longest wait for DNS and for a replay store. */
const DEADLINE_MS = 5000;

/** Waits for an answer, and rejects if it takes too long. */
export async function withDeadline<T>(answer: T | PromiseLike<T>): Promise<T> {
  if (typeof (answer as PromiseLike<T>)?.then !== 'function') return answer;
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('No answer in five seconds')), DEADLINE_MS);
  });
  try {
    return await Promise.race([answer, expired]);
  } finally {
    clearTimeout(timer);
  }
}
