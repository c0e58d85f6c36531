import { Buffer } from 'node:buffer';
import process from 'node:process';
import { bodyConsumed, checkLength, copyBytes, viewBytes } from './body.js';
import { FailureReportError } from './errors.js';
import { type RequestHeaders, toCall } from './headers.js';
import { checkMediaType } from './media-type.js';
import { checkOptions, type ReceiverOptions, type Settings } from './options.js';
import { nestVariables, parseBody, type Variables } from './payload.js';
import { toReport } from './report.js';
import { createReplayGuard } from './signature/replay.js';
import { createVerifier, type SignedRequest } from './signature/verify.js';

/** What a door makes of a request; each part is asked for when its turn comes. */
interface Call<Context> {
  request: SignedRequest & Parameters<typeof checkMediaType>[0];
  /** Gives the bytes as sent, a Buffer, or what a parser upstream has made of them. */
  readBody: () => object | Promise<object>;
  /** Makes what `onFailure` gets besides the report. */
  contextOf: (variables: Variables) => Context;
}

/**
 * Makes the function that does all the work for one call, by whatever door it came in. It resolves
 * when 200 may be given.
 */
export function createReceiver<Context>({ onFailure, verify }: Settings<Context>) {
  if (!verify) warnUnverified();
  const authenticate = verify && createVerifier(verify);
  const deliverOnce = verify && createReplayGuard(verify.nonces);

  /** @throws FailureReportError, and what `onFailure` throws */
  return async function receive({ request, readBody, contextOf }: Call<Context>): Promise<void> {
    if (request.method !== 'POST') throw methodUnsupported();
    const declared = checkMediaType(request);
    const body = await readBody();
    const bytes = Buffer.isBuffer(body) ? body : undefined;
    if (authenticate && !bytes) throw bodyConsumed();
    const authentic = bytes && (await authenticate?.(request, bytes));
    // What nobody signed must not change how the bytes are read.
    const charset = authentic?.names.includes('content-type') === false ? 'utf-8' : declared;
    const variables = bytes ? parseBody(bytes, charset) : nestVariables(body);
    const context = contextOf(variables);
    const report = toReport(variables);
    const deliver = async () => void (await onFailure(report, context));
    await (authentic && deliverOnce ? deliverOnce(authentic, deliver) : deliver());
  };
}

/** A request as it came in, wherever it was kept since. */
export interface FailureRequest {
  /** `POST`; any other is refused. */
  method: string;
  /** The request target, `/copernica/failures?x=1`, or the whole address. */
  url: string;
  /** A plain object, a Web `Headers`, or `[name, value]` pairs; names in any letter case. */
  headers: RequestHeaders;
  /** The bytes as sent, or text, which is taken for UTF-8; `null` or nothing for an empty body. */
  body?: string | Uint8Array | ArrayBuffer | null | undefined;
}

/** What `onFailure` gets besides the report. */
export interface FailureContext<Request = FailureRequest> {
  /** The request the report came in. */
  request: Request;
  /** All variables that were sent, documented or not, nested: `variables.fields.city`. */
  variables: Record<string, unknown>;
}

/** The options of `createFailureReceiver`. */
export type FailureReceiverOptions = ReceiverOptions<FailureContext>;

/**
 * Makes a function that receives Copernica's failure reports where there is no server to mount a
 * handler on: from a queue, an AWS Lambda event, anything that has the bytes and headers of a request.
 *
 * It resolves when the call may be acknowledged with 200. It rejects with a `FailureReportError`, or
 * with what `onFailure` throws.
 *
 * @param options the options; `onFailure` alone stands for `{ onFailure }`
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
  const receive = createReceiver(settings);

  return async function receiveRequest(request) {
    const call = toCall(request.method, request.url, request.headers);
    await receive({
      request: call,
      readBody() {
        const bytes = copyBytes(toBytes(request.body), settings.limit);
        checkLength(bytes, call.headers['content-length']);
        return bytes;
      },
      contextOf: (variables) => ({ request, variables }),
    });
  };
}

function toBytes(body: FailureRequest['body'] = ''): Buffer {
  if (body === null) return Buffer.alloc(0);
  const bytes = viewBytes(body);
  if (!bytes) throw bodyConsumed('give the body as bytes or text, as it was sent');
  return bytes;
}

function methodUnsupported(): FailureReportError {
  return new FailureReportError(
    'COPERNICA_METHOD_UNSUPPORTED',
    'The method must be POST: Copernica only posts, so look at what sent it',
  );
}

let warned = false;

function warnUnverified(): void {
  if (warned || process.env.NODE_ENV !== 'production') return;
  warned = true;
  process.emitWarning('Failure reports are accepted from anyone: set the option verify', {
    code: 'COPERNICA_UNVERIFIED',
  });
}
