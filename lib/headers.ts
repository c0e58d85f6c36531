import { parseEndpoint } from './signature/endpoint.js';

/**
 * The headers of a request as a server has them, in any letter case: an object of texts, lists or
 * numbers (Node.js, a Lambda event), a Web `Headers`, or `[name, value]` pairs.
 */
export type RequestHeaders =
  | Readonly<Record<string, string | number | readonly string[] | undefined>>
  | Iterable<readonly [name: string, value: string]>
  // TypeScript 5.0 does not take a literal list of pairs for an Iterable.
  | readonly (readonly [name: string, value: string])[];

/** Names and values in turn, as in `req.rawHeaders`; some hosts put numbers or nothing there. */
export type RawHeaders = readonly unknown[];

/** Gives headers the form of `req.rawHeaders`. A list stands for a header that was sent repeatedly. */
export function toRawHeaders(headers: RequestHeaders): RawHeaders {
  if (Symbol.iterator in headers) return [...headers].flat();
  return Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().flatMap((sent) => [name, sent]),
  );
}

/** Gives a header's name or value as text, and an empty one if it cannot become text. */
export function toText(value: unknown): string {
  try {
    return String(value);
  } catch {
    return '';
  }
}

/** Headers by lower-case name, in texts; those sent repeatedly are joined by commas (RFC 9110, 5.3). */
function joinHeaders(raw: RawHeaders): Record<string, string> {
  const joined: Record<string, string> = Object.create(null);
  for (let i = 0; i < raw.length; i += 2) {
    const [name, value] = [toText(raw[i]).toLowerCase(), raw[i + 1]];
    if (value === undefined || value === null) continue;
    joined[name] = name in joined ? `${joined[name]}, ${toText(value)}` : toText(value);
  }
  return joined;
}

/** Gives a request, whose `url` is a request target or a whole address, the form of Node's requests. */
export function toCall(method: string, url: string, headers?: RequestHeaders | null) {
  const rawHeaders = toRawHeaders(Object(headers ?? {}));
  const address = toText(url);
  const { host, target } = parseEndpoint(address) ?? { target: address };
  return {
    method,
    url: target,
    headers: joinHeaders(rawHeaders),
    // Where there is no Host, the address has it, as a request of HTTP/2 has it.
    rawHeaders: host ? [...rawHeaders, ':authority', host] : rawHeaders,
  };
}
