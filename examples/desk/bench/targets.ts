/** What the desk promises, as ratios of figures from one run. */
export interface Figures {
  /** Milliseconds of each question, at the smallest and at the largest size. */
  questions: Record<string, { small: number; large: number }>;
  /** Reports committed per second. */
  ingest: { small: number; large: number; withPages: number };
  endToEnd: { desk: number; plain: number };
}

/** What takes less counts as this much, in milliseconds: below it lies chance. */
const LEAST = 5;

/** Each target in words, and whether it was met. */
export function judge({ questions, ingest, endToEnd }: Figures): [target: string, met: boolean][] {
  const slower = Object.entries(questions).filter(
    ([, { small, large }]) => Math.max(large, LEAST) > 2 * Math.max(small, LEAST),
  );
  const names = slower.map(([name]) => name).join('; ');
  const times = (a: number, b: number) => `${(a / b).toFixed(2)} times`;
  return [
    [
      `each question at most 2 times its time at the smallest size${names && `: not ${names}`}`,
      slower.length === 0,
    ],
    [
      `ingest at least 0.8 times that at the smallest size: ${times(ingest.large, ingest.small)}`,
      ingest.large >= 0.8 * ingest.small,
    ],
    [
      `ten open pages take away at most a tenth: ${times(ingest.withPages, ingest.large)}`,
      ingest.withPages >= 0.9 * ingest.large,
    ],
    [
      `durable reports through HTTP at least 2 times the plainest app: ${times(endToEnd.desk, endToEnd.plain)}`,
      endToEnd.desk >= 2 * endToEnd.plain,
    ],
  ];
}
