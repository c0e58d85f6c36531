// Loaded into a desk before it starts: reports the memory and resources of the process on request.

/** The memory and resources of a process after a garbage collection. */
export interface Vitals {
  /** Bytes. */
  heap: number;
  /** Sockets, timers and the like that keep a process alive. */
  resources: number;
}

process.on('message', () => {
  globalThis.gc?.();
  const resources = process.getActiveResourcesInfo().length;
  process.send?.({ heap: process.memoryUsage().heapUsed, resources } satisfies Vitals);
});
// Waiting for requests must not keep the process alive.
process.channel?.unref();
