import type { IncomingHttpHeaders } from 'node:http';
import { parseEndpoint } from './signature/endpoint.js';

/**
 * The headers of a request as a server has them, in any letter case: an object of texts, lists or
 * numbers (Node.js, a Lambda event), a Web `Headers`, or `[name, value]` pairs.
 */
export type RequestHeaders =
  | Readonly<Record<string, string | number | readonly string[] | undefined>>
  | Iterable<readonly [name: string, value: string]>
  // TypeScript 5.0 does not accept a literal list of pairs as an Iterable.
  | readonly (readonly [name: string, value: string])[];

/** A request of any server, in the form of `node:http`'s requests. */
export interface NormalizedRequest {
  method?: string | undefined;
  /** The request target. */
  url?: string | undefined;
  /** The whole `url`, if a router has cut it. */
  originalUrl?: string;
  headers: IncomingHttpHeaders;
  /** Keeps duplicate headers apart, which `headers` joins. Serverless hosts may omit it. */
  rawHeaders?: RawHeaders;
}

/** Names and values in turn, as in `req.rawHeaders`. Some hosts put numbers or `undefined` there. */
export type RawHeaders = readonly unknown[];

/** Converts a request, whose `url` is a request target or an absolute URL. */
export function normalizeRequest(
  method: string,
  url: string,
  headers?: RequestHeaders | null,
): NormalizedRequest {
  const rawHeaders = toRawHeaders(Object(headers ?? {}));
  const address = toText(url);
  const { host, target } = parseEndpoint(address) ?? { target: address };
  return {
    method,
    url: target,
    headers: joinHeaders(rawHeaders),
    // If there is no Host, `:authority` counts, as in HTTP/2.
    rawHeaders: host ? [...rawHeaders, ':authority', host] : rawHeaders,
  };
}

/** Converts headers to the form of `req.rawHeaders`. A list becomes a header sent several times. */
export function toRawHeaders(headers: RequestHeaders): RawHeaders {
  if (Symbol.iterator in headers) return [...headers].flat();
  return Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().flatMap((sent) => [name, sent]),
  );
}

/** Some hosts pass values that cannot become text. */
function toText(value: unknown): string {
  try {
    return String(value);
  } catch {
    return '';
  }
}

/** Lists the headers that have a value, each by its lower-case name. */
export function toPairs(raw: RawHeaders): [name: string, value: string][] {
  const pairs: [string, string][] = [];
  for (let i = 0; i < raw.length; i += 2) {
    const [name, value] = [raw[i], raw[i + 1]];
    if (value === undefined || value === null) continue;
    pairs.push([toText(name).toLowerCase(), toText(value)]);
  }
  return pairs;
}

/** Joins duplicates by commas (RFC 9110, section 5.3). */
function joinHeaders(raw: RawHeaders): Record<string, string> {
  const joined: Record<string, string> = Object.create(null);
  for (const [name, value] of toPairs(raw)) {
    joined[name] = name in joined ? `${joined[name]}, ${value}` : value;
  }
  return joined;
}
