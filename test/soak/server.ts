// The server under load, in a process of its own, started by soak.ts with --expose-gc.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { copernicaFailures, FailureReportError } from 'copernica-failures';
import express, { type NextFunction, type Request, type Response } from 'express';

/** What has happened so far. */
export interface Tally {
  delivered: number;
  /** Reports that were handed over more than once. */
  repeated: number;
  /** Errors by their code. */
  refused: Record<string, number>;
  /** Used after a collection, in bytes. */
  heap: number;
}

const SLOW = 50;

let delivered = 0;
let repeated = 0;
const refused: Record<string, number> = {};
const timesSeen = new Uint8Array(Number(process.argv[2]));

const app = express();
app.use(
  '/copernica/failures',
  copernicaFailures({
    async onFailure({ id, tags }) {
      delivered++;
      const before = timesSeen[Number(id)] ?? 0;
      timesSeen[Number(id)] = before + 1;
      if (before > 0) repeated++;
      if (tags.includes('slow')) await sleep(SLOW);
    },
  }),
);
app.use((error: unknown, _req: Request, res: Response, _next: NextFunction) => {
  const { code, status } =
    error instanceof FailureReportError ? error : { code: 'other', status: 500 };
  refused[code] = (refused[code] ?? 0) + 1;
  res.sendStatus(status);
});

const server = createServer(app);
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));

process.on('message', async (message) => {
  if (message === 'tally') {
    // What a finished call leaves to be done is done by the second collection.
    for (let i = 0; i < 2; i++) {
      await sleep(2 * SLOW);
      globalThis.gc?.();
    }
    const { heapUsed: heap } = process.memoryUsage();
    process.send?.({ delivered, repeated, refused, heap } satisfies Tally);
  } else {
    // From here on the process must end by itself.
    server.close();
    process.disconnect();
  }
});
