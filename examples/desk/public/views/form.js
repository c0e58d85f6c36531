import { html } from '/lit-html/lit-html.js';

/** Handles the submit event of a form. @param {(fields: FormData, form: HTMLFormElement) => unknown} handle */
export function onSubmit(handle) {
  /** @param {SubmitEvent} event */
  return (event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    handle(new FormData(form), form);
  };
}

/**
 * Makes an action that does nothing while it runs: a double click runs it once.
 *
 * @template {unknown[]} Parameters
 * @param {(...parameters: Parameters) => Promise<unknown>} action
 */
export function oneAtATime(action) {
  let isRunning = false;
  /** @param {Parameters} parameters */
  return async (...parameters) => {
    if (isRunning) return;
    isRunning = true;
    try {
      await action(...parameters);
    } finally {
      isRunning = false;
    }
  };
}

/** The reason for a change of the suppressions. @param {string} label */
export const reasonField = (label) => html`<label>
  ${label}
  <input name="note" required pattern=".*\\S.*" title="not blank" maxlength="500" autocomplete="off" />
</label>`;

/** Ends the message if no answer says whether the server added something. */
export const PERHAPS_ADDED =
  'It may have been added, or in part: do it again, nothing is added twice.';

/**
 * Says what went wrong, and whether something was changed nevertheless.
 *
 * @param {unknown} thrown
 * @param {string} refusal added if the server refused the request
 * @param {string} otherwise added if the outcome is unknown
 */
export function failureMessage(thrown, refusal, otherwise) {
  const error = /** @type {import('../api.js').RequestError} */ (thrown);
  return `${error.message}. ${error.refused ? refusal : otherwise}`.trim();
}
