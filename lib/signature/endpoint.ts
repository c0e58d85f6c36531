/** Where Copernica sends its calls, as it signs them. */
export interface Endpoint {
  host: string;
  /** Path with query. */
  target: string;
}

const HTTP_URL = /^(?:http:\/\/([^/?#@\\]+?)(?::80)?|https:\/\/([^/?#@\\]+?)(?::443)?)([/?].*)?$/i;

/**
 * Splits an http(s) URL without changing its spelling, because that is what is signed: `URL` would
 * change letter case, dots and a lone `?`. Only a default port is removed, as clients omit it from
 * `Host` (RFC 9110, sections 4.2.3 and 7.2).
 *
 * @returns `undefined` for anything but an http(s) URL in ASCII without user name and fragment
 */
export function parseEndpoint(url: string): Endpoint | undefined {
  const [, http, https, rest = '/'] = HTTP_URL.exec(url) ?? [];
  const host = http ?? https;
  // Visible ASCII without `#`.
  if (!host || !/^[\x21\x22\x24-\x7e]+$/.test(url) || !URL.canParse(url)) return undefined;
  return { host, target: rest.startsWith('?') ? `/${rest}` : rest };
}
