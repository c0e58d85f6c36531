import { afterEach, expect, it, vi } from 'vitest';
import { withDeadline } from '../../lib/signature/deadline.js';
import { deferred } from '../helpers/deferred.js';

afterEach(() => {
  vi.useRealTimers();
});

it.each([
  ['a value', () => 'answer'],
  ['nothing at all', () => undefined],
  ['a promise', () => Promise.resolve('answer')],
  [
    'a thenable of another library',
    // biome-ignore lint/suspicious/noThenProperty: that is what makes it a thenable
    () => ({ then: (resolve: (value: string) => void) => resolve('answer') }),
  ],
])('passes on %s', async (_, ask) => {
  const expected = await ask();
  expect(await withDeadline(ask() as unknown)).toBe(expected);
});

it('passes on a rejection', async () => {
  const reason = new Error('refused');
  await expect(withDeadline(Promise.reject(reason))).rejects.toBe(reason);
});

it('rejects after five seconds without an answer, not earlier', async () => {
  vi.useFakeTimers();
  const settled = vi.fn();
  withDeadline(new Promise(() => undefined)).catch(settled);
  await vi.advanceTimersByTimeAsync(4999);
  expect(settled).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(settled).toHaveBeenCalledWith(expect.any(Error));
});

it('leaves no timer behind that would keep the process alive', async () => {
  vi.useFakeTimers();
  await withDeadline(Promise.resolve());
  await withDeadline(Promise.reject(new Error('refused'))).catch(() => undefined);
  expect(vi.getTimerCount()).toBe(0);
});

it('takes no notice of an answer or a failure that comes too late', async () => {
  vi.useFakeTimers();
  const late = deferred();
  const answer = withDeadline(late.promise);
  const outcome = expect(answer).rejects.toThrow('five seconds');
  await vi.advanceTimersByTimeAsync(5000);
  late.reject(new Error('too late'));
  await outcome;
});
