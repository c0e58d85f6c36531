import { randomUUID } from 'node:crypto';
import { resolveTxt } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import type { VerifyOptions } from 'copernica-failures';
import { createTestSigner } from 'copernica-failures/testing';
import type { Database } from '../database/driver.js';
import type { Settings } from '../settings.js';
import { createReplayStore } from './replay-store.js';

/** Sends the body of a report to an endpoint and returns its answer. */
export type SendTest = (url: string, body: string) => Promise<Response>;

/**
 * Makes the verification that the settings ask for, and the function that sends the form's test reports
 * signed.
 *
 * This process makes a key for its own test reports. The private half never leaves the process; the endpoint
 * finds the public half under a name of its own. So test reports are verified like all other calls.
 */
export function createVerification(
  { COPERNICA_ACCOUNT, COPERNICA_URL, DESK_TEST_KEY }: Settings,
  database: Database,
): { verify?: VerifyOptions; sendTest: SendTest } {
  const [account] = COPERNICA_ACCOUNT ?? [];
  if (!COPERNICA_ACCOUNT || !account) return { sendTest: sendUnsigned };

  const keyId = `${randomUUID()}._domainkey.copernica.com`;
  const signer = createTestSigner({ account, keyId });
  return {
    verify: {
      account: COPERNICA_ACCOUNT,
      ...(COPERNICA_URL && { url: COPERNICA_URL }),
      replayStore: createReplayStore(database),
      async resolveTxt(name) {
        if (name === keyId) return signer.resolveTxt(name);
        return (DESK_TEST_KEY && (await readTestKey(DESK_TEST_KEY, name))) || resolveTxt(name);
      },
    },
    sendTest(url, body) {
      const { method, headers } = signer.sign(body, { url: COPERNICA_URL ?? url });
      return fetch(url, { method, headers, body });
    },
  };
}

function sendUnsigned(url: string, body: string): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams(body) });
}

/** TXT records by name, as `npm run send -- --signed` writes them. */
async function readTestKey(file: string, name: string): Promise<string[][] | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))[name];
  } catch {
    return undefined;
  }
}
