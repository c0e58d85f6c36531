// One contender in a process of its own: server.ts FILE, started by contender.ts.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { countDelivered } from './application.js';

export interface Usage {
  /** CPU time used so far, in microseconds. */
  cpu: number;
  /** In bytes. */
  memory: number;
  /** Reports handed over so far. */
  delivered: number;
}

const { default: listener } = await import(`./contenders/${process.argv[2]}.ts`);
const server = createServer(listener);

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  const memory = process.memoryUsage.rss();
  process.send?.({ cpu: user + system, memory, delivered: countDelivered() } satisfies Usage);
});
process.on('disconnect', () => process.exit());

server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
