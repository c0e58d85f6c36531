/**
 * Fixed words that gateways and relays write around a reply that they quote. They say nothing about
 * the reason, nor do the codes in them: "5.1.0 - Unknown address error 550-'Relaying denied'".
 */
const LABELS: readonly RegExp[] = [
  // Cisco, in front of the quoted reply
  /\b[45]\.[\dx]\.\d{1,3} - [A-Z][^'"\n]{1,60}?(?= ?(?:\d{3}-['"]|\('\d{3}'))/g,
  /\b[45]\.[\dx]\.\d{1,3} - (?:Unknown address error|Other mail system problem|Bad destination (?:email address|host)|Delivery expired(?: \(message too old\))?|Message bounced by administrator|Not accepting messages at this time|Other network problem)/g,
  // Exchange: the reply of the other server follows the arrow, or the colon.
  /\b(?:[45]\d\d )?[45]\.\d{1,3}\.\d{1,3} [A-Z][^>\n]{1,160} ->/g,
  /\b[45]\d\d [45]\.\d\.\d{1,3} (?:Primary|Error encountered while communicating with primary) target IP address[^:\n]{0,20}:/g,
  // A transcript: the commands, and the replies that accept them
  />>> [^\n]{0,400}/g,
  /^(?:<<< )?2\d\d[ -][^\n]{0,400}/gm,
  // qmail writes this after any refusal of a recipient.
  /\bdoes not like recipient\b|\bGiving up on \d[\d.]{6,14}/g,
  // Google and Mimecast, above the reply
  /\*\* Address not found \*\*|because the address couldn't be found, or is unable to receive mail(?=[\s\S]{0,2000}The response)/g,
  /Recipient email address is possibly incorrect(?=[\s\S]{0,200}Additional information follows)/g,
  // Oracle and PowerMTA: the status in words
  /Remote SMTP server has rejected address/g,
  /\b[45]\.\d\.\d \((?:bad destination mailbox address|bad destination system: no such domain|system not accepting network messages|undefined status)\)(?=[\s\S]*smtp; ?[245]\d\d)/g,
  // The fields of a delivery status notification
  /\b(?:Final|Original)-Recipient: ?rfc822;/gi,
];
/** A text with none of these has no label. */
const SIGN_OF_LABEL =
  /\.\d{1,3} - | ->|>>> |^2\d\d[ -]|\n2\d\d[ -]|<<< |target IP address|does not like|Giving up on|-Recipient:|\*\* Address|because the address|possibly incorrect|has rejected address|\.\d \(/;

/** sendmail writes these after any refusal. The refusal itself stands behind "<<<". */
const AFTER_TRANSCRIPT: readonly RegExp[] = [
  /(?<!<<< |reason: )550 5\.1\.1 \S{1,320}\.\.\. User unknown/g,
  /(?<!<<< |reason: )554 5\.0\.0 Service unavailable/g,
  /503 (?:5\.\d\.\d )?(?:need rcpt|rcpt first)[^\n]{0,40}/gi,
];
const TRANSCRIPT = '<<< ';

/** Replaces labels by a sign that ends a sentence, repeated so that all else stays in its place. */
export function hideLabels(text: string): string {
  if (!SIGN_OF_LABEL.test(text)) return text;
  const hidden = hide(text, LABELS);
  const start = hidden.indexOf(TRANSCRIPT);
  if (start < 0) return hidden;
  return hidden.slice(0, start) + hide(hidden.slice(start), AFTER_TRANSCRIPT);
}

function hide(text: string, labels: readonly RegExp[]): string {
  return labels.reduce(
    (rest, label) => rest.replace(label, (found) => '\0'.repeat(found.length)),
    text,
  );
}
