/** PostgreSQL's texts hold every character but NUL, so that one is kept as the symbol for it. */
export function visibleNul(text: string): string {
  return text.replaceAll('\0', '\u2400');
}

/** The same for what a statement is given, whatever a visitor has put into it. */
export function withoutNul(parameter: unknown): unknown {
  if (typeof parameter === 'string') return visibleNul(parameter);
  return Array.isArray(parameter) ? parameter.map(withoutNul) : parameter;
}
