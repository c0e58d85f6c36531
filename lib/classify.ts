import type { FailureReport } from './report.js';

/**
 * Why a delivery failed, in terms of what the sender can do about it.
 *
 * - `invalid-address`: the mailbox or its domain does not exist, has moved, or takes no mail.
 * - `mailbox-unavailable`: the mailbox exists, but is full, disabled or suspended.
 * - `reputation`: the sender, its IP address, its DNS or its authentication was refused.
 * - `content`: the message itself was refused: spam, virus, size, form, policy.
 * - `frequency`: too many messages, recipients or connections.
 * - `technical`: network, time-out, loop, or a fault of the receiving system.
 * - `unclassified`: the report does not say.
 *
 * @example const worthRetrying: FailureCategory[] = ['mailbox-unavailable', 'technical'];
 */
export type FailureCategory =
  | 'invalid-address'
  | 'mailbox-unavailable'
  | 'reputation'
  | 'content'
  | 'frequency'
  | 'technical'
  | 'unclassified';

type Field = 'description' | 'extended' | 'code' | 'state';
type Rule = readonly [category: FailureCategory, example: string, pattern: RegExp];

// Phrases are in lower case and start at a word; line breaks are for the reader only.
const says =
  (category: FailureCategory, example: string) =>
  (parts: TemplateStringsArray, ...inserts: string[]): Rule => {
    const phrases = String.raw(parts, ...inserts).replace(/\n\s*/g, '');
    return [category, example, new RegExp(`\\b(?:${phrases})`)];
  };
// Gaps are bounded, and their words kept apart, so that no text makes a pattern backtrack for long.
const gap = String.raw`(?: \S{1,80}){0,4}?`;
const box = 'mail ?(?:box|file|folder)';
const mailbox = String.raw`(?:${box}|user|account|recipient|address|alias)(?:e[es]|'?s)?\b\W?`;
const refused = '(?:rejected|refused|denied|blocked)';
const notPerTime = '(?<!(?:relay|sending|message|hourly|daily|rate) )';
const beforeRcpt = String.raw`\b(?:helo|ehlo|(?:after(?: \w+)?|reply to) mail from)|\(mailfrom`;

/**
 * The rules of {@link classifyFailure}, by field. The first of a list that matches decides. They
 * see a description in lower case, between status and step: `5.1.1 user not known (rcptto)`.
 *
 * @example rules.code[0] // ['invalid-address', '556', /^556$/]
 */
