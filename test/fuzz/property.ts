/** A property that must hold for any input. */
export interface Property {
  title: string;
  check: (settings: { numRuns: number; seed: number }) => Promise<void> | void;
}
