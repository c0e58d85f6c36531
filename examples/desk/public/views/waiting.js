// @ts-check
import { html } from '/lit-html/lit-html.js';
import { again, isRefusal, unanswered } from '../answers.js';

/**
 * What stands where there is no answer yet, or none came.
 *
 * @param {import('../answers.js').Answer | undefined} asked
 */
export function waiting(asked) {
  if (!asked?.error) return html`<p class="empty" aria-busy="true">Loading …</p>`;
  if (isRefusal(asked.error)) return html`<p class="empty">${asked.error.message}</p>`;
  const retry = () => again(...unanswered());
  return html`<p class="empty">
    ${asked.error.message}. <button type="button" class="quiet" @click=${retry}>Try again</button>
  </p>`;
}
