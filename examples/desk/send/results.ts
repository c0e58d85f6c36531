import Table from 'cli-table3';
import type { Options } from './options.js';

/** What has come of what was sent. */
export interface Tally {
  requests: number;
  acknowledged: number;
  retried: number;
  /** How often each status that is not 2xx was answered, and each way to get no answer. */
  refused: Map<string, number>;
  /** How long each answer took. */
  milliseconds: number[];
  /** Ids of the reports that were acknowledged. */
  ids: Set<string>;
  /** Reports that were given up. */
  lost: number;
}

/** The figures, as a table. */
export function toTable(tally: Tally, { retry }: Options, seconds: number): string {
  const table = new Table({ style: { border: [], head: [], compact: true } });
  table.push(
    { sent: tally.requests },
    { 'answered 2xx': tally.acknowledged },
    ...[...tally.refused].sort().map(([code, count]) => ({ [`refused ${code}`]: count })),
    ...(retry ? [{ retried: tally.retried }] : []),
    { 'reports acknowledged': tally.ids.size },
    { 'reports given up': tally.lost },
    ...latencies(tally.milliseconds),
    { 'answered 2xx per second': Math.round(tally.acknowledged / seconds) },
  );
  return table.toString();
}

function latencies(milliseconds: number[]): Record<string, string>[] {
  // Where nothing answered there is none.
  if (milliseconds.length === 0) return [];
  const sorted = milliseconds.sort((a, b) => a - b);
  return [50, 90, 99, 100].map((percentile) => {
    const index = Math.max(0, Math.ceil((percentile / 100) * sorted.length) - 1);
    return { [`latency p${percentile}`]: `${sorted[index]?.toFixed(1)} ms` };
  });
}

/** What to do where it went wrong in a way that has an obvious reason. */
export function toAdvice(
  { refused, acknowledged }: Tally,
  { urls, signed, key }: Options,
): string[] {
  const advice: string[] = [];
  if (refused.has('ECONNREFUSED') && acknowledged === 0) {
    const places = urls.map((url) => new URL(url).host).join(', ');
    advice.push(`Nothing listens at ${places}. Start the desk with: npm start`);
  }
  if (refused.has('EPROTO') || refused.has('ERR_SSL_WRONG_VERSION_NUMBER')) {
    advice.push(
      'EPROTO: what listens there does not speak TLS. Send to http:// instead of https://',
    );
  }
  if (refused.has('ENOTFOUND') || refused.has('EAI_AGAIN')) {
    const hosts = urls.map((url) => new URL(url).hostname).join(', ');
    advice.push(`No address is known for ${hosts}. Is the name right?`);
  }
  if ((refused.has('403') || refused.has('404')) && acknowledged === 0) {
    advice.push('403 or 404: is the path right? The endpoint of a desk is /copernica/failures');
  }
  if (refused.has('401') && !signed) {
    advice.push(
      '401: the receiver takes signed calls only. Sign them for its account: npm run send -- --signed <account>',
      `It must know the key that signs: start the desk with DESK_TEST_KEY=${key}`,
    );
  } else if (refused.has('401')) {
    advice.push(
      `401: the receiver does not take the signature. It must be for the account in COPERNICA_ACCOUNT, and the desk must know the key: start it with DESK_TEST_KEY=${key}`,
      'Where COPERNICA_URL is set, sign for that address: --signed-url <url>',
    );
  }
  if (refused.has('401')) {
    advice.push(
      'In an app of your own: --signed must be verify.account, --signed-url must be verify.url, --key must be the file in TEST_KEY (docs/testing.md)',
    );
  }
  return advice;
}
