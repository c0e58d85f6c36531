/** A made-up report in the words of real mail servers. */
export interface Sample {
  name: string;
  title: string;
  /** How often it occurs among a hundred reports. */
  share: number;
  state: string;
  code?: number;
  extended?: string;
  description?: string;
}

export const SAMPLES: readonly [Sample, ...Sample[]] = [
  {
    name: 'unknown-user',
    title: 'Refused at once: no such user',
    share: 28,
    state: 'rcptto',
    code: 550,
    extended: '5.1.1',
    description: 'The email account that you tried to reach does not exist',
  },
  {
    name: 'bounced',
    title: 'Bounced later: no such user',
    share: 14,
    state: 'bounce',
    code: 550,
    extended: '5.1.1',
    description: 'Recipient address rejected: User unknown in virtual mailbox table',
  },
  {
    name: 'mailbox-full',
    title: 'Bounced later: mailbox full',
    share: 16,
    state: 'bounce',
    code: 552,
    extended: '5.2.2',
    description: 'The mailbox is full and can not accept messages now',
  },
  {
    name: 'disabled',
    title: 'Refused at once: mailbox disabled',
    share: 6,
    state: 'rcptto',
    code: 550,
    extended: '5.2.1',
    description: 'The account is disabled and is not receiving mail',
  },
  {
    name: 'spam',
    title: 'Refused at once: classified as spam',
    share: 9,
    state: 'message',
    code: 554,
    extended: '5.7.1',
    description: 'Message rejected: identified as spam by content filter',
  },
  {
    name: 'dmarc',
    title: 'Refused at once: DMARC',
    share: 5,
    state: 'message',
    code: 550,
    extended: '5.7.26',
    description: "Unauthenticated email is not accepted due to the domain's DMARC policy",
  },
  {
    name: 'too-many',
    title: 'Deferred: too many connections',
    share: 8,
    state: 'mailfrom',
    code: 421,
    extended: '4.7.0',
    description: 'Too many concurrent connections from your IP address, try again later',
  },
  {
    name: 'greylisted',
    title: 'Deferred: greylisting',
    share: 6,
    state: 'rcptto',
    code: 451,
    extended: '4.7.1',
    description: 'Greylisting in action, please come back later',
  },
  {
    name: 'time-out',
    title: 'No connection',
    share: 7,
    state: 'connect',
    description: 'Connection timed out',
  },
  {
    name: 'markup',
    title: 'A reply with HTML in it',
    share: 1,
    state: 'data',
    code: 554,
    description:
      "Blocked <script>alert('this must stay text')</script>\nsee https://example.com/blocked",
  },
];

/** Maps a number from 0 to 1 to a sample, so that each occurs as often as its share says. */
export function pickSample(fraction: number): Sample {
  let left = fraction * SAMPLES.reduce((sum, { share }) => sum + share, 0);
  const found = SAMPLES.find(({ share }) => {
    left -= share;
    return left < 0;
  });
  return found ?? SAMPLES[0];
}

/** The body of a report, as Copernica sends it for newer accounts. */
export function encodeReport(
  { state, code, extended, description }: Sample,
  { id, recipient, tags, time }: { id: string; recipient: string; tags: string[]; time: Date },
): string {
  const body = new URLSearchParams({ type: 'failure', action: 'failed', id, recipient, state });
  if (code) body.set('code', String(code));
  if (extended) body.set('extended', extended);
  if (description) body.set('description', description);
  for (const tag of tags) body.append('tags[]', tag);
  body.set('time', String(Math.floor(time.getTime() / 1000)));
  body.set('timestamp', time.toISOString().slice(0, 19).replace('T', ' '));
  return body.toString();
}
