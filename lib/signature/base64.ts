/** Decodes base64 (RFC 4648, section 4). Returns `undefined` if it is not canonical. */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  // Buffer.from skips invalid characters, so compare with the canonical encoding.
  return bytes.toString('base64') === text ? bytes : undefined;
}
