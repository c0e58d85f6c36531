// @ts-check
import { html, nothing } from '/lit-html/lit-html.js';

/** Characters that are not seen, or that turn the others round. Two join letters in many languages. */
const UNSEEN = /(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** A text with all its lines broken alike. @param {string} text */
export const inLines = (text) => text.replace(/\r\n?/g, '\n');

/** A text that came from outside with nothing hidden in it. @param {string} text */
export function visible(text) {
  return inLines(text).replace(UNSEEN, (character) => {
    const code = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
    return `[U+${code}]`;
  });
}

/**
 * An address as it stands in the list of suppressions, which is in one line: a control character is
 * the symbol for it.
 *
 * @param {string} address
 */
export function inOneLine(address) {
  return address.trim().replace(/[\p{Cc}\u2028\u2029]/gu, (control) => {
    if (control < ' ') return String.fromCharCode(0x2400 + control.charCodeAt(0));
    return control === '\x7f' ? '\u2421' : '\ufffd';
  });
}

/** What a field holds, as it was before `visible` made it fit to be seen there. @param {unknown} text */
export function asMeant(text) {
  return String(text ?? '')
    .trim()
    .replace(/\[U\+([0-9A-F]{4,5})\]/g, (_, code) =>
      String.fromCodePoint(Number.parseInt(code, 16)),
    );
}

/**
 * A text that came from outside, kept from turning round what stands beside it.
 *
 * @param {string | null | undefined} text
 * @param {string} placeholder what stands there for a blank one
 */
export function outside(text, placeholder = '(blank)') {
  if (!text?.trim()) return html`<span class="muted">${placeholder}</span>`;
  return html`<bdi>${visible(text)}</bdi>`;
}

/** How the filter is written for addresses without a domain: it is in none. */
export const NO_DOMAIN = '@';

/** A receiving domain, or that there is none. @param {string} domain */
export const domainWords = (domain) =>
  outside(domain === NO_DOMAIN ? '' : domain, '(no domain in the address)');

/** The beginning of a text: at most some lines, and not too much of each. @param {string} text */
export function beginning(text, lines = 3, characters = 300) {
  const first = text.trim().split('\n').slice(0, lines).join('\n').slice(0, characters);
  return first.length < text.trim().length ? `${first.trimEnd()} …` : first;
}

/** A word for people and, smaller, the term of the protocol. @param {string} word @param {string} term */
export function worded(word, term) {
  return html`${word || nothing} <span class="term">${outside(term)}</span>`;
}

/** Where a number is taken for milliseconds: in seconds, it would be after the year 5000. */
const MILLISECONDS = 1e11;
const LAST_YEAR = Date.UTC(9999, 11, 31);

/**
 * @param {string | number} date ISO 8601, or Unix time in seconds; what is none of them stays as it is
 * @param {'short' | 'medium'} timeStyle without seconds or with them
 */
export function moment(date, timeStyle = 'short') {
  const seconds = typeof date === 'number' && Math.abs(date) < MILLISECONDS;
  const told = new Date(seconds ? date * 1000 : date);
  if (!(Math.abs(told.getTime()) < LAST_YEAR)) return outside(String(date));
  return html`<time class="muted" datetime=${told.toISOString()}
    >${told.toLocaleString([], { dateStyle: 'medium', timeStyle })}</time
  >`;
}

/** @param {number} since in milliseconds, as of Date.now() */
export function ago(since) {
  const seconds = Math.max(0, Math.round((Date.now() - since) / 1000));
  if (seconds < 5) return 'just now';
  if (seconds < 60) return `${seconds - (seconds % 5)} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  return `${Math.floor(seconds / 3600)} h ago`;
}

/** What a field must hold in which something has to be said. */
export const NOT_BLANK = '.*\\S.*';

/** @param {number} count */
export const number = (count) => count.toLocaleString();

/** A count and what is counted: "1 report", "1,200 reports". @param {number} count @param {string} what */
export const counted = (count, what) => `${number(count)} ${count === 1 ? what : several(what)}`;

/** @param {string} what */
export const several = (what) => (what.endsWith('s') ? `${what}es` : `${what}s`);

/** @param {number} part @param {number} whole */
export function share(part, whole) {
  const percent = whole ? (100 * part) / whole : 0;
  return part && percent < 1 ? '<1 %' : `${Math.round(percent)} %`;
}