export const rules: Readonly<Record<Field, readonly Rule[]>> = {
  description: [
    says('mailbox-unavailable', '552 5.2.2 Mailbox full')`
      ${mailbox}${gap} (?:full|over ?quota)\b|full mail ?box|messages on the server|space has|
      (?:over|exceed\w*|reached)(?: \w+){0,4} ${notPerTime}(?:quota|disk space|storage)|
      ${notPerTime}quota(?: \w+){0,3}? ?(?:exceed|full|reached|violation|used)|
      ^(?![45]\.3\.1 ).* (?:not (?:have )?enough|insufficient|out of)(?: \w+)? space\b|
      ${box}(?: \w+){0,2} (?:exceed|size|limit)|(?<!system )(?:space|storage) (?:limit|full|not)`,
    says('mailbox-unavailable', 'La boîte du destinataire est pleine')`
      (?:bo.{1,2}te|postfach|mailbox|buz.{1,2}n|casella|caixa)\b${gap} (?:pleine|satur|voll?\b|llen|
      piena|cheia|.{1,2}berf.{1,2}llt)|quota (?:d.{1,2}pass|excedid|supera|overschr)`,
    ['mailbox-unavailable', '邮箱已满', /邮箱已满|空间不足|容量(?:不足|超|を)|いっぱい|満杯/],
    // While the status is temporary, DNS is asked again, and the domain may come back.
    says('technical', '554 5.4.6 Too many hops')`
      \w+ hops|hop count|(?:mail|routing|forwarding)(?: \w+)? loop|looping|loops back|gr[ae]y-?list|
      (?:not|unable to) (?:create|open|write|lock|connect)|(?:system|disk) (?:is )?full|servfail|
      no space left|ldap (?:server|error)|server failure|verification in progress|not found, try again|
      (?:host name|temporary) (?:lookup )?failure|name ?server reply|unroute?able mail domain|
      ^4\S* (?!.*(?:helo|sender|mail from)).*(?:nxdomain|host not found|name (?:not found|serv))`,
    says('content', '550 5.7.1 Rejected as spam')`
      (?:duplicate|multiple|missing|malformed|invalid|illegal)(?: \S+){0,4}? headers?\b|uribl|
      (?:as|like|be|contains?|consider\w*|probabl[ey]|due to)(?: \w+)? spam\b|reject, id=`,
    says('reputation', '550 5.7.26 Unauthenticated mail is not accepted, see our DMARC policy')`
      (?<![.@-])(?:spf|dkim|dmarc|fcrdns|r-?dns|ptr)(?!\w|@|\.\w)|(?<!#)(?:un)?authenti[cf]|
      reverse[ -](?:dns|lookup|host|record)|forward dns|ip name lookup|(?:resolve|find) your|
      unverif[iy]+able|unresolvable|mismatch|invalid (?:helo|ehlo|ip)\b|reputation|complaints|
      sender (?:id\b|policy framework)|responsible address|auth (?:fail|required)`,
    says('reputation', '450 4.1.8 Sender address rejected: Domain not found')`
      sender(?:'s)?:?${gap} (?:${refused}|verif|invalid|unknown|empty|must|not\b|has no)|spoof|
      (?:invalid|bad|unknown|unrout\w+|illegal|unverified|empty|null|forged)(?: envelope)? sender|
      your (?:\w+ )?(?:domain|host|hostname|address)\b${gap} (?:not|unknown|invalid)\b|backscatter|
      not (?:have )?(?:allowed|permi\w+|authori[sz]ed) to (?:send|post|submit|connect)|batv\b|
      from:? (?:address|domain)|sender(?:'s)? domain|badmailfrom|envelope[ -]from|is not verified|
      (?:absender|exp.{1,2}diteur|emetteur|remitente|mittente)\b|return[ -]path\b(?!:)|not a member`,
    says('frequency', '421 Too many concurrent connections')`
      too (?:many|much)(?: \w+){0,2}? (?:connections?|sessions?|messages?|recipients|users|e?-?mails?)|
      too (?:fast|quickly|frequent|many errors from)|rate[ -]?limit|throttl|slow(?:er| down)\b|
      (?:connections?|recipients?|sessions?|sending|receiving|hourly|daily|unusual) (?:\w+ )?
      (?:rate|limit|quota)\b|(?:at a|message) (?:rate|quota)|per hour\b|frequency|zu viele|trop de`,
    says('reputation', '554 5.7.1 Client host blocked using bl.example.org')`
      (?:black|block|deny|white|allow)[ -]?list(?!ed url)|dnsbl|rbl\b|spamhaus|spamcop|client host|
      (?:your|sending|client|sender|the|this|source) (?:ip|host|(?:mail ?)?server|network|domain)\b
      ${gap} (?:${refused}|block|ban|list|not (?:allowed|permitted)|spam)|your isp\b|dynamic\b|
      (?:ip\b${gap}|(?:\d{1,3}\.){3}\d+\W{0,2}(?: \w+){0,3}?) (?:block|bann|list|refus|deni)ed|
      spammers?\b|sending spam|spams? (?:from|ips)|permanently deferred|open (?:proxy|relay)|
      accept\w*(?: \w+)? (?:from|connections)\b|connections?(?: \w+)? (?:reject|deni|not accept)`,
    // Nothing said before RCPT TO can be about the recipient; X.1.7 and X.1.8 are about the sender.
    says('reputation', '550 Host not found (in reply to MAIL FROM command)')`
      ^(?:[45]\.1\.[78] |(?=.*(?:${beforeRcpt}))).*(?:${refused}|invalid|unknown|no such|not\b)`,
    says('mailbox-unavailable', '550 5.2.1 The email account is disabled')`
      disabled|deactivated|discontinued|(?<!delivery temporarily )suspended|suspend the|archived|
      inactive (?:user|account|mail ?box)|due to (?:\w+ )?inactivity|account (?:is )?blocked|
      ${mailbox}${gap} (?:inactive|locked|frozen|expired|closed|restricted|not active)|
      archiv.{1,2}e\b|bloqu.{1,2}\b|gesperrt|deaktiviert|d.{1,2}sactiv|des?activad|disattivat`,
    says('invalid-address', '550 5.1.1 User unknown')`
      ${mailbox}${gap} (?:unknown|invalid|moved|replaced|no longer|
      (?:not|no) (?:exist|found|known|ok\b|present|recogni[sz]ed|local|listed|be found))|
      not (?:an? |our )?(?:(?:valid|known|active|local) ${mailbox}|customer)|unknown local|
      (?:no such|unknown|invalid|non-?exist[ea]nt|malformed|bad|wrong|illegal|no valid)
      (?: or \w+| local| virtual| e-?mail| destination| recipient| to){0,2} ${mailbox}|
      (?:user|recipient) ?unknown|not (?:exist\b|have an?${gap} account)|resolver\.adr\.|
      no (?:account|mail ?box|user|one|person)(?: \w+)? (?:by that|at this|for this|here|found)|
      (?:bad|valid)_?(?:rcpt|recipient)|address rejected: access denied|in name directory|
      check (?:if |that |the ){1,3}(?:recipient |e-?mail |destination )?(?:address|domain)`,
    // RFC 5321 has such texts for policy too; large providers use them for unknown addresses.
    says('invalid-address', '550 Requested action not taken: mailbox unavailable')`
      ^5(?!\.7)\S* (?!.*(?:polic|sender|spam|block)).*(?:not accepting network messages|
      (?:mailbox|account) (?:is )?(?:un|not )avai\w+\b(?! or)|rejected recipients|
      recipient(?: address| is| was){0,2} ${refused}\.?(?: \(|$))|^5\.1\S* .*(?<!ip )address rejected`,
    says('invalid-address', '5.4.4 Host or domain name not found')`
      (?<!relay |client |your |sending )(?:host|domain)\b\W{0,3}
      ${gap} (?:unknown|not (?:be )?found|(?:not|must) exist)|nxdomain|null mx|
      (?:no such|unknown|invalid|illegal|non-?existent) ?(?:host|domain)|name or service not known|
      unroute?able (?:address|domain)|no (?:mx|mail exchanger|smtp service)|
      not find a(?:ny)? (?:mail ex|host)|(?:not|no longer) accepts?(?: any)? mail\b(?! from| with)`,
    says('invalid-address', 'Adresse destinataire inconnue')`
      (?:utilisateur|destinat.{1,2}r\w+|adres\w*|empf.{1,2}nger|benutzer|postfach|usu.{1,2}rio|
      utente|direcci.{1,2}n|indirizzo|gebruiker|ontvanger)\b${gap} (?:inconnu|invalide|ine[sx]ist|
      n'exist|unbekannt|existiert nicht|nicht (?:gefunden|bekannt|vorhanden)|descon[oh]|sconosciut|
      non esiste|n.{1,2}o exist|onbekend|bestaat niet|niet gevonden)|no existe\b|nessun utente`,
    ['invalid-address', '用户不存在', /不存在|无此用户|查无此|存在し(?:ません|ない)|宛先不明/],
    says('content', '552 5.3.4 Message size exceeds the limit')`
      (?:anti-?)?spam(?:ming|assassin)?\b(?![.@-]\w)|ube\b|uce\b|unsolicited|(?:bulk|mass) e?-?mail|
      junk|virus|malware|phish|infected|attachments?\b|executable|file type|contents?\b|headers?\b|
      (?:message|mail)(?: \S+){0,3}? (?:exceed|size)|size (?:limit|exceed)|taille\b|encoding|mime\b|
      too (?:large|big)\b|larger than|line (?:limit|length|too)|rfc ?-?[25]?[38]22|polic(?:y|ies)\b|
      (?:message|mail)(?: (?:data|is|was|has|been|temporarily)){0,3} (?:${refused}|filtered)`,
    says('reputation', '550 5.7.1 Access denied')`
      (?<!relay )access[ -]denied|not ?authori[sz]ed|blocked|banned|forbidden|prohibition|to talk`,
    says('technical', '451 4.4.1 Connection timed out')`
      timed?[ -]?out|connection(?: \S+){0,4}? (?:refused|reset|lost|closed|dropped|broken|died)|
      connect\b|unreachable|no route to|not respond|retry time|busy|overload|queue|transaction failed|
      (?:internal|system|server|local|socket|network|i/o|dns) (?:\w+ )?(?:error|problem|failure)|
      try(?:ing)? (?:again|later)|temporar|delayed|giving up\.|(?:message|delivery)${gap} expired|
      not (?:been |be )?(?:delivered|collected) (?:within|for|after)|\d (?:tries|attempts)\b|
      service(?: \w+)? (?:un|not )available|mailer error|x-unix;|procmail|command (?:fail|died|out)`,
    says('reputation', '550 No (in reply to MAIL FROM command)')`^5.*(?:${beforeRcpt})`,
  ],
  extended: [
    ['invalid-address', '5.1.1', /^5\.(?:1\.(?:[1236]|10)|7\.1[78])$/],
    ['mailbox-unavailable', '5.2.2', /^[45]\.(?:2\.[12]|7\.13)$/],
    ['frequency', '4.7.28', /^[45]\.(?:5\.3|7\.28)$/],
    ['content', '5.6.1', /^[45]\.(?:2\.3|3\.4|6\.\d{1,3}|7\.1[56])$/],
    ['technical', '4.4.7', /^[45]\.(?:1\.9|2\.4|[34]\.\d{1,3}|5\.[1-9]\d?|7\.(?:19|30|32\d))$/],
    ['reputation', '5.7.25', /^[45]\.(?:1\.[78]|7\.(?:[89]|1[124]|2\d|[5-8]\d\d))$/],
  ],
  code: [
    ['invalid-address', '556', /^556$/],
    ['mailbox-unavailable', '552', /^552$/],
    ['reputation', '535', /^53[0458]$/],
    ['technical', '421', /^(?:421|45[12]|50[0-4])$/],
  ],
  state: [
    ['invalid-address', 'dns', /^dns$/],
    ['technical', 'connect', /^(?:bind|connect|handshake|intro|ehlo|helo|starttls|idle)$/],
  ],
};

