// nats-worker.mjs
import { connection, stream } from './nats-stream.mjs';
import { database, save } from './save.mjs';

const consumer = await stream.consumers.get('failures', 'store');
const messages = await consumer.consume({ max_messages: 20 });
process.once('SIGTERM', () => messages.close());
console.log('Waiting for jobs');

for await (const message of messages) {
  save(message.json()).then(
    () => message.ack(),
    (error) => {
      console.error('Tried again later:', error.message);
      message.nak(10_000);
    },
  );
}
await connection.drain();
await database.end();
