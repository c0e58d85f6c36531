import Table from 'cli-table3';
import type { Options } from './options.js';

/** The outcome of all requests. */
export interface Results {
  requests: number;
  acknowledged: number;
  retried: number;
  /** How often each other status was answered, and how often each error occurred. */
  refused: Map<string, number>;
  /** Milliseconds until each answer. */
  latencies: number[];
  /** Ids of the reports that were acknowledged. */
  acknowledgedIds: Set<string>;
  /** How many reports were never acknowledged. */
  givenUp: number;
}

/** The results as a table. */
export function toTable(results: Results, { retry }: Options, seconds: number): string {
  const table = new Table({ style: { border: [], head: [], compact: true } });
  table.push(
    { sent: results.requests },
    { 'answered 2xx': results.acknowledged },
    ...[...results.refused].sort().map(([code, count]) => ({ [`refused ${code}`]: count })),
    ...(retry ? [{ retried: results.retried }] : []),
    { 'reports acknowledged': results.acknowledgedIds.size },
    { 'reports given up': results.givenUp },
    ...percentiles(results.latencies),
    { 'answered 2xx per second': Math.round(results.acknowledged / seconds) },
  );
  return table.toString();
}

function percentiles(latencies: number[]): Record<string, string>[] {
  if (latencies.length === 0) return [];
  const sorted = latencies.sort((a, b) => a - b);
  return [50, 90, 99, 100].map((percentile) => {
    const index = Math.max(0, Math.ceil((percentile / 100) * sorted.length) - 1);
    return { [`latency p${percentile}`]: `${sorted[index]?.toFixed(1)} ms` };
  });
}

/** Advice about failures with an obvious reason. */
export function toAdvice(
  { refused, acknowledged }: Results,
  { urls, signed, key }: Options,
): string[] {
  const had = (...codes: string[]) => codes.some((code) => refused.has(code));
  const advice: string[] = [];
  if (had('ECONNREFUSED') && acknowledged === 0) {
    const places = urls.map((url) => new URL(url).host).join(', ');
    advice.push(`Nothing listens at ${places}. Start your app, or the desk: npm start`);
  }
  if (had('EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER')) {
    advice.push('EPROTO: that server does not use TLS. Send to http:// instead of https://');
  }
  if (had('ENOTFOUND', 'EAI_AGAIN')) {
    const hosts = urls.map((url) => new URL(url).hostname).join(', ');
    advice.push(`The address of ${hosts} cannot be found. Is the name right?`);
  }
  if (had('403', '404') && acknowledged === 0) {
    advice.push('403 or 404: is the path right? The endpoint of a desk is /copernica/failures');
  }
  if (!had('401')) return advice;
  if (signed) {
    advice.push(
      `401: the receiver refuses the signature. Sign for the account in COPERNICA_ACCOUNT, and start the desk with DESK_TEST_KEY=${key}`,
      'If COPERNICA_URL is set, sign for that address: --signed-url <url>',
    );
  } else {
    advice.push(
      '401: the receiver accepts signed calls only. Sign for its account: npm run send -- --signed <account>',
      `It must know the public key: start the desk with DESK_TEST_KEY=${key}`,
    );
  }
  advice.push(
    'In your own app, --signed must be verify.account, --signed-url must be verify.url, and --key must be the file in TEST_KEY (docs/testing.md)',
  );
  return advice;
}
