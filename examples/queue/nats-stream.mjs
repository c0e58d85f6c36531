// nats-stream.mjs
import { AckPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, nanos } from '@nats-io/transport-node';

export const connection = await connect({
  servers: process.env.NATS_URL,
  maxReconnectAttempts: -1,
  reconnectTimeWait: 500,
});

const manager = await jetstreamManager(connection);
// An operator may have changed a stream that exists, so it is left as it is.
await manager.streams.info('failures').catch(() =>
  manager.streams.add({
    name: 'failures',
    subjects: ['failures'],
    storage: 'file',
    num_replicas: 1,
    // A message is deleted once a worker has acknowledged it.
    retention: 'workqueue',
    // If it is full, the stream refuses new messages. By default, it would drop old ones.
    max_bytes: 1_000_000_000,
    discard: 'new',
    // NATS knows a key for an hour, and drops a report that comes again.
    duplicate_window: nanos(3_600_000),
  }),
);
await manager.consumers.add('failures', {
  durable_name: 'store',
  ack_policy: AckPolicy.Explicit,
  // A worker must store a report within this time. Otherwise another worker gets it.
  ack_wait: nanos(10_000),
  // The limit of unfinished messages, for all workers together.
  max_ack_pending: 100,
  max_deliver: -1,
});
export const stream = jetstream(connection);
