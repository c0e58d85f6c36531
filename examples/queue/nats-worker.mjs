// nats-worker.mjs
import { connection, stream } from './nats-stream.mjs';
import { database, save } from './save.mjs';

const consumer = await stream.consumers.get('failures', 'store');
const messages = await consumer.consume();
process.once('SIGTERM', () => messages.close());
console.log('Waiting for jobs');

const pending = new Set();
for await (const message of messages) {
  const job = store(message).finally(() => pending.delete(job));
  pending.add(job);
}
await Promise.all(pending);
await connection.drain();
await database.end();

async function store(message) {
  try {
    await save(message.json());
    message.ack();
  } catch (error) {
    console.error('Will be tried again:', error.message);
    message.nak(10_000);
  }
}
