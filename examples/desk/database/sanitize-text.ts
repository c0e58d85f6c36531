/**
 * PostgreSQL's texts hold every character but NUL, so that one is kept as the symbol for it. Half a
 * surrogate pair is none: it is kept as U+FFFD.
 */
function kept(text: string): string {
  return text.replaceAll('\0', '\u2400').replace(/\p{Surrogate}/gu, '\ufffd');
}

/** The same for what a statement is given, whatever a visitor has put into it. */
export function withoutNul(parameter: unknown): unknown {
  if (typeof parameter === 'string') return kept(parameter);
  return Array.isArray(parameter) ? parameter.map(withoutNul) : parameter;
}

/** The same for JSON.stringify. Names are texts too: whoever sends a variable chooses its name. */
export function storable(_name: string, value: unknown): unknown {
  if (typeof value === 'string') return kept(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [kept(name), item]));
}
