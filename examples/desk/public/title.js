// @ts-check
import { chosen, FILTERS } from './address.js';
import { current } from './answers.js';
import { inOneLine, visible } from './text.js';

/** The title of the page as it stands in a tab and in the browser's history: what is on show. */
export function title() {
  const report = current('report');
  const names = FILTERS.filter((name) => name !== 'from' && name !== 'to')
    .map(chosen)
    .filter(Boolean);
  const filtered = names.length > 0 ? `Reports: ${names.join(', ')}` : '';
  const told = inOneLine(report?.report.recipient ?? chosen('address')) || filtered;
  return [visible(told).slice(0, 80), 'Failure desk'].filter(Boolean).join(' · ');
}
