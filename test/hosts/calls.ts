import type { SignedTestRequest, TestSigner } from '../../lib/testing.js';

/** Sends a request and gives the status of the answer. */
export type Send = (request: Sent) => Promise<number>;
/** A signed request, or what a test has made of one. */
export type Sent = Omit<SignedTestRequest, 'method'> & { method: string };

/** What is sent of one kind, and what must come of it. */
export interface Kind {
  name: string;
  requests: (signer: TestSigner) => Sent[];
  /** The status of each answer. */
  statuses: readonly RegExp[];
  /** How often `onFailure` is run. */
  deliveries: number;
  /** Whether a proxy passes it on in chunks, without its length. HTTP/2 sends no length anyway. */
  proxied?: boolean;
}

/** The report of a kind, which its id tells. */
function reportOf(id: string) {
  return {
    id,
    recipient: 'jane@example.com',
    state: 'rcptto',
    code: 550,
    extended: '5.1.1',
    description: 'Boîte inconnue\r\n+ 100 %',
    tags: ['spring', '2026'],
  };
}

/** A report of a kind as `onFailure` must get it. */
export function deliveredAs(id: string) {
  return { ...reportOf(id), asynchronous: false, severity: 'permanent' };
}

export const KINDS: readonly Kind[] = [
  {
    name: 'signed',
    requests: (signer) => [signer.sign(reportOf('signed'))],
    statuses: [/^200$/],
    deliveries: 1,
  },
  {
    name: 'proxied',
    requests: (signer) => [signer.sign(reportOf('proxied'))],
    statuses: [/^200$/],
    deliveries: 1,
    proxied: true,
  },
  {
    name: 'unsigned',
    requests: (signer) => {
      const { headers, ...request } = signer.sign(reportOf('unsigned'));
      const { Signature, ...others } = headers;
      return [{ ...request, headers: others }];
    },
    statuses: [/^401$/],
    deliveries: 0,
  },
  {
    name: 'tampered',
    requests: (signer) => {
      const { body } = signer.sign(reportOf('tampered'));
      return [signer.sign(reportOf('tampered'), { body: body.replace('jane', 'john') })];
    },
    statuses: [/^401$/],
    deliveries: 0,
  },
  {
    name: 'invalid',
    requests: (signer) => [signer.sign({ ...reportOf('invalid'), recipient: '' })],
    statuses: [/^400$/],
    deliveries: 0,
  },
  {
    name: 'too large',
    requests: (signer) => [signer.sign({ ...reportOf('too large'), more: 'x'.repeat(200_000) })],
    statuses: [/^413$/],
    deliveries: 0,
  },
  {
    name: 'GET',
    requests: (signer) => [{ ...signer.sign(reportOf('GET')), method: 'GET', body: '' }],
    statuses: [/^40[45]$/],
    deliveries: 0,
  },
  {
    name: 'failing',
    requests: (signer) => twice(signer.sign(reportOf('failing'))),
    statuses: [/^[45]..$/, /^[45]..$/],
    deliveries: 2,
  },
  {
    name: 'replayed',
    requests: (signer) => twice(signer.sign(reportOf('replayed'))),
    statuses: [/^200$/, /^200$/],
    deliveries: 1,
  },
];

function twice<T>(request: T): T[] {
  return [request, request];
}

/** What an app prints when a report of a kind is saved starts with this. */
export function savedMark(id: string): string {
  return `saved {"id":"${id}"`;
}

/** The wrapper of a handler prints this once a call has ended: a status, or `error`. */
export const ENDED = /\[ended (\w+)\]/g;

/**
 * The `reports.ts` of the page, as the test has it: trusts one key, and tells what is saved. Its
 * global `ended` wraps a handler of any kind. It awaits the handler, then the end of the response.
 */
export function reportsModule(verify: object, records: string[][]): string {
  return `import type { FailureReport, VerifyOptions } from 'copernica-failures';

export const verify: VerifyOptions = {
  ...${JSON.stringify(verify)},
  resolveTxt: async () => ${JSON.stringify(records)},
};

export async function save(report: FailureReport): Promise<void> {
  console.log('saved ' + JSON.stringify(report));
  if (report.id === 'failing') throw new Error('The disk is full');
}

declare global {
  var ended: <Handler>(handler: Handler) => Handler;
}

globalThis.ended = (handler: any): any => async (...args: any[]) => {
  const res = args.find((arg) => arg?.writableEnded === false);
  const finished = res && new Promise((resolve) => res.once('finish', resolve));
  let status: unknown = 'error';
  try {
    const result = await handler(...args);
    const early = res?.writableEnded === false;
    await finished;
    status = (res ?? result).statusCode ?? result.status;
    // With next, the handler returns at once.
    if (early && status === 200 && args.length < 3) status = 'early';
    return result;
  } finally {
    console.log('[ended ' + status + ']');
  }
};
`;
}
