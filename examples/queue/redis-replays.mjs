// redis-replays.mjs
import { createKeyv } from '@keyv/redis';

const connection = {
  url: process.env.REDIS_URL,
  // While Redis is down, commands fail at once. They do not wait in memory.
  disableOfflineQueue: true,
  commandsQueueMaxLength: 1000,
  // Replaces a connection that is silent for four seconds. Pings keep a healthy one busy.
  pingInterval: 1000,
  socket: { connectTimeout: 4000, socketTimeout: 4000, reconnectStrategy: 1000 },
};
// Without throwOnErrors, Keyv hides errors, and a replay counts as new.
export const sharedStore = createKeyv(connection, { namespace: 'replays', throwOnErrors: true });
// Twice the tolerance and a minute.
sharedStore.ttl = 660_000;
sharedStore.on('error', ({ message, code }) => console.error(message || code));
sharedStore.store.client.connect();
