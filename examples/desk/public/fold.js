// @ts-check
import { html } from '/lit-html/lit-html.js';
import { goTo, href, pages } from './address.js';

/** Where a screen is narrow, what is long is folded up, so that the rest can be reached. */
export const phone = matchMedia('(max-width: 40rem)');

/**
 * A part of the page that is folded up until it is opened, on a narrow screen only.
 *
 * @param {string} name
 * @param {unknown} title
 * @param {unknown} content
 */
export function fold(name, title, content) {
  return phone.matches ? folded(name, title, content) : html`${title} ${content}`;
}

/**
 * A part of the page that is folded up until it is opened.
 *
 * @param {string} name
 * @param {unknown} title
 * @param {unknown} content
 */
export function folded(name, title, content) {
  /** @param {Event} event */
  const toggle = ({ currentTarget }) => {
    const others = pages('open').filter((one) => one !== name);
    const now = /** @type {HTMLDetailsElement} */ (currentTarget).open;
    goTo(href({ open: now ? [...others, name] : others }), { replace: true });
  };
  return html`<details ?open=${pages('open').includes(name)} @toggle=${toggle}>
    <summary>${title}</summary>
    ${content}
  </details>`;
}
