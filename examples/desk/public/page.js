// @ts-check
import { html, render } from '/lit-html/lit-html.js';
import { onChoice } from './address.js';
import { askFor } from './answers.js';
import { draw, drawWith } from './draw.js';
import { phone } from './fold.js';
import { questions } from './questions.js';
import { title } from './title.js';
import { enterQuestion } from './views/decide.js';
import { domains } from './views/domains.js';
import { lookup } from './views/lookup.js';
import { numbers } from './views/numbers.js';
import { drawPlot } from './views/plot.js';
import { openedReport, showOpened } from './views/report.js';
import { reports } from './views/reports.js';
import { status } from './views/status.js';
import { suppressions } from './views/suppressions.js';
import { offerSamples, testForm } from './views/test-form.js';
import { watch } from './watch.js';

const head = /** @type {HTMLElement} */ (document.querySelector('header'));
const main = /** @type {HTMLElement} */ (document.querySelector('main'));
main.replaceChildren();

drawWith(() => {
  askFor(questions());
  render(status(), head);
  render(
    html`${lookup()} ${suppressions()} ${numbers()} ${domains()} ${reports()} ${testForm()}
    ${openedReport()}`,
    main,
  );
  drawPlot();
  showOpened();
  enterQuestion();
  document.title = title();
});

onChoice(draw);
phone.addEventListener('change', draw);
offerSamples();
draw();
watch();
