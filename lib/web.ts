import {
  bodyConsumedError,
  bodyTooLargeError,
  bodyTruncatedError,
  checkLength,
  toBuffer,
} from './body.js';
import { toErrorResponse } from './error-response.js';
import { FailureReportError } from './errors.js';
import { normalizeRequest } from './headers.js';
import { assertOption, type CommonOptions, checkOptions } from './options.js';
import { createCallProcessor, type FailureContext } from './receiver.js';

/** The options of `copernicaFailures` from `copernica-failures/web`. */
export interface WebFailuresOptions extends CommonOptions<FailureContext<Request>> {
  /** Called and awaited with each error of this package before it is answered, to log it. */
  onRefused?: ((error: FailureReportError, request: Request) => unknown) | undefined;
}

/**
 * Makes the handler that receives Copernica's failure reports on servers that take a Web `Request`
 * and return a `Response`: Next.js, Hono, SvelteKit, Bun, Deno, Cloudflare Workers.
 *
 * A valid report is answered 200 once `onFailure` is done with it, all else with the status of its
 * `FailureReportError` and, as JSON, `{ code, message, problems? }`. What `onFailure` throws is
 * thrown on, for the framework's own error handling.
 *
 * @param options the options, or `onFailure` alone
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
  const settings = checkOptions<FailureContext<Request>>(options, others, ['onRefused']);
  const { onRefused } = typeof options === 'function' ? {} : options;
  assertOption('onRefused', onRefused === undefined || typeof onRefused === 'function');
  const processCall = createCallProcessor<FailureContext<Request>>({
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
    const normalized = normalizeRequest(request.method, request.url, request.headers);
    try {
      await processCall({
        request: normalized,
        readBody: () => readWebBody(request, settings.limit, normalized.headers['content-length']),
        toContext: (variables) => ({ request, variables }),
      });
      return new Response('OK', { headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
    } catch (error) {
      if (error instanceof CallbackError) throw error.reason;
      if (!(error instanceof FailureReportError)) throw error;
      await onRefused?.(error, request);
      const { body, ...init } = toErrorResponse(error);
      return new Response(body, init);
    }
  };
}

/** Wraps what `onFailure` has thrown, which can be a `FailureReportError` of another receiver. */
class CallbackError {
  constructor(readonly reason: unknown) {}
}

async function readWebBody(request: Request, limit: number, declared?: string): Promise<Buffer> {
  if (request.bodyUsed || request.body?.locked) throw bodyConsumedError();
  if (Number(declared) > limit) throw bodyTooLargeError();
  const bytes = await readWebStream(request, limit);
  checkLength(bytes.length, declared);
  return bytes;
}

/** Reads no further than the limit. Copies the parts together, since many small ones take far more memory. */
async function readWebStream({ body }: Request, limit: number): Promise<Buffer> {
  let buffer = Buffer.alloc(0);
  let length = 0;
  if (!body) return buffer;
  const reader = body.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      // Some libraries write texts or bare buffers into the stream.
      const bytes = toBuffer(part.value);
      if (!bytes) throw new TypeError('The stream of the body does not give bytes');
      const end = length + bytes.length;
      if (end > limit) {
        // Not awaited: the stream of a cloned request is cancelled only once the clone is read, too.
        reader.cancel().catch(() => undefined);
        throw bodyTooLargeError();
      }
      if (end > buffer.length) {
        const added = Math.min(limit, Math.max(end, 2 * length)) - buffer.length;
        buffer = Buffer.concat([buffer, Buffer.allocUnsafe(added)]);
      }
      buffer.set(bytes, length);
      length = end;
    }
  } catch (cause) {
    throw cause instanceof FailureReportError ? cause : bodyTruncatedError(cause);
  }
  return buffer.subarray(0, length);
}
