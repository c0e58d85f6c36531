const MINUTE = 60_000;

/**
 * Remembers calls for as long as they can be replayed. Those that expire in the same minute are kept,
 * and forgotten, together: to forget costs nothing however many there are.
 *
 * @param now the clock, in milliseconds since 1970
 * @param most how many are remembered at a time; past that, those of the oldest minute are forgotten
 */
export function createMemory(now: () => number, most = 1_000_000) {
  const minutes = new Map<number, Map<string, number>>();
  let size = 0;

  /** Tells whether a call that expires then is remembered. */
  function has(id: string, expires: number): boolean {
    return (minutes.get(minuteOf(expires))?.get(id) ?? Number.NEGATIVE_INFINITY) >= now();
  }

  function add(id: string, expires: number): void {
    const minute = minuteOf(expires);
    if (!minutes.has(minute)) forgetBefore(minuteOf(now()));
    if (size >= most) forget(Math.min(...minutes.keys()));
    const times = minutes.get(minute) ?? new Map<string, number>();
    if (!times.has(id)) size++;
    minutes.set(minute, times.set(id, Math.max(expires, now())));
  }

  function forgetBefore(current: number): void {
    for (const minute of minutes.keys()) if (minute < current) forget(minute);
  }

  function forget(minute: number): void {
    size -= minutes.get(minute)?.size ?? 0;
    minutes.delete(minute);
  }

  return { has, add, size: () => size };
}

function minuteOf(time: number): number {
  return Math.floor(time / MINUTE);
}
