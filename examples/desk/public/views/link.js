// @ts-check
import { html, nothing } from '/lit-html/lit-html.js';
import { chosen } from '../address.js';
import { draw } from '../draw.js';

/** What came of copying, and for which report. @type {{ report: string, told?: string, link?: string }} */
let outcome = { report: '' };

/** A link to the report that is open. Where a browser does not copy it, it is there to be copied. */
export function linkToSend() {
  const { told, link } = outcome.report === chosen('report') ? outcome : {};
  return html`<p class="buttons">
      <button type="button" class="quiet" @click=${copy}>Copy the link</button>
      <span role="status">${told ?? nothing}</span>
    </p>
    ${link ? html`<label>The link, to be copied <input id="link" readonly .value=${link} /></label>` : nothing}`;
}

async function copy() {
  const report = chosen('report');
  const { origin, pathname } = location;
  const link = `${origin}${pathname}?report=${encodeURIComponent(report)}`;
  try {
    // Over plain HTTP there is no clipboard, but for this machine itself.
    await navigator.clipboard.writeText(link);
    outcome = { report, told: 'Copied.' };
  } catch {
    outcome = { report, link };
  }
  draw();
  queueMicrotask(() => /** @type {HTMLInputElement} */ (document.getElementById('link'))?.select());
}
