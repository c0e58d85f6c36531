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

/** Makes JSON of a value, and sanitizes texts and names in it: the sender chooses both. */
export function toStorableJson(value: unknown): string {
  const json = JSON.stringify(value);
  // JSON escapes what must be sanitized, and hardly any report has an escape.
  return json.includes('\\u') ? JSON.stringify(value, sanitizeEntry) : json;
}

function sanitizeEntry(_name: string, value: unknown): unknown {
  if (typeof value === 'string') return sanitize(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [sanitize(name), item]));
}
