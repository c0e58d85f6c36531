// @ts-check
import { html, nothing } from '/lit-html/lit-html.js';
import { ago, counted } from '../text.js';
import { health } from '../watch.js';

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
  const words = trouble ? 'Not up to date' : answered ? 'Database up' : 'Connecting …';
  return html`
    <div class="bar">
      <h1><a href="?">Failure desk</a></h1>
      <p id="live" class=${trouble ? 'off' : answered ? 'on' : ''}>
        <span role="status">${words}</span>
        ${answered ? html`<span>· updated ${ago(answered)}</span>` : nothing}
        ${state && !trouble ? html`<span>· ${kept(state)}</span>` : nothing}
      </p>
    </div>
    <nav aria-label="Parts of the page">
      ${PARTS.map(([name, id]) => html`<a href="#${id}">${name}</a>`)}
    </nav>
    <p id="trouble" role="alert" ?hidden=${!trouble}>${trouble ? explain(trouble) : nothing}</p>
  `;
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
