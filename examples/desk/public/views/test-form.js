// @ts-check
import { html, nothing } from '/lit-html/lit-html.js';
import { href } from '../address.js';
import { again } from '../answers.js';
import { draw } from '../draw.js';
import { fold } from '../fold.js';
import { load, post } from '../load.js';
import { outside, worded } from '../text.js';
import { CATEGORIES, SEVERITIES } from '../words.js';

/** @type {{ name: string, title: string }[]} */
let samples = [];
/** @type {any} */
let answered;
let trouble = '';

/** Fills in the kinds of report that can be sent; tries again until the desk can be reached. */
export async function offerSamples() {
  try {
    samples = await load('/samples');
    draw();
  } catch {
    setTimeout(offerSamples, 5000);
  }
}

/** A developer's tool: sends the desk a report as Copernica would. */
export function testForm() {
  const title = html`<h2 id="test-title">Send a test report</h2>`;
  return html`<section id="test-part" class="card" aria-labelledby="test-title" tabindex="-1">
    ${fold('test', title, form())}
  </section>`;
}

function form() {
  return html`<p class="hint">For developers. A test report is marked as such and counts nowhere.</p>
    <form id="test" @submit=${submit}>
      <label>
        What happens
        <select name="sample" required>
          ${samples.map(({ name, title }) => html`<option value=${name}>${title}</option>`)}
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
    <div id="test-answer" role="status">${answered ? result(answered) : trouble || nothing}</div>`;
}

/** @param {any} answer */
function result({ status, answer, result: would }) {
  return html`<p>The endpoint answered ${status} ${inWords(answer)}</p>
    ${would ? consequences(would) : nothing}
    ${would ? html`<p><a href=${href({ report: would.serial })}>Open the test report</a></p>` : nothing}`;
}

/** What the endpoint says is a word, or an error in JSON. @param {string} answer */
function inWords(answer) {
  return answer.startsWith('{') ? `(${JSON.parse(answer).error}). Nothing was stored.` : answer;
}

/** What a real report of this kind would have done. @param {any} would */
function consequences({ category, severity, address, wouldSuppress, alreadySuppressed }) {
  const listed = alreadySuppressed
    ? 'is on the list of suppressions already'
    : 'would be on the list of suppressions now';
  return html`<p>
    A real one would have counted as
    <span class="severity ${severity}">${worded(SEVERITIES[severity] ?? '', severity)}</span>,
    ${worded(CATEGORIES[category] ?? '', category)}.
    ${wouldSuppress ? html`<strong>${outside(address)}</strong> ${listed}.` : 'It would have suppressed nothing.'}
  </p>`;
}

/** @param {SubmitEvent} event */
async function submit(event) {
  event.preventDefault();
  const given = Object.fromEntries(new FormData(/** @type {HTMLFormElement} */ (event.target)));
  const tags = String(given.tags)
    .split(',')
    .map((tag) => tag.trim())
    .filter(Boolean);
  answered = undefined;
  trouble = '';
  try {
    if (!String(given.recipient).trim()) throw new Error('A recipient is needed: it is blank');
    if (tags.length > 20) throw new Error(`At most twenty tags, please: these are ${tags.length}`);
    answered = await post('/test-reports', { ...given, tags });
  } catch (error) {
    trouble = `${/** @type {Error} */ (error).message}.`;
  }
  draw();
  // Who has sent it wants to see it.
  await again('reports');
}
