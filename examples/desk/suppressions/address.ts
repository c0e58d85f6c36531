import querystring from 'node:querystring';
import type { FailureCategory, FailureReport } from 'copernica-failures';

/** Limit of RFC 5321, section 4.5.3.1, in characters: 64 before the `@`, 255 after it. */
export const MAX_ADDRESS_LENGTH = 320;
const MAX_DOMAIN_LENGTH = 253;

/**
 * The address that must not be mailed again after this report, if there is one.
 *
 * Adapt this rule to your own mailings. Here, an address is suppressed if the receiver says for good that it
 * does not exist. A full mailbox, a spam verdict or a fault of the sender does not suppress it.
 */
export function addressToSuppress(
  { recipient, severity }: FailureReport,
  category: FailureCategory,
): string | undefined {
  if (severity !== 'permanent' || category !== 'invalid-address') return undefined;
  const address = normalizeAddress(recipient);
  return canSuppress(address) ? address : undefined;
}

/** True if an address can be on the list: it is not empty and not too long. */
export function canSuppress(address: string): boolean {
  return address.length > 0 && address.length <= MAX_ADDRESS_LENGTH;
}

/** Control characters and line separators: in a file or a page, they would be lost or break lines. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it matches control characters on purpose
export const CONTROLS = /[\0-\x1f\x7f-\x9f\u2028\u2029]/g;

/**
 * The form in which addresses are stored and compared. The domain is in lower case. The part before the
 * `@` keeps its capitals, since they can matter (RFC 5321, section 2.4). Each control character becomes
 * the symbol for it or U+FFFD.
 */
export function normalizeAddress(recipient: string): string {
  return recipient
    .trim()
    .replace(CONTROLS, symbolFor)
    .replace(/@[^@]*$/, lowerCase);
}

/** The receiving domain of an address in lower case; empty if there is none. */
export function domainOf(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 0 ? '' : lowerCase(address.slice(at + 1).trim()).slice(0, MAX_DOMAIN_LENGTH);
}

/** Changes ASCII letters only: a domain has no others, and some languages have rules of their own. */
export const lowerCase = (text: string) =>
  text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

function symbolFor(control: string): string {
  if (control < ' ') return String.fromCharCode(0x2400 + control.charCodeAt(0));
  return control === '\x7f' ? '\u2421' : '\ufffd';
}

const QUOTED = /"[^"]*"/g;
const ONE_ADDRESS = /^[^\s,;<>@]+@[^\s,;<>@"']+$/;

/**
 * Finds the address in a text that a person typed or imported, such as `Jane <jane@example.com>` or
 * `mailto:jane@example.com`. Other texts stay as they are. Not used for recipients of reports.
 */
export function parseAddress(input: string): string {
  const text = input.trim();
  const [, name = '', bracketed = text] = /^([^<>]*)<([^<>]*)>$/.exec(text) ?? [];
  const [, linked] = /^mailto:([^?]*)/i.exec(bracketed.trim()) ?? [];
  const address = linked === undefined ? bracketed.trim() : querystring.unescape(linked);
  // If the name is another address, it is unclear which of the two is meant.
  const unquotedName = name.replace(QUOTED, '').trim();
  return unquotedName.includes('@') && unquotedName !== address ? text : address;
}

/** Says why a text is not one address; undefined if it is one. */
export function addressProblem(address: string): string | undefined {
  if (!address.includes('@')) return 'An address has an @';
  const unquoted = address.replace(QUOTED, 'quoted');
  if (ONE_ADDRESS.test(unquoted)) return undefined;
  if (unquoted.split('@').length > 2) return 'That is more than one address';
  return 'An address is like jane@example.com: something on both sides of the @, without white space, comma, semicolon or angle bracket';
}
