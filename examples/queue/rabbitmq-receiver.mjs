// rabbitmq-receiver.mjs
import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { Connection } from 'rabbitmq-client';
import { toKey } from './key.mjs';
import { listen } from './listen.mjs';
import { queue } from './rabbitmq-queue.mjs';

const connection = new Connection({ url: process.env.RABBITMQ_URL, retryHigh: 2000 });
connection.on('error', ({ message }) => console.error(message));
const publisher = connection.createPublisher({ confirm: true, queues: [queue] });

// If the queue is gone, RabbitMQ returns a message, and confirms it all the same.
const returned = new Set();
publisher.on('basic.return', ({ correlationId }) => returned.add(correlationId));

listen(async (report) => {
  const correlationId = randomUUID();
  const envelope = { routingKey: queue.queue, durable: true, mandatory: true, correlationId };
  await publisher.send({ ...envelope, messageId: toKey(report) }, report);
  // The client emits a return in the next turn of the event loop.
  await setImmediate();
  if (returned.delete(correlationId)) throw new Error('The queue is gone: restart a worker');
});
