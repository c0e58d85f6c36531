const MINUTE = 60_000;

/**
 * Remembers calls for as long as they can be replayed, and not longer: once a minute the room of those
 * that are over is given back. A call takes about 110 bytes.
 *
 * @param now the clock, in milliseconds since 1970
 * @param most how many are remembered; past that, the oldest tenth is forgotten
 */
export function createMemory(now: () => number, most = 1_000_000) {
  const forgetAt = new Map<string, number>();
  let nextSweep = now() + MINUTE;

  function has(id: string): boolean {
    return (forgetAt.get(id) ?? Number.NEGATIVE_INFINITY) >= now();
  }

  function add(id: string, expires: number): void {
    forgetAt.set(id, Math.max(expires, now()));
    // Now and then rather than each time: to walk to the front of a Map is not free.
    if (now() >= nextSweep || forgetAt.size > most) sweep();
  }

  /** Entries stand in the order they were added, which is nearly that in which they expire. */
  function sweep(): void {
    nextSweep = now() + MINUTE;
    const room = forgetAt.size > most ? Math.floor(most * 0.9) : most;
    for (const [id, time] of forgetAt) {
      if (time >= now() && forgetAt.size <= room) break;
      forgetAt.delete(id);
    }
  }

  return { has, add, size: () => forgetAt.size };
}
