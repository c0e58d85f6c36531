import type { FailureCategory, FailureReport } from 'copernica-failures';

/**
 * The address that must not be mailed again after this report, if there is one.
 *
 * That is the rule to adapt to one's own mailings: here an address goes when the receiving side said
 * for good that it does not exist. A full mailbox, a spam verdict, or a sender's own fault says
 * nothing against the address.
 */
export function addressToSuppress(
  { recipient, severity }: FailureReport,
  category: FailureCategory,
): string | undefined {
  if (severity !== 'permanent' || category !== 'invalid-address') return undefined;
  const address = normaliseAddress(recipient);
  return address && address.length <= LONGEST ? address : undefined;
}

/** What is longer than any address (64 + 1 + 255) is in no mailing list. */
export const LONGEST = 320;

/** What a file or a page would lose or break at: control characters and what separates lines. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are meant
export const CONTROLS = /[\0-\x1f\x7f-\x9f\u2028\u2029]/g;

/**
 * The form in which addresses are compared. A domain is the same in upper and lower case; what
 * stands before the `@` need not be (RFC 5321, section 2.4), so it stays as it is. A malformed
 * address stays as it is too, since that is how it stands in the mailing list, but for control
 * characters: each becomes the symbol for it or, where there is none, U+FFFD.
 */
export function normaliseAddress(recipient: string): string {
  return recipient
    .trim()
    .replace(CONTROLS, symbolFor)
    .replace(/@[^@]*$/, (domain) => domain.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()));
}

function symbolFor(control: string): string {
  if (control < ' ') return String.fromCharCode(0x2400 + control.charCodeAt(0));
  return control === '\x7f' ? '\u2421' : '\ufffd';
}
