/** Milliseconds of the fastest of several runs: the one that nothing else got in the way of. */
export function fastest(run: () => unknown, runs = 20): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    run();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}
