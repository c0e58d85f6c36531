import assert from 'node:assert/strict';
import { Ajv } from 'ajv';
import { type FailureReport, FailureReportError, failureReportSchema } from 'copernica-failures';
import { createTestSigner } from 'copernica-failures/testing';
import fc from 'fast-check';
import { nestVariables, parseBody } from '../../lib/payload.js';
import { toReport } from '../../lib/report.js';
import { createVerifier } from '../../lib/signature/verify.js';
import { bodies, flatBodies, repetitions, reports } from './bodies.js';
import { CLASSIFICATION } from './classification.js';
import type { Property } from './property.js';
import { startServer } from './server.js';
import { signedParts, tamper, tamperings, toSentRequest } from './signed-requests.js';

const FORM = 'application/x-www-form-urlencoded';
const ACCOUNT = 'account-1234';
/** Far more than any input takes, even on a busy machine. */
const TOO_LONG = 1000;

/** The same inputs each time: a run that fails tells of a change. `npm run fuzz` tries others, and more. */
export const FIXED_RUN = { numRuns: 300, seed: 20_261_124 };

/** Properties of the package that must hold for any input. */
export const PROPERTIES: Property[] = [
  {
    title: 'a body is delivered once or refused once, and what is delivered is a report',
    async check(settings) {
      const server = await startServer({ limit: 200 });
      const types = fc.constantFrom(FORM, FORM, FORM, `${FORM}; charset=iso-8859-1`, 'text/plain');
      const posted = fc.asyncProperty(bodies, types, async (body, type) => {
        const headers: [string, string][] = [
          ['Host', 'localhost'],
          ['Content-Type', type],
        ];
        const { status, report } = await server.post({ path: '/', headers, body });
        assert.ok([200, 400, 413, 415].includes(status), `answered ${status}`);
        if (report) assertReport(report);
      });
      await fc.assert(posted, settings).finally(server.stop);
    },
  },

  {
    title: 'a signed request is delivered after a change only if what was signed is unchanged',
    async check(settings) {
      const signer = createTestSigner({ account: ACCOUNT });
      const verify = { account: ACCOUNT, resolveTxt: signer.resolveTxt };
      const server = await startServer({ verify });
      const posted = fc.asyncProperty(reports, tamperings, async (variables, ways) => {
        const signed = toSentRequest(signer.sign(variables));
        const sent = tamper(signed, ways);
        const { status, report } = await server.post(sent);
        assert.ok([200, 400, 401, 415].includes(status), `answered ${status}`);
        if (report) {
          assertReport(report);
          assert.deepEqual(signedParts(sent), signedParts(signed));
        }
      });
      await fc.assert(posted, settings).finally(server.stop);
    },
  },

  {
    title: 'the verifier throws nothing but FailureReportError, and soon',
    async check(settings) {
      const signer = createTestSigner({ account: ACCOUNT });
      const verify = createVerifier({
        accounts: new Set([ACCOUNT]),
        toleranceMs: 300_000,
        resolveTxt: signer.resolveTxt,
      });
      const signed = toSentRequest(signer.sign({ id: '1' }));
      const names = fc.oneof(fc.constantFrom(...signed.headers.map(([name]) => name)), fc.string());
      const header = fc.tuple(names, fc.string({ unit: 'binary' }));
      const strange = fc
        .array(header, { maxLength: 10 })
        .map((headers) => ({ ...signed, headers }));
      const requests = fc.oneof(
        strange,
        tamperings.map((ways) => tamper(signed, ways)),
      );
      const judged = fc.asyncProperty(requests, async ({ path, headers, body }) => {
        const start = performance.now();
        const request = { method: 'POST', url: path, headers: {}, rawHeaders: headers.flat() };
        await verify(request, Buffer.from(body)).catch((error) => {
          assert.ok(error instanceof FailureReportError, String(error));
        });
        assert.ok(performance.now() - start < TOO_LONG);
      });
      await fc.assert(judged, settings);
    },
  },

  {
    title: 'flat bodies in ASCII are read as URLSearchParams reads them',
    check(settings) {
      const read = fc.property(flatBodies, (body) => {
        const expected = new Map<string, unknown>();
        const params = new URLSearchParams(body);
        for (const name of params.keys()) {
          const values = params.getAll(name);
          expected.set(name, values.length > 1 ? values : values[0]);
        }
        assert.deepEqual(new Map(Object.entries(parseBody(Buffer.from(body), 'utf-8'))), expected);
      });
      fc.assert(read, settings);
    },
  },

  {
    title: 'variables that are nested already stay as they are',
    check(settings) {
      const nested = fc.property(bodies, (body) => {
        const variables = unlessRefused(() => parseBody(body, 'utf-8')) ?? {};
        // A name such as `[[]]` has brackets that qs takes for a part of it.
        fc.pre(!Object.keys(variables).some((name) => name.includes('[')));
        assert.deepEqual(nestVariables(structuredClone(variables)), variables);
      });
      fc.assert(nested, settings);
    },
  },

  {
    title: 'a report comes out as it was sent',
    check(settings) {
      const sent = fc.property(reports, ({ tags, ...texts }) => {
        const body = new URLSearchParams(tags.map((tag): [string, string] => ['tags[]', tag]));
        const present = Object.entries(texts).filter(([, text]) => text !== undefined);
        for (const [name, text = ''] of present) body.append(name, text);
        const report = toReport(parseBody(Buffer.from(body.toString()), 'utf-8'));
        const { asynchronous, severity, tags: received, ...rest } = report;
        const asTexts = Object.entries(rest).map(([name, value]) => [name, String(value)]);
        assert.deepEqual(new Map(asTexts as [string, string][]), new Map(present));
        assert.deepEqual(received, tags);
      });
      fc.assert(sent, settings);
    },
  },

  {
    title: '100 kB of anything repeated are read soon',
    check({ numRuns, seed }) {
      const read = fc.property(repetitions, (body) => {
        const start = performance.now();
        unlessRefused(() => toReport(parseBody(body, 'utf-8')));
        assert.ok(performance.now() - start < TOO_LONG);
      });
      fc.assert(read, { numRuns: Math.ceil(numRuns / 10), seed });
    },
  },

  ...CLASSIFICATION,
];

const isValid = new Ajv().compile(failureReportSchema);

function assertReport(report: FailureReport): void {
  const { asynchronous, severity, ...sent } = report;
  assert.ok(isValid(sent), 'satisfies the schema');
  assert.equal(asynchronous, report.state === 'bounce');
  assert.ok(['permanent', 'temporary', 'unknown'].includes(severity));
  assert.ok(Object.keys(sent).every((name) => name in failureReportSchema.properties));
  assert.ok(Object.values(sent).every((value) => value !== undefined && value !== ''));
}

/** The outcome, or `undefined` where it was refused as it should be. */
function unlessRefused<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof FailureReportError) return undefined;
    throw error;
  }
}