// What is wrong stands at an end of the reply; reading no more bounds the time any text can take.
const END = 4096;
const ADDRESS_OR_RELAY = /<[^\s<>@]{1,64}@[^\s<>]{1,255}>|\bhost \S{1,80}? ?(?=\[)/g;
const NOT = /(?<=\bcan)(?:'t|not)\b|n't\b/g;
const LINE_START = /\s+(?:[245]\d\d[ -])?(?:#?[245]\.\d{1,3}\.\d{1,3} )?/g;
const ENHANCED_STATUS = /(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?!\.?\d)/;

const firstMatch = (field: Field, value: string): FailureCategory | undefined =>
  rules[field].find(([, , pattern]) => pattern.test(value))?.[0];

/**
 * Tells why a delivery failed: from the text of the reply (of a long one, the first and the last
 * 4096 characters), else from the enhanced status code, else from the reply code, else from the
 * step. Weak evidence never gives `invalid-address`. Pure; never throws; any field may be missing.
 *
 * @example classifyFailure({ code: 550, description: 'User unknown' }); // 'invalid-address'
 * @see RFC 3463, RFC 7504, and https://www.iana.org/assignments/smtp-enhanced-status-codes
 */
export function classifyFailure(report: Partial<Pick<FailureReport, Field>>): FailureCategory {
  const given = (field: Field): string => String(report?.[field] ?? '');
  const [description, code, state] = [given('description'), given('code'), given('state')];
  const reply = description.slice(0, END) + description.slice(END).slice(-END);
  const status = given('extended') || ENHANCED_STATUS.exec(reply)?.[0] || '';
  // Words inside an address or a relay's name say nothing, and a code may break a sentence.
  const words = reply.toLowerCase().replace(NOT, ' not');
  const text = words.replace(ADDRESS_OR_RELAY, '@').replace(LINE_START, ' ');
  return (
    firstMatch('description', `${status || code} ${text} (${state})`.trimStart()) ??
    firstMatch('extended', status) ??
    firstMatch('code', code) ??
    firstMatch('state', state) ??
    'unclassified'
  );
}
