import type { Endpoint } from './signing-string.js';

const HTTP_ADDRESS =
  /^(?:http:\/\/([^/?#@\\]+?)(?::80)?|https:\/\/([^/?#@\\]+?)(?::443)?)([/?].*)?$/i;

/**
 * Takes an http(s) address apart as it is written, since that is what is signed: `URL` would change
 * letter case, dots and a lone `?`. Only a default port is left out, as clients leave it out of `Host`
 * (RFC 9110, sections 4.2.3 and 7.2).
 *
 * @returns `undefined` for anything else than an http(s) address in ASCII, without user name and `#`
 */
export function parseEndpoint(address: string): Endpoint | undefined {
  const [, http, https, rest = '/'] = HTTP_ADDRESS.exec(address) ?? [];
  const host = http ?? https;
  if (!host || !/^[\x21\x22\x24-\x7e]+$/.test(address) || !URL.canParse(address)) return undefined;
  return { host, target: rest.startsWith('?') ? `/${rest}` : rest };
}
