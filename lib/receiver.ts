import process from 'node:process';
import { bodyConsumedError, checkLength, copyWithinLimit, toBuffer } from './body.js';
import { createError } from './errors.js';
import { type NormalizedRequest, normalizeRequest, type RequestHeaders } from './headers.js';
import { checkMediaType } from './media-type.js';
import { type CommonOptions, checkOptions, type Settings } from './options.js';
import { nestVariables, parseBody, type Variables } from './payload.js';
import { toReport } from './report.js';
import { createReplayGuard } from './signature/replay.js';
import { createVerifier } from './signature/verify.js';

/** A call, as each entry point (Express, Web, receiver) passes it to the common code. */
interface Call<Context> {
  request: NormalizedRequest;
  /** Reads the bytes as sent. Returns the variables instead if only a parser upstream has them. */
  readBody: () => Buffer | Promise<Buffer> | Variables;
  /** Makes the second argument of `onFailure`. */
  toContext: (variables: Variables) => Context;
}

/** Makes the function that does all the work for one call. It resolves when 200 may be answered. */
export function createCallProcessor<Context>({ onFailure, verify }: Settings<Context>) {
  if (!verify) warnUnverified();
  const authenticate = verify && createVerifier(verify);
  const deliverOnce = verify && createReplayGuard(verify.replayStore);

  return async function processCall({
    request,
    readBody,
    toContext,
  }: Call<Context>): Promise<void> {
    if (request.method !== 'POST') {
      throw createError('COPERNICA_METHOD_UNSUPPORTED', 'The method must be POST');
    }
    const declaredCharset = checkMediaType(request);
    const body = await readBody();
    const bytes = Buffer.isBuffer(body) ? body : undefined;
    if (authenticate && !bytes) throw bodyConsumedError();
    const signature = bytes && (await authenticate?.(request, bytes));
    // Anyone could have changed an unsigned Content-Type.
    const isTypeUnsigned = signature?.names.includes('content-type') === false;
    const charset = isTypeUnsigned ? 'utf-8' : declaredCharset;
    const variables = bytes ? parseBody(bytes, charset) : nestVariables(body);
    // First, so that error handlers find the variables of an invalid report on `req.body`.
    const context = toContext(variables);
    const report = toReport(variables);
    const deliver = () => onFailure(report, context);
    await (signature && deliverOnce ? deliverOnce(signature, deliver) : deliver());
  };
}

/** A request from any source. */
export interface FailureRequest {
  /** `POST`; any other method is refused. */
  method: string;
  /** The request target, such as `/copernica/failures?x=1`, or the absolute URL. */
  url: string;
  /** A plain object, a Web `Headers`, or `[name, value]` pairs; names in any letter case. */
  headers: RequestHeaders;
  /** The bytes as sent, or text, which becomes UTF-8; `null` or `undefined` for an empty body. */
  body?: string | Uint8Array | ArrayBuffer | null | undefined;
}

/** The second argument of `onFailure`. */
export interface FailureContext<R = FailureRequest> {
  /** The request with the report. */
  request: R;
  /** All variables that were sent, documented or not, nested: `variables.fields.city`. */
  variables: Record<string, unknown>;
}

/** The options of `createFailureReceiver`. */
export type FailureReceiverOptions = CommonOptions<FailureContext>;

/**
 * Makes a function that receives Copernica's failure reports without a server to mount a handler on:
 * from a queue, an AWS Lambda event, anything that has the bytes and headers of a request.
 *
 * It resolves when 200 may be answered, and rejects with a `FailureReportError` or with what `onFailure`
 * throws.
 *
 * @param options the options, or `onFailure` alone
 * @throws TypeError if an option is unknown, missing or unusable
 * @example
 * const receive = createFailureReceiver({
 *   onFailure: (report, { variables }) => store(report, variables),
 *   verify: { account: 'account-1234', url: 'https://shop.example.com/copernica/failures' },
 * });
 * await receive({ method: 'POST', url: '/copernica/failures', headers, body });
 */
export function createFailureReceiver(
  options: FailureReceiverOptions | FailureReceiverOptions['onFailure'],
  ...others: readonly undefined[]
): (request: FailureRequest) => Promise<void> {
  const settings = checkOptions(options, others);
  const processCall = createCallProcessor(settings);

  return async function receiveRequest(request) {
    const normalized = normalizeRequest(request.method, request.url, request.headers);
    await processCall({
      request: normalized,
      readBody() {
        const bytes = toBuffer(request.body ?? '');
        if (!bytes) throw bodyConsumedError();
        const copy = copyWithinLimit(bytes, settings.limit);
        checkLength(copy.length, normalized.headers['content-length']);
        return copy;
      },
      toContext: (variables) => ({ request, variables }),
    });
  };
}

let warned = false;

function warnUnverified(): void {
  if (warned || process.env.NODE_ENV !== 'production') return;
  warned = true;
  process.emitWarning('Anyone can post failure reports: set the option verify', {
    code: 'COPERNICA_UNVERIFIED',
  });
}
