// rabbitmq-queue.mjs
/** The queue, as receivers and workers declare it. */
export const queue = /** @type {const} */ ({
  queue: 'failures',
  durable: true,
  arguments: {
    // A message is confirmed once most of the nodes have it on disk.
    'x-queue-type': 'quorum',
    // RabbitMQ 4 would drop a message after 20 tries.
    'x-delivery-limit': 1_000_000_000,
  },
});
