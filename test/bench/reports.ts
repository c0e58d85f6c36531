/** A report as a newer account sends it, 400 bytes on the wire. */
export const REPORT: Record<string, string> = {
  id: '64b7e2f0a1c34',
  recipient: 'info@example.com',
  state: 'rcptto',
  code: '550',
  extended: '5.1.1',
  description: '5.1.1 The email account that you tried to reach does not exist',
  'tags[0]': 'newsletter',
  'tags[1]': 'spring 2026',
  type: 'failure',
  action: 'failed',
  timestamp: '2026-03-14 09:26:53',
  time: '1773480413',
};

const SENTENCE = 'Utilisateur inconnu: la boîte aux lettres n’existe pas, 5.1.1. ';

/** A body of so many bytes, by the length of its description. */
export function bodyOfSize(bytes: number): string {
  const body = `${new URLSearchParams({ id: '1', recipient: 'info@example.com', state: 'rcptto' })}`;
  const description = encodeURIComponent(SENTENCE.repeat(Math.ceil(bytes / SENTENCE.length)));
  const room = bytes - body.length - '&description='.length;
  return `${body}&description=${description.slice(0, room).replace(/%[^%]{0,1}$/, '')}`;
}

/** A body with so many tags. */
export function bodyWithTags(count: number): string {
  const body = new URLSearchParams({ id: '1', recipient: 'info@example.com', state: 'rcptto' });
  for (let tag = 1; tag <= count; tag++) body.append('tags[]', `mailing ${tag}`);
  return body.toString();
}
