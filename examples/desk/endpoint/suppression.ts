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
  return severity === 'permanent' && category === 'invalid-address'
    ? normaliseAddress(recipient)
    : undefined;
}

/**
 * The form in which addresses are compared. A domain is the same in upper and lower case; what
 * stands before the `@` need not be (RFC 5321, section 2.4), so it stays as it is. A malformed
 * address stays as it is too: that is how it stands in the mailing list.
 *
 * @returns undefined for what is longer than any address (64 + 1 + 255) and so in no list
 */
function normaliseAddress(recipient: string): string | undefined {
  const address = recipient.trim();
  if (address.length > 320) return undefined;
  return address.replace(/@[^@]*$/, (domain) => domain.toLowerCase());
}
