/** Decodes base64 (RFC 4648, section 4), or gives `undefined` where it is not canonical. */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  // Buffer.from ignores what is foreign or left over; encoding again shows it.
  return bytes.toString('base64') === text ? bytes : undefined;
}
