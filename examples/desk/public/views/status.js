// @ts-check
import { html, nothing } from '/lit-html/lit-html.js';
import { ago, counted } from '../text.js';
import { health } from '../watch.js';
import { troubleLine } from './trouble.js';

/** After so long without an answer, nobody knows how the database is. */
const SILENCE = 3000;

const PARTS = [
  ['Address', 'lookup'],
  ['Suppressions', 'suppressions-part'],
  ['Numbers', 'numbers'],
  ['Who refuses us', 'domains'],
  ['Reports', 'reports-part'],
  ['Test', 'test-part'],
];

/** The head of the page: how the database is, and the way to each part. */
export function status() {
  const { state, trouble, answered } = health;
  const [words, look] = standing();
  return html`
    <div class="bar">
      <h1><a href="?">Failure desk</a></h1>
      <p id="live" class=${look}>
        <span role="status">${words}</span>
        ${answered ? html`<span>· updated ${ago(answered)}</span>` : nothing}
        ${state && !trouble ? html`<span>· ${kept(state)}</span>` : nothing}
      </p>
    </div>
    <nav aria-label="Parts of the page">
      ${PARTS.map(([name, id]) => html`<a href="#${id}">${name}</a>`)}
    </nav>
    ${troubleLine('trouble')}
  `;
}

/** How things stand, in words and as a look. */
function standing() {
  const { trouble, asked, answered } = health;
  if (trouble) return ['Not up to date', 'off'];
  if (asked && Date.now() - asked > SILENCE) return ['Asking the database …', ''];
  return answered ? ['Database up', 'on'] : ['Connecting …', ''];
}

/** How much there is. @param {import('../watch.js').State} state */
function kept({ reports, exact, bytes, keepDays }) {
  const days = keepDays ? `kept for ${counted(keepDays, 'day')}` : 'all are kept';
  return `${exact ? '' : 'about '}${counted(reports, 'report')}, ${size(bytes)}, ${days}`;
}

/** @param {number} bytes */
function size(bytes) {
  const unit = bytes < 1e9 ? 'megabyte' : 'gigabyte';
  const told = new Intl.NumberFormat([], { style: 'unit', unit, maximumSignificantDigits: 2 });
  return told.format(bytes / (bytes < 1e9 ? 1e6 : 1e9));
}
