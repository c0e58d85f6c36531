// rabbitmq-worker.mjs
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from 'rabbitmq-client';
import { queue } from './rabbitmq-queue.mjs';
import { database, save } from './save.mjs';

const connection = new Connection({ url: process.env.RABBITMQ_URL, retryHigh: 2000 });
connection.on('error', ({ message }) => console.error(message));
const consumer = connection.createConsumer(
  { queue: queue.queue, queueOptions: queue, qos: { prefetchCount: 20 } },
  // The message is acknowledged once this resolves. If it rejects, the message is delivered again.
  async ({ body }) => {
    try {
      await save(body);
    } catch (error) {
      await sleep(10_000);
      throw error;
    }
  },
);
consumer.on('error', ({ message }) => console.error('Will be tried again:', message));

console.log('Waiting for jobs');
process.once('SIGTERM', async () => {
  await consumer.close();
  await connection.close();
  await database.end();
});
