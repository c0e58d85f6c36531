// redis-replays.mjs
import { createKeyv } from '@keyv/redis';

const connection = {
  url: process.env.REDIS_URL,
  // While Redis is down, a question fails at once instead of waiting in memory.
  disableOfflineQueue: true,
  commandsQueueMaxLength: 1000,
  // If a connection is silent for four seconds, it is replaced. Pings keep it from that.
  pingInterval: 1000,
  socket: { connectTimeout: 4000, socketTimeout: 4000, reconnectStrategy: 1000 },
};
// By default, an error would mean that the call is new.
export const sharedStore = createKeyv(connection, { namespace: 'replays', throwOnErrors: true });
// Twice the tolerance and a minute.
sharedStore.ttl = 660_000;
sharedStore.on('error', ({ message, code }) => console.error(message || code));
sharedStore.store.client.connect();
