import querystring from 'node:querystring';

// What a person types or brings in a file, as opposed to recipients of reports, which stay as they are.

const QUOTED = /"[^"]*"/g;
const ONE_ADDRESS = /^[^\s,;<>@]+@[^\s,;<>@"']+$/;

/** The address in `Jane <jane@example.com>` or `mailto:jane@example.com`; other texts as they are. */
export function meantAddress(given: string): string {
  const text = given.trim();
  const [, name = '', bracketed = text] = /^([^<>]*)<([^<>]*)>$/.exec(text) ?? [];
  const [, linked] = /^mailto:([^?]*)/i.exec(bracketed.trim()) ?? [];
  const address = linked === undefined ? bracketed.trim() : querystring.unescape(linked);
  // Which of two is meant, nobody can tell.
  const named = name.replace(QUOTED, '').trim();
  return named.includes('@') && named !== address ? text : address;
}

/** Why a text is not one address. */
export function problemOf(address: string): string | undefined {
  if (!address.includes('@')) return 'An address has an @';
  const unquoted = address.replace(QUOTED, 'quoted');
  if (ONE_ADDRESS.test(unquoted)) return undefined;
  if (unquoted.split('@').length > 2) return 'That is more than one address';
  return 'An address is like jane@example.com: something on both sides of the @, without white space, comma, semicolon or angle bracket';
}
