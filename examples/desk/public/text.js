import { html, nothing } from '/lit-html/lit-html.js';

/** Invisible characters, and those that reverse text, without the two that join letters: they are harmless. */
const INVISIBLE = /(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** Shows invisible characters by their code, and all line breaks alike. @param {string} text */
export function visible(text) {
  return text.replace(/\r\n?/g, '\n').replace(INVISIBLE, (character) => {
    const code = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
    return `[U+${code}]`;
  });
}

/** The text of a form field, in which `visible` may have replaced characters. @param {unknown} value */
export function unescapeVisible(value) {
  return String(value ?? '')
    .trim()
    .replace(/\[U\+([0-9A-F]{4,5})\]/g, (_, code) =>
      String.fromCodePoint(Number.parseInt(code, 16)),
    );
}

/**
 * Shows a text from outside, so that it cannot reverse the text around it.
 *
 * @param {string | null | undefined} text
 * @param {string} placeholder for a blank text
 */
export function untrusted(text, placeholder = '(blank)') {
  if (!text?.trim()) return html`<span class="muted">${placeholder}</span>`;
  return html`<bdi>${visible(text)}</bdi>`;
}

/** The value of the domain filter for addresses without a domain: no domain has this name. */
export const NO_DOMAIN = '@';

/** @param {string} domain */
export const domainLabel = (domain) =>
  untrusted(domain === NO_DOMAIN ? '' : domain, '(no domain in the address)');

/** Plain words and, smaller, the term of the protocol. @param {string} words @param {string} term */
export function withTerm(words, term) {
  return html`${words || nothing} <span class="term">${untrusted(term)}</span>`;
}

/** From this number on, a time is in milliseconds: in seconds, it would be after the year 5000. */
const FIRST_MILLISECONDS = 1e11;
const LAST_TIME = Date.UTC(9999, 11, 31);

/**
 * A date and time in the reader's language and time zone.
 *
 * @param {string | number} value ISO 8601, or Unix time in seconds; anything else stays as it is
 * @param {'short' | 'medium'} timeStyle without or with seconds
 */
export function dateTime(value, timeStyle = 'short') {
  const isSeconds = typeof value === 'number' && Math.abs(value) < FIRST_MILLISECONDS;
  const date = new Date(isSeconds ? value * 1000 : value);
  if (!(Math.abs(date.getTime()) < LAST_TIME)) return untrusted(String(value));
  return html`<time class="muted" datetime=${date.toISOString()}
    >${date.toLocaleString([], { dateStyle: 'medium', timeStyle })}</time
  >`;
}

/** @param {number} time as of Date.now() */
export function ago(time) {
  const seconds = Math.max(0, Math.round((Date.now() - time) / 1000));
  if (seconds < 5) return 'just now';
  if (seconds < 60) return `${seconds - (seconds % 5)} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  return `${Math.floor(seconds / 3600)} h ago`;
}

/** @param {number} count */
export const number = (count) => count.toLocaleString();

/** "1 report", "1,200 reports", "2 addresses". @param {number} count @param {string} noun */
export function quantity(count, noun) {
  const ending = noun.endsWith('s') ? 'es' : 's';
  return `${number(count)} ${noun}${count === 1 ? '' : ending}`;
}

/** @param {number} part @param {number} whole */
export function share(part, whole) {
  const percent = whole ? (100 * part) / whole : 0;
  return part && percent < 1 ? '<1 %' : `${Math.round(percent)} %`;
}
