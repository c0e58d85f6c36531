import { html, nothing } from '/lit-html/lit-html.js';
import { failedRequests, reload } from '../cache.js';
import { openOnPhone } from '../collapsible.js';
import { connection } from '../poll.js';
import { ago, quantity } from '../text.js';

/** After this time without an answer, the database may be down. */
const SLOW_MS = 1000;

/** @type {{ name: string, id: string, opens?: string }[]} `opens` is closed at first on a phone */
const PARTS = [
  { name: 'Address', id: 'lookup' },
  { name: 'Suppressions', id: 'suppressions-part', opens: 'suppressions' },
  { name: 'Numbers', id: 'numbers' },
  { name: 'Domains', id: 'domains', opens: 'domains' },
  { name: 'Reports', id: 'reports-part' },
  { name: 'Test', id: 'test-part', opens: 'test' },
];

/** The head of the page: the state of the database, and links to the parts of the page. @param {number} refusing how many domains refuse the sender */
export function status(refusing) {
  const { state, error, answeredAt } = connection;
  const [words, className] = databaseStatus();
  return html`
    <div class="row">
      <h1><a href="?">Failure desk</a></h1>
      <p id="status" class=${className}>
        <span role="status">${words}</span>
        ${answeredAt ? html`<span>· updated ${ago(answeredAt)}</span>` : nothing}
        ${state && !error ? html`<span>· ${contents(state)}</span>` : nothing}
      </p>
    </div>
    <nav aria-label="Parts of the page">
      ${PARTS.map(
        ({ name, id, opens }) =>
          html`<a href="#${id}" @click=${() => opens && openOnPhone(opens)}>${name} ${id === 'domains' && refusing > 0 ? refusal(refusing) : nothing}</a>`,
      )}
    </nav>
    ${errorBanner('error-banner')}
  `;
}

/** @param {number} count of domains */
const refusal = (count) =>
  html`<strong class="refusing">(${count} ${count === 1 ? 'refuses' : 'refuse'} the sender)</strong>`;

/** @returns {[words: string, className: string]} */
function databaseStatus() {
  const { error, askedAt, answeredAt } = connection;
  if (error) return ['Not up to date', 'off'];
  if (askedAt && Date.now() - askedAt > SLOW_MS) return ['Asking the database …', ''];
  return answeredAt ? ['Database up', 'on'] : ['Connecting …', ''];
}

/** The contents of the database. @param {NonNullable<typeof connection.state>} state */
function contents({ reports, exact, bytes, keepDays }) {
  const kept = keepDays ? `kept for ${quantity(keepDays, 'day')}` : 'all are kept';
  return `${exact ? '' : 'about '}${quantity(reports, 'report')}, ${size(bytes)}, ${kept}`;
}

/** @param {number} bytes */
function size(bytes) {
  const [unit, divisor] = bytes < 1e9 ? ['megabyte', 1e6] : ['gigabyte', 1e9];
  const format = new Intl.NumberFormat([], { style: 'unit', unit, maximumSignificantDigits: 2 });
  return format.format(bytes / divisor);
}

/**
 * Says what is wrong and what to do, always in sight: at the foot of the window and of an open report.
 *
 * @param {string} id
 */
export function errorBanner(id) {
  const { error } = connection;
  return html`<p id=${id} class="error-banner" role="alert" ?hidden=${!error}>
    ${error ? explanation(error) : nothing}
  </p>`;
}

/** @param {string} error */
function explanation(error) {
  const { answeredAt } = connection;
  const shown = answeredAt
    ? `The page shows what it knew at ${new Date(answeredAt).toLocaleTimeString()}.`
    : 'The page cannot show anything yet.';
  const advice = error.includes('database')
    ? 'Check that the database runs, and check DATABASE_URL.'
    : 'Check that the desk runs, and read its log.';
  return `${error}. ${shown} ${advice} Trying again …`;
}

/**
 * Shown in place of an answer that has not arrived.
 *
 * @param {import('../cache.js').Entry<unknown> | undefined} entry
 */
export function waiting(entry) {
  const { error } = entry ?? {};
  if (!error) return html`<p class="empty" aria-busy="true">Loading …</p>`;
  if (error.refused) return html`<p class="empty">${error.message}</p>`;
  const retry = () => reload(failedRequests());
  return html`<p class="empty">
    ${error.message}. <button type="button" class="button-secondary" @click=${retry}>Try again</button>
  </p>`;
}
