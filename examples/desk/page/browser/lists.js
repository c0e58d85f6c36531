// @ts-check
// Everything on the page that comes out of a report is set as text, never as markup.

/**
 * @param {string} name
 * @param {string} className
 * @param {...(string | Node)} content
 */
function element(name, className, ...content) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

/** @param {string} date */
function time(date) {
  const made = document.createElement('time');
  made.dateTime = date;
  made.className = 'muted';
  made.textContent = new Date(date).toLocaleString();
  return made;
}

/** @param {any} stored */
export function reportItem({ receivedAt, category, severity, report }) {
  const { recipient, state, code, extended, description, tags } = report;
  const reply = [code, extended, description].filter(Boolean).join(' ');
  return element(
    'li',
    '',
    element('div', 'top', element('span', 'address', recipient), time(receivedAt)),
    element(
      'div',
      'facts',
      element('span', `severity ${severity}`, severity),
      element('span', '', category),
      element('span', 'muted', `state ${state}`),
      ...tags.map((/** @type {string} */ tag) => element('span', 'tag', tag)),
    ),
    element('div', 'reply', reply),
  );
}

/** @param {any} suppression */
export function suppressionItem({ address, reason, description, since }) {
  return element(
    'li',
    '',
    element('div', 'top', element('span', 'address', address), time(since)),
    element('div', 'reply', description ? `${reason}: ${description}` : reason),
  );
}

/**
 * Rows of a name, a count and a bar as long as its share.
 *
 * @param {Map<string, number>} counts
 * @param {(name: string) => string} className
 */
export function countRows(counts, className = () => '') {
  const most = Math.max(1, ...counts.values());
  return [...counts].map(([name, count]) => {
    const row = element(
      'div',
      'count',
      element('dt', className(name), name),
      element('dd', '', count.toLocaleString()),
    );
    row.style.setProperty('--share', `${(100 * count) / most}%`);
    return row;
  });
}
