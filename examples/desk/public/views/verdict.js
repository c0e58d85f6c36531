import { html, nothing } from '/lit-html/lit-html.js';
import { dateTime, untrusted, withTerm } from '../text.js';
import { onlyFilterUrl, urlWith } from '../url-state.js';
import { ADVICE, CATEGORIES } from '../words.js';
import { reason, reportLink, SOURCES } from './address-history.js';

/** @import { Category, History, Row, SuppressedAddress } from '../types.js' */

/**
 * @typedef {object} Verdict
 * @property {string} title whether the address can be mailed
 * @property {unknown} [why]
 * @property {unknown} [advice]
 * @property {{ label: string, url: string, show?: string, ask?: string }} [step] the next step, unless there is nothing to do; `ask` if it is an action on the address
 * @property {'suppressed' | 'doubtful'} [kind] default: nothing speaks against it
 */

/** The server suppresses no address that is longer. */
const MAX_ADDRESS_LENGTH = 320;
const DAY_MS = 86_400_000;
/** After so many days without another failure, the last one says nothing more. */
const OLD_DAYS = 30;
/** A mailbox that is unavailable for so long, in so many reports, is hardly used any more. */
const ABANDONED_DAYS = 14;
const ABANDONED_REPORTS = 3;

/** Whether an address can be mailed, by the cause of its last failure. @type {Record<Category, string>} */
const TITLES = {
  'invalid-address': 'Can be mailed: its provider says only for now that it does not exist.',
  'mailbox-unavailable': 'Can be mailed again in some days: its mailbox was full or closed.',
  reputation: 'Can be mailed. The last time, its provider refused the sender.',
  content: 'Can be mailed. The last time, its provider refused the message.',
  frequency: 'Can be mailed. The last time, too much was sent at once.',
  technical: 'Can be mailed. The last time, there was a technical fault.',
  unclassified: 'Can be mailed. The last report does not say why it failed.',
};

/** For these causes, look at the other failures of the domain rather than at the report. */
const CAUSES_OF_DOMAINS = /** @type {Category[]} */ (['reputation', 'frequency', 'technical']);

/** False if the server would refuse to suppress it. @param {History} known */
export const canBeSuppressed = ({ address, problem }) => problem === null && !isTooLong(address);

/** @param {string} address */
const isTooLong = (address) => address.trim().length > MAX_ADDRESS_LENGTH;

/** @param {string} address */
export const tooLong = (address) =>
  isTooLong(address)
    ? 'It is longer than any address can be, so it is not put on the list.'
    : nothing;

/** Shows whether an address can be mailed, and why. @param {Verdict} verdict */
export function verdictBox({ title, why, advice, kind }) {
  return html`<div class="verdict ${kind ?? ''}" role="status">
    <p><strong>${title}</strong> ${why ?? nothing}</p>
    ${advice ? html`<p>${advice}</p>` : nothing}
  </div>`;
}

/**
 * Decides whether an address can be mailed, and what to do next.
 *
 * @param {History} known
 * @param {string[]} refusing the domains that refuse the sender now
 * @returns {Verdict}
 */
export function judge(known, refusing) {
  const { address, problem, suppression, similar, changes, reports } = known;
  if (suppression) return judgeSuppressed(suppression);
  const other = similar.find((spelling) => spelling.suppressed);
  if (other) {
    return {
      kind: 'doubtful',
      title: 'Do not mail it: with other capitals it is suppressed.',
      why: 'Hardly any mail server tells capitals apart.',
      step: { label: 'See why', url: lookupUrl(other.address), show: 'lookup' },
    };
  }
  const [change] = changes;
  const takenOff = change?.change === 'taken off' ? change : undefined;
  // Once a person took it off the list, only later reports count.
  const counted = reports.filter(({ receivedAt }) => receivedAt > (takenOff?.at ?? ''));
  const [last] = counted;
  if (last && isDead(last)) return judgeDead(known, last);
  const days = daysUnavailable(counted);
  if (last && days >= ABANDONED_DAYS) return judgeAbandoned(known, last, days);
  const isRefused = problem === null && refusing.includes(domainOf(address));
  if (isRefused) return judgeRefused(known, last);
  if (last) return judgeByReport(last);
  return takenOff ? judgeTakenOff(takenOff) : judgeUnknown(known);
}

/** @param {SuppressedAddress} suppression @returns {Verdict} */
function judgeSuppressed({ address, source, since, report, ...why }) {
  return {
    kind: 'suppressed',
    title: 'Suppressed: do not mail it.',
    why: html`Listed ${SOURCES[source]}, ${dateTime(since)}: ${reason(why)}.
      ${report ? reportLink(report, 'See the report that led to it') : nothing}`,
    ...(source === 'report'
      ? {
          advice: 'If its owner says that it works, take it off the list.',
          step: {
            label: 'Take it off the list …',
            url: urlWith({ address, ask: 'remove' }),
            ask: 'remove',
          },
        }
      : { advice: 'Take it off the list only if its owner wants mail again.' }),
  };
}

