import { html } from '/lit-html/lit-html.js';
import { navigate, params, urlWith } from './url-state.js';

export const phone = matchMedia('(max-width: 40rem)');

/**
 * A part of the page that is closed at first. The URL stores whether it is open.
 *
 * @param {string} name
 * @param {unknown} title
 * @param {unknown} content
 */
export function collapsible(name, title, content) {
  /** @param {Event} event */
  const toggle = ({ currentTarget }) => {
    const others = params('open').filter((other) => other !== name);
    const isOpen = /** @type {HTMLDetailsElement} */ (currentTarget).open;
    navigate(urlWith({ open: isOpen ? [...others, name] : others }), { replace: true });
  };
  return html`<details ?open=${params('open').includes(name)} @toggle=${toggle}>
    <summary>${title}</summary>
    ${content}
  </details>`;
}

/**
 * The same, but closed at first on a phone only, so that the parts below are within reach.
 *
 * @type {typeof collapsible}
 */
export function collapsibleOnPhone(name, title, content) {
  return phone.matches ? collapsible(name, title, content) : html`${title} ${content}`;
}

/** Opens such a part, which a link leads to. @param {string} name */
export function openOnPhone(name) {
  if (phone.matches && !params('open').includes(name)) {
    navigate(urlWith({ open: [...params('open'), name] }), { replace: true });
  }
}
