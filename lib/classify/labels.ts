/**
 * Fixed words that gateways and relays write around a reply that they quote. They say nothing about
 * the reason, nor do the codes in them: "5.1.0 - Unknown address error 550-'Relaying denied'".
 */
interface Label {
  /** Text that every such label has, to skip most labels quickly. */
  sign: string;
  pattern: RegExp;
}

const LABELS: readonly Label[] = [
  // Cisco, in front of the quoted reply
  {
    sign: ' - ',
    pattern: /\b[45]\.[\dx]\.\d{1,3} - [A-Z][^'"\n]{1,60}?(?= ?(?:\d{3}-['"]|\('\d{3}'))/g,
  },
  {
    sign: ' - ',
    pattern:
      /\b[45]\.[\dx]\.\d{1,3} - (?:Unknown address error|Other mail system problem|Bad destination (?:email address|host)|Delivery expired(?: \(message too old\))?|Message bounced by administrator|Not accepting messages at this time|Other network problem)/g,
  },
  // Exchange: the reply of the other server follows the arrow.
  { sign: ' ->', pattern: /\b(?:[45]\d\d )?[45]\.\d{1,3}\.\d{1,3} [A-Z][^>\n]{1,160} ->/g },
  // The commands of a transcript
  { sign: '>>> ', pattern: />>> [^\n]{0,400}/g },
  // qmail, at the end of any reply
  { sign: 'Giving up on ', pattern: /\bGiving up on \d[\d.]{6,14}/g },
  // Google, above the reply
  { sign: '** Address', pattern: /\*\* Address not found \*\*/g },
  {
    sign: 'because the address',
    pattern: /because the address couldn't be found, or is unable to receive mail/g,
  },
  // PowerMTA: the status in words, before the reply
  {
    sign: 'smtp;',
    pattern:
      /\b[45]\.\d\.\d \((?:bad destination mailbox address|bad destination system: no such domain|system not accepting network messages|undefined status)\)(?=[\s\S]*smtp; ?[245]\d\d)/g,
  },
  // A field of delivery status notifications
  { sign: '-Recipient:', pattern: /\b(?:Final|Original)-Recipient: ?rfc822;/gi },
];

/** sendmail writes these after any refusal. The refusal itself stands behind "<<<". */
const AFTER_TRANSCRIPT: readonly Label[] = [
  { sign: '... User', pattern: /(?<!<<< |reason: )550 5\.1\.1 \S{1,320}\.\.\. User unknown/g },
  { sign: '554 5.0.0', pattern: /(?<!<<< |reason: )554 5\.0\.0 Service unavailable/g },
];
const TRANSCRIPT = '<<< ';

/** Replaces labels by a sign that ends a sentence, repeated so that all else stays in its place. */
export function hideLabels(text: string): string {
  const hidden = hide(text, LABELS);
  const start = hidden.indexOf(TRANSCRIPT);
  if (start < 0) return hidden;
  return hidden.slice(0, start) + hide(hidden.slice(start), AFTER_TRANSCRIPT);
}

function hide(text: string, labels: readonly Label[]): string {
  let hidden = text;
  for (const { sign, pattern } of labels) {
    if (text.includes(sign)) {
      hidden = hidden.replace(pattern, (found) => '\0'.repeat(found.length));
    }
  }
  return hidden;
}
