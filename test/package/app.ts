// An app in TypeScript on every type that the package exports. Its tests copy it into apps of their
// own and compile it there: it fails to compile if a type is not as promised.
import { createServer, type IncomingMessage } from 'node:http';
import {
  type CopernicaFailuresOptions,
  type classifyFailure,
  copernicaFailures,
  createFailureReceiver,
  type explainFailure,
  type FailureCategory,
  type FailureContext,
  type FailureExplanation,
  type FailureReceiverOptions,
  type FailureReport,
  FailureReportError,
  type FailureReportErrorCode,
  type FailureRequest,
  type FailureSeverity,
  type failureReportSchema,
  type ReplayStore,
  type ReportProblem,
  type RequestHeaders,
  type VerifyOptions,
} from 'copernica-failures';
import {
  createTestSigner,
  type SignedTestRequest,
  type SignOverrides,
  type TestSigner,
  type TestSignerOptions,
} from 'copernica-failures/testing';
import { type WebFailuresOptions, copernicaFailures as webFailures } from 'copernica-failures/web';
import express, { type Request as ExpressRequest } from 'express';

type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/** Compiles if its type parameter is true. */
export const holds = <_ extends true>() => undefined;

// The request of Express, by annotation.
async function store(report: FailureReport, req: ExpressRequest): Promise<void> {
  await Promise.all([report.id, req.ip, req.originalUrl]);
}
const annotated = copernicaFailures({ onFailure: store });
const inline = copernicaFailures({
  onFailure(report, req: ExpressRequest) {
    holds<Same<typeof report, FailureReport>>();
    return req.ip;
  },
});
const alone = copernicaFailures(store);
const declared: CopernicaFailuresOptions<ExpressRequest> = {
  onFailure: (report, req) => [report.id, req.ip],
};

// The request of node:http, without annotation.
const plain = copernicaFailures({
  onFailure({ tags }, req) {
    holds<typeof req extends IncomingMessage ? true : false>();
    holds<Same<(typeof req)['body'], unknown>>();
    // @ts-expect-error: there is nothing of Express
    return [tags, req.ip];
  },
});

// Every place that takes a handler, without a cast.
const app = express();
for (const handler of [annotated, inline, alone, plain, copernicaFailures(declared)]) {
  app.use(handler).use('/failures', handler).all('/failures', handler);
  app.post('/failures', handler).post('/failures', express.json(), handler);
  app.use(express.Router().use(handler).post('/failures', handler));
  express.Router().route('/failures').post(handler);
  createServer((req, res) => void handler(req, res));
}

// Every optional option as undefined.
const nothing = undefined;
const verify: VerifyOptions = {
  account: ['account-1'],
  url: nothing,
  tolerance: nothing,
  resolveTxt: nothing,
  replayStore: nothing,
};
copernicaFailures({ onFailure: store, limit: nothing, verify });
copernicaFailures({ onFailure: store, verify: nothing });
createFailureReceiver({ onFailure: () => nothing, limit: nothing, verify });
createFailureReceiver({ onFailure: () => nothing, verify: nothing });
webFailures({ onFailure: () => nothing, limit: nothing, verify, onRefused: nothing });
webFailures({ onFailure: () => nothing, verify: nothing });
const signing: TestSignerOptions = { account: 'account-1', url: nothing, keyId: nothing };
const signer: TestSigner = createTestSigner(signing);
const overrides = { date: nothing, account: nothing, url: nothing, body: nothing };
const signed: SignedTestRequest = signer.sign({ id: '1' }, overrides satisfies SignOverrides);
const bytes: SignedTestRequest<Uint8Array> = signer.sign(new Uint8Array(), overrides);
signer.sign('id=1', nothing);

// @ts-expect-error: onFailure is required
copernicaFailures({});
// @ts-expect-error: there is no such option
copernicaFailures({ onFailure: store, limits: 1 });
const mistaken = (_report: FailureReport, req: string) => req;
// @ts-expect-error: the second parameter is a request
copernicaFailures({ onFailure: mistaken });

// The other types.
holds<Same<FailureReport['code'], number | undefined>>();
holds<Same<FailureReport['severity'], FailureSeverity>>();
holds<Same<FailureReportError['code'], FailureReportErrorCode>>();
holds<Same<FailureReportError['problems'], ReportProblem[] | undefined>>();
holds<Same<(typeof failureReportSchema)['required'][0], 'id'>>();
holds<Same<ReturnType<typeof classifyFailure>, FailureCategory>>();
holds<Same<ReturnType<typeof explainFailure>, FailureExplanation>>();
holds<Same<Parameters<FailureReceiverOptions['onFailure']>[1], FailureContext>>();
const receive: (request: FailureRequest) => Promise<void> = createFailureReceiver({
  onFailure: () => nothing,
  verify: { account: 'account-1', replayStore: new Map() satisfies ReplayStore },
});
const web: (request: Request) => Promise<Response> = webFailures({
  onFailure: ({ id }, { request, variables }) => [id, request.url, variables.fields],
  onRefused: ({ code }, request) => [code, request.headers],
} satisfies WebFailuresOptions);
const headers: RequestHeaders[] = [
  { Host: ['a'], 'Content-Length': 1 },
  new Headers(),
  [['Host', 'a']],
];

export { bytes, FailureReportError, headers, receive, signed, web };
