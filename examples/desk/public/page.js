import { html, render } from '/lit-html/lit-html.js';
import { currentAnswer, requestAll } from './cache.js';
import { phone } from './collapsible.js';
import { draw, drawWith } from './draw.js';
import { startPolling } from './poll.js';
import { requests } from './requests.js';
import { visible } from './text.js';
import { activeFilters, param, watchUrl } from './url-state.js';
import { domains, refusingDomains } from './views/domains.js';
import { focusConfirmation, lookup } from './views/lookup.js';
import { numbers } from './views/numbers.js';
import { reportDialog, showReportDialog } from './views/report.js';
import { reports } from './views/reports.js';
import { status } from './views/status.js';
import { suppressions } from './views/suppressions.js';
import { testForm } from './views/test-form.js';

const header = /** @type {HTMLElement} */ (document.querySelector('header'));
const main = /** @type {HTMLElement} */ (document.querySelector('main'));
main.replaceChildren();

drawWith(() => {
  requestAll(requests(currentAnswer('report')?.address));
  render(status(refusingDomains().length), header);
  render(
    html`${lookup()} ${suppressions()} ${numbers()} ${domains()} ${reports()} ${testForm()}
    ${reportDialog()}`,
    main,
  );
  showReportDialog();
  focusConfirmation();
  document.title = title();
});

watchUrl(draw);
phone.addEventListener('change', draw);
draw();
startPolling();

/** The title of the page's content, for the browser's tab and history. */
function title() {
  const filters = activeFilters().filter((name) => name !== 'from' && name !== 'to');
  const filtered = filters.length > 0 ? `Reports: ${filters.map(param).join(', ')}` : '';
  const subject = currentAnswer('report')?.address || param('address') || filtered;
  return [visible(subject).slice(0, 80), 'Failure desk'].filter(Boolean).join(' · ');
}
