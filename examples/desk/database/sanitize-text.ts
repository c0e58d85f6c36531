/**
 * PostgreSQL's texts hold every character but NUL, which becomes the symbol for it. Half a surrogate pair
 * is no character: it becomes U+FFFD.
 */
function sanitize(text: string): string {
  return text.replaceAll('\0', '\u2400').replace(/\p{Surrogate}/gu, '\ufffd');
}

/** Sanitizes the parameters of a statement: a visitor may have put anything into them. */
export function withoutNul(parameter: unknown): unknown {
  if (typeof parameter === 'string') return sanitize(parameter);
  return Array.isArray(parameter) ? parameter.map(withoutNul) : parameter;
}

/** The same as a replacer for JSON.stringify. Names are sanitized too: the sender chooses them. */
export function storable(_name: string, value: unknown): unknown {
  if (typeof value === 'string') return sanitize(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [sanitize(name), item]));
}
