/**
 * PostgreSQL cannot store NUL, so it becomes its symbol. Half a surrogate pair is no character and becomes
 * U+FFFD.
 */
function sanitize(text: string): string {
  return text.replaceAll('\0', '\u2400').replace(/\p{Surrogate}/gu, '\ufffd');
}

/** Sanitizes a parameter of a statement: a visitor may have put anything into it. */
export function sanitizeParameter(parameter: unknown): unknown {
  if (typeof parameter === 'string') return sanitize(parameter);
  return Array.isArray(parameter) ? parameter.map(sanitizeParameter) : parameter;
}

/** Replacer for JSON.stringify that sanitizes values and names: the sender chooses both. */
export function sanitizeJson(_name: string, value: unknown): unknown {
  if (typeof value === 'string') return sanitize(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [sanitize(name), item]));
}
