import { html, nothing } from '/lit-html/lit-html.js';
import { send } from '../api.js';
import { lastAnswer } from '../cache.js';
import { collapsibleOnPhone } from '../collapsible.js';
import { draw } from '../draw.js';
import { showChanges } from '../poll.js';
import { untrusted, withTerm } from '../text.js';
import { urlWith } from '../url-state.js';
import { CATEGORIES, SEVERITIES } from '../words.js';
import { oneAtATime, onSubmit } from './form.js';

/** @import { TestReportResult } from '../../answers.js' */

/** @type {TestReportResult | undefined} */
let answer;
let error = '';

/** For developers: sends the desk a report as Copernica would. */
export function testForm() {
  const title = html`<h2 id="test-title">Send a test report</h2>`;
  return html`<section id="test-part" class="card" aria-labelledby="test-title" tabindex="-1">
    ${collapsibleOnPhone('test', title, form())}
  </section>`;
}

function form() {
  return html`<p class="hint">For developers. A test report is marked as such and counts nowhere.</p>
    <form id="test" @submit=${onSubmit(submitOnce)}>
      <label>
        Kind of failure
        <select name="sample" required>
          ${lastAnswer('samples')?.map(({ name, title }) => html`<option value=${name}>${title}</option>`)}
        </select>
      </label>
      <label>
        Recipient
        <input name="recipient" value="jane.doe@example.com" required />
      </label>
      <label>
        Tags, comma-separated, twenty at most
        <input name="tags" value="newsletter, march" />
      </label>
      <button type="submit">Send</button>
    </form>
    <div id="test-answer" role="status">${answer ? result(answer) : error || nothing}</div>`;
}

/** @param {FormData} fields */
async function submit(fields) {
  const tags = String(fields.get('tags')).split(',');
  const report = {
    ...Object.fromEntries(fields),
    tags: tags.map((tag) => tag.trim()).filter(Boolean),
  };
  answer = undefined;
  error = '';
  try {
    answer = await send('POST', '/test-reports', report);
  } catch (thrown) {
    error = `${/** @type {Error} */ (thrown).message}.`;
  }
  draw();
  showChanges('reports', 'reportCount');
}

const submitOnce = oneAtATime(submit);

/** @param {TestReportResult} answer */
function result({ status, answer: text, result: stored }) {
  // The endpoint answers with a word, or with an error in JSON.
  const words = text.startsWith('{') ? `(${JSON.parse(text).error}). Nothing was stored.` : text;
  return html`<p>The endpoint answered ${status} ${words}</p>
    ${stored ? effectsOfRealReport(stored) : nothing}
    ${stored?.serial ? html`<p><a href=${urlWith({ report: stored.serial })}>Open the test report</a></p>` : nothing}`;
}

/** The effects that a real report of this kind would have had. @param {NonNullable<TestReportResult['result']>} stored */
function effectsOfRealReport({ category, severity, address, wouldSuppress, alreadySuppressed }) {
  const list = alreadySuppressed
    ? 'is on the list of suppressions already'
    : 'would be on the list of suppressions now';
  return html`<p>
    A real one would have counted as
    <span class="severity ${severity}">${withTerm(SEVERITIES[severity], severity)}</span>,
    ${withTerm(CATEGORIES[category], category)}.
    ${wouldSuppress ? html`<strong>${untrusted(address)}</strong> ${list}.` : 'It would have suppressed nothing.'}
  </p>`;
}
