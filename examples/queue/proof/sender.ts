import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestSigner } from 'copernica-failures/testing';
import { post } from '../../desk/send/client.js';
import { encodeReport, pickSample } from '../../desk/send/samples.js';

const CONCURRENCY = 48;
const RETRY_DELAY_MS = 50;
const GIVE_UP_MS = 120_000;
/** One call in so many sends a report again. */
const CALLS_PER_REPEAT = 20;

interface Report {
  id: string;
  body: string;
}

/** Sends made-up reports until each is acknowledged, as a careful sender does. */
export interface Sender {
  /** Sends so many calls, a twentieth of them with a report that was sent before. */
  send(calls: number): Promise<void>;
  /** The bodies of the reports that were acknowledged, by their ids. */
  acknowledged: ReadonlyMap<string, string>;
  /** How many calls have got this answer: a status or the code of an error. */
  answers: ReadonlyMap<string, number>;
}

export function createSender(urls: readonly string[], signer: TestSigner): Sender {
  const sent: Report[] = [];
  const acknowledged = new Map<string, string>();
  const answers = new Map<string, number>();
  let calls = 0;

  function next(): Report {
    const repeated = sent[Math.floor(Math.random() * sent.length)];
    if (repeated && Math.random() < 1 / CALLS_PER_REPEAT) return repeated;
    const id = randomUUID();
    const recipient = `customer-${id.slice(0, 8)}@example.com`;
    const sample = pickSample(Math.random());
    const body = encodeReport(sample, { id, recipient, tags: ['newsletter'], time: new Date() });
    const report = { id, body };
    sent.push(report);
    return report;
  }

  async function deliver({ id, body }: Report): Promise<void> {
    for (const start = Date.now(); Date.now() - start < GIVE_UP_MS; await sleep(RETRY_DELAY_MS)) {
      const url = urls[calls++ % urls.length] as string;
      const { headers } = signer.sign(body);
      const answer = await post({ url, headers, body }).catch((error) => error.code ?? error.name);
      answers.set(String(answer), (answers.get(String(answer)) ?? 0) + 1);
      if (answer !== 200) continue;
      acknowledged.set(id, body);
      return;
    }
    throw new Error(`A report was not acknowledged within ${GIVE_UP_MS / 1000} seconds`);
  }

  async function send(count: number): Promise<void> {
    let left = count;
    const lane = async () => {
      while (left-- > 0) await deliver(next());
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, lane));
  }
  return { send, acknowledged, answers };
}
