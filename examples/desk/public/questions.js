// @ts-check
// What the page asks the desk, as the page's address says.
import { chosen, filters, pages } from './address.js';
import { answer, current } from './answers.js';

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** @param {string} path @param {Record<string, string | undefined>} query */
function ask(path, query) {
  const given = Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return `${path}?${new URLSearchParams(given)}`;
}

/** The newest report on show, where a whole page of newer ones has come: how many are there? */
function lastBeforeAllNew() {
  const { body, newer } = answer('reports') ?? {};
  const serial = newer && body.reports[0].serial;
  const among = newer?.reports.some((/** @type {any} */ row) => row.serial === serial);
  return serial && !among ? serial : '';
}

/** Every question by its name; an empty one is not asked. @returns {Record<string, string>} */
export function questions() {
  const address = chosen('address');
  const report = chosen('report');
  // The history of the address a report is about is shown with it, once the report is there.
  const recipient = report && current('report')?.report.recipient;
  const period = { period: chosen('period') || 'day', zone: ZONE };
  const narrowed = Object.fromEntries(filters());
  const search = chosen('search');
  const after = lastBeforeAllNew();
  return {
    numbers: ask('/numbers', { ...period, domain: chosen('domain') }),
    domains: ask('/domains', { ...period, courses: '20' }),
    reports: ask('/reports', { ...narrowed, before: pages('before').at(-1) }),
    found: filters().size > 0 ? ask('/reports/count', narrowed) : '',
    newer: after && ask('/reports/count', { ...narrowed, after }),
    suppressions: ask('/suppressions', {
      search,
      size: '8',
      before: pages('listed').at(-1),
    }),
    matches: search && ask('/suppressions/count', { search }),
    report: report && `/reports/${encodeURIComponent(report)}`,
    person: address && ask('/addresses', { address }),
    recipient: recipient && ask('/addresses', { address: recipient }),
  };
}
