import { FILTERS, param, params } from './url-state.js';

/** @import { RequestName } from './types.js' */

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** In the page's URL, `address` is taken: it is the address to look up. @type {Record<string, string>} */
const SERVER_NAMES = { exactly: 'address' };

/** @param {string} path @param {Record<string, string | undefined>} query */
function url(path, query) {
  const search = Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return `${path}?${new URLSearchParams(search)}`;
}

/**
 * The requests that the page's URL asks for, by name. An empty one is not sent.
 *
 * @param {string | undefined} reportAddress the address of the open report
 * @returns {Record<RequestName, string>}
 */
export function requests(reportAddress) {
  const address = param('address');
  const report = param('report');
  const search = param('search');
  const period = param('period') || 'day';
  const filters = Object.fromEntries(
    FILTERS.flatMap((name) => (param(name) ? [[SERVER_NAMES[name] ?? name, param(name)]] : [])),
  );
  return {
    numbers: url('/numbers', { period, zone: ZONE, domain: param('domain') }),
    domains: url('/domains', { period }),
    monthDomains: url('/domains', { period: 'month' }),
    reports: url('/reports', { ...filters, before: params('before').at(-1) }),
    reportCount: Object.keys(filters).length > 0 ? url('/reports/count', filters) : '',
    states: params('open').includes('search') ? '/states' : '',
    suppressions: url('/suppressions', { search, size: '8', before: params('listed').at(-1) }),
    suppressionCount: search && url('/suppressions/count', { search }),
    report: report && `/reports/${encodeURIComponent(report)}`,
    address: address && url('/addresses', { address }),
    samples: '/samples',
    reportAddress: report && reportAddress ? url('/addresses', { address: reportAddress }) : '',
  };
}
