// @ts-check
import { html, nothing } from '/lit-html/lit-html.js';
import { health } from '../watch.js';

/**
 * What is wrong, in sight wherever the reader is: at the foot of the window and of an opened report.
 *
 * @param {string} id
 */
export function troubleLine(id) {
  const { trouble } = health;
  return html`<p id=${id} class="trouble" role="alert" ?hidden=${!trouble}>
    ${trouble ? explain(trouble) : nothing}
  </p>`;
}

/** What is wrong, what follows, and what to do. @param {string} trouble */
function explain(trouble) {
  const { answered } = health;
  const shown = answered
    ? `What is shown is from ${new Date(answered).toLocaleTimeString()}.`
    : 'Nothing can be shown yet.';
  const advice = trouble.includes('database')
    ? 'Look whether the database runs, and at DATABASE_URL.'
    : 'Look whether the desk runs, and at its log.';
  return `${trouble}. ${shown} ${advice} Trying again …`;
}
