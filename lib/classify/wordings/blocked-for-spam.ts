// wording.ts explains the notation.
import type { Wording } from '../wording.js';

// biome-ignore format: one wording a line
/** Spam from the sending address, domain or network, rather than this message. */
export const blockedForSpam: readonly Wording[] = [
  ['(ip|ips|ip address|ip range|<ip>|sender|sender address|domain|network|net-block|server|host|subnet|isp|region|country) [<be>] [temporarily] <listed> ... (spam|spamming)', '550 Domain blocked due to spam'],
  ['your (ip|ip address|domain|network|address) ... <listed> ... (spam|spamming)', '550 Your domain example.com is blocked because of spam'],
  ['spam (complaint|complaints|reports)', '550 Due to spam complaints'],
  ['(you|host|server|domain|ip) (are|is) [a] (spamming|spammer|known spammer)', '554 You are a known spammer'],
  ['spam (detected|seen|received) from (ip|ips|<ip>|your)', '550 5.7.1 Spam detected from IP 192.0.2.7'],
  ['(domain|ip|host|server|network) ... (known for|notorious for) (spam|spamming)', '550 The domain example.com is known for spam'],
  ['(spam|junk|unsolicited) [content|messages|mail|e-mail] [is|was|being] [originating|coming|sent|received] from [your|this|the|that] (ip|ips|network|net-block|domain|host|server|range|address|<ip>)', '550 5.7.1 Our system has detected unsolicited mail originating from your IP Netblock', 'Gmail'],
  ['(spam-trap|spam-traps|honey-pot|honey-pots)', '554 5.7.1 Your host hits our spamtrap addresses'],
  ['(block|blocks|blocked|blocking|listed|listing) for (spam|spamming|sending spam)', '554 192.0.2.7 Comcast block for spam', 'Comcast'],
  ['(source|sources|origin|sender|senders|network|history) of [known] (spam|unsolicited|junk)', '554 Known source of spam'],
  ['spam (domain|domains|source|sources|network|emitter|activity|host|hosts|origin)', '550 192.0.2.7 is a spam source'],
  ['(because of|due to) [the|your] (ip|ips|domain|sender|network|host|server) reputation', '554 5.7.1 Under suspicion of spam because of the IP reputation', 'Yandex'],
  // Other languages
  ['(ip|ip-adresse|ip-adres|adresse ip|indirizzo ip|dirección ip|endereço ip|adres ip|<ip>) ... (gesperrt|blockiert|geblokkeerd|bloqué*|bloccat*|bloquead*|zablokowan*) ... spam*', '550 IP-adres geblokkeerd vanwege spam'],
];
