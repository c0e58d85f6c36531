// Loaded into a desk before it starts: tells, when asked, what the process holds.

/** What a process holds once what can go is gone. */
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
// Asking must not keep the desk from its end.
process.channel?.unref();
