/** The longest that DNS and a nonce store may take, in milliseconds. */
const DEADLINE = 5000;

/** Waits for an answer, and rejects if it has not come after five seconds. */
export async function withDeadline<T>(answer: T | PromiseLike<T>): Promise<T> {
  if (typeof (answer as PromiseLike<T>)?.then !== 'function') return answer;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('No answer in five seconds')), DEADLINE);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
