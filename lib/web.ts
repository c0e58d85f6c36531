import type { Buffer } from 'node:buffer';
import { answerTo } from './answer.js';
import { bodyConsumed, checkLength, createGatherer, cutOff, tooLarge, viewBytes } from './body.js';
import { FailureReportError } from './errors.js';
import { toCall } from './headers.js';
import { CHECKS, checkOptions, demand, type ReceiverOptions } from './options.js';
import { createReceiver, type FailureContext } from './receiver.js';

/** The options of `copernicaFailures` from `copernica-failures/web`. */
export interface WebFailuresOptions extends ReceiverOptions<FailureContext<Request>> {
  /**
   * Called with each error of this package's own before it is answered, for a log. It is waited for;
   * what it throws is thrown on.
   */
  onRefused?: ((error: FailureReportError, request: Request) => unknown) | undefined;
}

const WEB_CHECKS = { ...CHECKS, onRefused: checkOnRefused } satisfies Record<
  keyof WebFailuresOptions,
  unknown
>;

/**
 * Makes the handler that receives Copernica's failure reports on servers that take a Web `Request`
 * and want a `Response`: Next.js, Hono, SvelteKit, Bun, Deno, Cloudflare Workers.
 *
 * A valid report is answered 200 once `onFailure` is done with it, all else with the status of its
 * `FailureReportError` and, as JSON, `{ code, message, problems? }`. What `onFailure` throws is
 * thrown on, for the framework's own error handling.
 *
 * @param options the options; `onFailure` alone stands for `{ onFailure }`
 * @throws TypeError if an option is unknown, missing or unusable
 * @example
 * // Next.js: app/copernica/failures/route.ts
 * export const POST = copernicaFailures({
 *   onFailure: (report) => store(report),
 *   verify: { account: 'account-1234', url: 'https://shop.example.com/copernica/failures' },
 * });
 */
export function copernicaFailures(
  options: WebFailuresOptions | WebFailuresOptions['onFailure'],
  ...others: readonly undefined[]
): (request: Request) => Promise<Response> {
  const { onRefused, ...settings } = checkOptions<FailureContext<Request>, typeof WEB_CHECKS>(
    options,
    others,
    WEB_CHECKS,
  );
  const receive = createReceiver<FailureContext<Request>>({
    ...settings,
    async onFailure(report, context) {
      try {
        await settings.onFailure(report, context);
      } catch (reason) {
        throw new CallbackError(reason);
      }
    },
  });

  return async function failures(request) {
    const call = toCall(request.method, request.url, request.headers);
    try {
      await receive({
        request: call,
        readBody: () => readBody(request, settings.limit, call.headers['content-length']),
        contextOf: (variables) => ({ request, variables }),
      });
      return new Response('OK', { headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
    } catch (error) {
      if (error instanceof CallbackError) throw error.reason;
      if (!(error instanceof FailureReportError)) throw error;
      await onRefused?.(error, request);
      const { body, ...head } = answerTo(error);
      return new Response(body, head);
    }
  };
}

function checkOnRefused(onRefused: unknown): WebFailuresOptions['onRefused'] {
  demand(
    onRefused === undefined || typeof onRefused === 'function',
    'onRefused',
    'a function that takes an error',
  );
  return onRefused as WebFailuresOptions['onRefused'];
}

/** What `onFailure` has thrown; it can be a `FailureReportError` as well, of another receiver. */
class CallbackError {
  constructor(readonly reason: unknown) {}
}

/** Reads no more than the limit: what is left of a larger body is not asked for. */
async function readBody(request: Request, limit: number, declared?: string): Promise<Buffer> {
  if (request.bodyUsed || request.body?.locked) {
    throw bodyConsumed(
      'give copernicaFailures the request before anything reads it, or a clone of it',
    );
  }
  if (Number(declared) > limit) throw tooLarge();
  const bytes = await collect(request, limit);
  checkLength(bytes, declared);
  return bytes;
}

async function collect({ body }: Request, limit: number): Promise<Buffer> {
  const gathered = createGatherer(limit);
  const reader = body?.getReader();
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      if (gathered.add(toBytes(part.value))) continue;
      // Not waited for: where the request was cloned, it ends only when the clone is done with.
      reader?.cancel().catch(() => undefined);
      throw tooLarge();
    }
  } catch (cause) {
    throw cause instanceof FailureReportError ? cause : cutOff(cause);
  }
  return gathered.bytes();
}

/** A stream should give bytes; some libraries put texts or bare buffers into it. */
function toBytes(part: unknown): Buffer {
  const bytes = viewBytes(part);
  if (!bytes) throw new TypeError('The stream of the body does not give bytes');
  return bytes;
}
