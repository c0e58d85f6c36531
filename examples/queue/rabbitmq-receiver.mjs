// rabbitmq-receiver.mjs
import { Connection } from 'rabbitmq-client';
import { toKey } from './key.mjs';
import { listen } from './listen.mjs';
import { queue } from './rabbitmq-queue.mjs';

const connection = new Connection({ url: process.env.RABBITMQ_URL, retryHigh: 2000 });
connection.on('error', ({ message }) => console.error(message));
const publisher = connection.createPublisher({ confirm: true, queues: [queue] });

listen((report) =>
  publisher.send({ routingKey: queue.queue, durable: true, messageId: toKey(report) }, report),
);