/** @param {History} known @returns {Verdict} */
function judgeUnknown({ address, problem, similar }) {
  if (problem !== null) {
    return {
      kind: 'doubtful',
      title: 'This is not one address.',
      why: `${problem}.`,
      step: {
        label: 'Search the reports for it',
        url: urlWith({ recipient: address, before: null }),
        show: 'reports-part',
      },
    };
  }
  if (similar.length > 0) {
    return {
      kind: 'doubtful',
      title: 'The desk knows it with other capitals only: look at those.',
    };
  }
  return {
    title: 'Can be mailed: the desk knows no failure of it.',
    why: 'If it got no mail, look in Copernica: perhaps it was in no mailing.',
  };
}

/** @param {History['changes'][number]} change @returns {Verdict} */
const judgeTakenOff = (change) => ({
  title: 'Can be mailed: it was taken off the list.',
  why: html`${dateTime(change.at)}: ${reason(change)}.`,
  advice: 'A later report can put it back on the list.',
});

/** By its last report. @param {Row} last @returns {Verdict} */
function judgeByReport({ category, serial, receivedAt, domain }) {
  const why = lastFailure(receivedAt, category);
  const days = daysBetween(receivedAt, new Date());
  if (days > OLD_DAYS) return { title: `Can be mailed: no failure for ${days} days.`, why };
  const isOfDomain = domain !== '' && CAUSES_OF_DOMAINS.includes(category);
  const advice = category === 'invalid-address' ? 'Check it for a typing error.' : ADVICE[category];
  const step = isOfDomain ? seeDomain(domain) : seeReport(serial);
  return { kind: 'doubtful', title: TITLES[category], why, advice, step };
}

/** If hardly anybody uses its mailbox any more. @param {History} known @param {Row} last @param {number} days @returns {Verdict} */
function judgeAbandoned({ address }, { receivedAt, category }, days) {
  return {
    kind: 'doubtful',
    title: `Better not: its mailbox has been full or closed for ${days} days.`,
    why: lastFailure(receivedAt, category),
    advice: 'Nobody has emptied it for weeks. Suppress it, so that your app leaves it out.',
    step: { label: 'Suppress it …', url: urlWith({ address, ask: 'add' }), ask: 'add' },
  };
}

/** @param {Row} report */
const isDead = ({ category, severity }) =>
  category === 'invalid-address' && severity === 'permanent';

/** If it does not exist, though it is not on the list. @param {History} known @param {Row} last @returns {Verdict} */
function judgeDead({ address }, { receivedAt, category, serial }) {
  return {
    kind: 'suppressed',
    title: 'Do not mail it: it does not exist.',
    why: lastFailure(receivedAt, category),
    advice: tooLong(address),
    step: seeReport(serial),
  };
}

/** If its provider refuses the sender now. @param {History} known @param {Row | undefined} last @returns {Verdict} */
function judgeRefused({ address }, last) {
  return {
    kind: 'doubtful',
    title: 'Not now: its provider refuses the sender.',
    why: last && lastFailure(last.receivedAt, last.category),
    advice:
      last && last.category !== 'reputation'
        ? 'Whatever the last failure was, mail to it can be refused at present.'
        : ADVICE.reputation,
    step: seeDomain(domainOf(address)),
  };
}

/** @param {string} receivedAt @param {Category} category */
const lastFailure = (receivedAt, category) =>
  html`Last failure ${dateTime(receivedAt)}: ${withTerm(CATEGORIES[category], category)}.`;

/** @param {string} serial */
const seeReport = (serial) => ({
  label: 'See the report',
  url: urlWith({ report: serial, ask: null }),
});

/** @param {string} domain */
const seeDomain = (domain) => ({
  label: `See all failures at ${domain}`,
  url: onlyFilterUrl({ domain }),
  show: 'numbers',
});

/** The domain of a normalized address. @param {string} address */
const domainOf = (address) => address.slice(address.lastIndexOf('@') + 1);

/** For how many days the latest reports say that the mailbox is unavailable, without long gaps. @param {Row[]} reports newest first */
function daysUnavailable(reports) {
  /** @type {string | Date} */
  let later = new Date();
  const end = reports.findIndex(({ category, receivedAt }) => {
    const hasGap = daysBetween(receivedAt, later) > OLD_DAYS;
    later = receivedAt;
    return hasGap || category !== 'mailbox-unavailable';
  });
  const unavailable = end < 0 ? reports : reports.slice(0, end);
  const [newest, oldest] = [unavailable[0], unavailable.at(-1)];
  if (!newest || !oldest || unavailable.length < ABANDONED_REPORTS) return 0;
  return daysBetween(oldest.receivedAt, newest.receivedAt);
}

/** @param {string} earlier @param {string | Date} later */
const daysBetween = (earlier, later) =>
  Math.floor((new Date(later).getTime() - Date.parse(earlier)) / DAY_MS);

/** Says if the desk knows the address in other capitals, instead of those that were asked for or besides them. @param {History} known */
export function spellings({ address, asked, similar }) {
  return html`${
    asked === address
      ? nothing
      : html`<p>It is spelled with other capitals here than you asked for: ${untrusted(asked)}.</p>`
  }
  ${
    similar.length === 0
      ? nothing
      : html`<p>
          Also known with other capitals:
          ${similar.map((other) => html`<a href=${lookupUrl(other.address)} data-show="lookup">${untrusted(other.address)}</a> ${other.suppressed ? '(suppressed) ' : ' '}`)}
        </p>`
  }`;
}

/** @param {string} address */
const lookupUrl = (address) => urlWith({ address, ask: null, report: null });
