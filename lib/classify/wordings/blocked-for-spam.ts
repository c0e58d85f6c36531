// The notation is explained where Wording is.
import type { Wording } from '../rule.js';

// biome-ignore format: one wording a line
/** Spam, said of the sending address, domain or network rather than of this message. */
export const blockedForSpam: readonly Wording[] = [
  ['(ip|ips|ip address|ip range|<ip>|sender|sender address|domain|network|subnet|isp|region|country) [<be>] [temporarily] <listed> ... (spam|spamming)', '550 Domain blocked due to spam'],
  ['spam [content|messages|mail|e-mail] from your (ip|ips|network|domain|host|server|range)', '554 5.7.1 Blocked for spam content from your IP range', 'Apple'],
  ['your (ip|ip address|domain|network|address) ... <listed> ... (spam|spamming)', '550 Your domain example.com is blocked because of spam'],
  ['spam (complaint|complaints|reports)', '550 Due to spam complaints'],
  ['(you|host|server|domain|ip) (are|is) [a] (spamming|spammer|known spammer)', '554 You are a known spammer'],
];
