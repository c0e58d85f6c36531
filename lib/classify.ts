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
const mailbox = '(?:mail ?box|user|account|recipients?|address|addressee|alias|local.part)\\b\\W?';

/**
 * The rules of {@link classifyFailure}, by field: category, example, pattern. The first rule of a
 * list that matches decides, so the specific stand before the general. Patterns see descriptions
 * in lower case, between status and step: `5.1.1 user unknown (rcptto)`.
 *
 * @example rules.code[0] // ['invalid-address', '556', /^556$/]
 * @see RFC 3463, RFC 7504, and https://www.iana.org/assignments/smtp-enhanced-status-codes
 */
export const rules: Readonly<Record<Field, readonly Rule[]>> = {
  description: [
    says('mailbox-unavailable', '552 5.2.2 Mailbox full')`
      ${mailbox}${gap} (?:full|over ?quota)\b|full mail ?box|messages on the server|
      (?:over|above|exceed\w*|exhausted|reached)(?: \w+){0,4} (?<!relay |sending |daily |rate )
      (?:quota|disk space|storage)|quota(?: \w+){0,3}? (?:exceed|full|reached|violation|used)|
      (?:not enough|insufficient|out of)(?: \w+)? space\b|(?:space|storage) (?:limit|full)|
      space (?:not enough|has been used)|mailbox(?: \w+){0,2} (?:exceed|size|limit)`,
    says('mailbox-unavailable', 'La boîte du destinataire est pleine')`
      bo.{1,2}te\b${gap} (?:pleine|satur)|quota (?:d.{1,2}pass|excedid|superad|superat|overschr)|
      (?:postfach|mailbox)\b${gap} (?:voll?|.{1,2}berf.{1,2}llt)\b|speicher(?:platz|volumen)|
      buz.{1,2}n\b${gap} llen|casella\b${gap} piena|caixa\b${gap} cheia`,
    ['mailbox-unavailable', '邮箱已满', /邮箱已满|空间不足|容量(?:不足|超|を)|いっぱい|満杯/],
    says('technical', '554 5.4.6 Too many hops')`
      too many hops|hop count|\d{1,3} hops|(?:mail|routing|forwarding)(?: \w+)? loop|looping|
      (?:loops|points) back|(?:can't|cannot|could ?n[o']t|unable to) (?:create|open|write|lock)|
      (?:system|disk) (?:is )?full|insufficient system|no space left|ldap (?:server|error)|
      not found, try again|servfail|server failure|(?:host name|temporary) (?:lookup )?failure|
      gr[ae]y-?list|verification in progress|unverified address|pipe to\b`,
    says('content', '550 5.7.1 Rejected as spam')`
      (?:duplicate|multiple|missing|malformed|invalid|illegal)(?: \S+){0,3}? headers?\b|
      (?:as|like|be|contains?|consider\w*|probabl[ey]|due to)(?: \w+)? spam\b|
      spam(?:/virus)? (?:content|message|detect|classif|scor|scale|check|filter|engine)`,
    says('reputation', '550 5.7.26 Unauthenticated mail is not accepted, see our DMARC policy')`
      (?<![.@-])(?:spf|dkim|dmarc|fcrdns|r-?dns|ptr)(?!\w|@|\.\w)|(?<!#)(?:un)?authenti[cf]|
      auth (?:fail|required)|sender (?:id\b|policy framework)|reverse[ -](?:dns|lookup|host|record)|
      forward dns|ip name lookup|(?:resolve|find) your|unverif[iy]+able|unresolvable|mismatch|
      invalid (?:helo|ehlo|ip)\b|reputation|complaints`,
    says('reputation', '450 4.1.8 Sender address rejected: Domain not found')`
      sender(?:'s)?:?${gap} (?:rejected|denied|refused|blocked|verif|invalid|unknown|not\b|has no)|
      (?:invalid|bad|unknown|unrout\w+|illegal|unverified|empty|null|forged)(?: envelope)? sender|
      your (?:\w+ )?(?:domain|host|hostname|address)\b${gap} (?:not|unknown|invalid)\b|
      verify (?:mailfrom|sender)|from:? (?:address|domain)|not allowed to send|is not verified|
      batv\b|return[ -]path\b(?!:)|(?:absender|exp.{1,2}diteur|emetteur|remitente|mittente)\b`,
    says('frequency', '421 Too many concurrent connections')`
      too (?:many|much)(?: \w+){0,2}? (?:connections?|sessions?|messages?|recipients|e?-?mails?)\b|
      too (?:fast|quickly|frequent)|too many errors from|rate[ -]?limit|throttl|slow(?:er| down)\b|
      (?:at a|unusual|connection|message|sending|receiving|hourly|daily)(?: \w+)? (?:rate|quota)\b|
      (?:connections?|recipients?|sessions?|sending|hourly|daily) (?:\w+ )?limit|concurren|trop de|
      per (?:connection|session|hour|day)\b|(?:excessive|unexpected) volume|frequency|zu viele`,
    says('reputation', '554 5.7.1 Client host blocked using bl.example.org')`
      (?:black|block|deny|white|allow)[ -]?list(?!ed url)|dnsbl|rbl\b|spamhaus|spamcop|client host|
      (?:your|sending|client|sender|the|this|source) (?:ip|host|server|network|mta|domain)\b
      ${gap} (?:block|ban|list|refused|rejected|denied|not (?:allowed|permitted)|spam)|
      (?:ip\b${gap}|(?:\d{1,3}\.){3}\d+\W{0,2}(?: \w+){0,3}?) (?:block|bann|list|refus|deni)ed|
      your isp\b|service provider|spammers?\b|permanently deferred|accept\w*(?: \w+)? from\b`,
    // Nothing said before RCPT TO can be about the recipient.
    says('reputation', '550 Host not found (in reply to MAIL FROM command)')`
      ^(?=.*(?:\bhelo|\behlo|after (?:pipelined )?mail from|\((?:in reply to )?mail ?from))
      .*(?:rejected|refused|denied|invalid|unknown|no such|not (?:found|exist))`,
    says('mailbox-unavailable', '550 5.2.1 The email account is disabled')`
      disabled|deactivated|discontinued|(?<!delivery temporarily )suspended|suspend the|
      inactive (?:user|account|mail ?box)|due to inactivity|account (?:is )?blocked|archived|
      ${mailbox}${gap} (?:inactive|locked|frozen|expired|closed|restricted|not activated)|
      archiv.{1,2}e\b|bloqu.{1,2}\b|gesperrt|deaktiviert|d.{1,2}sactiv|des?activad|disattivat`,
    says('invalid-address', '550 5.1.1 User unknown')`
      ${mailbox}${gap} (?:unknown|invalid|moved|replaced|no longer|does ?n[o']t exist|not listed|
      (?:not|no) (?:exist|found|known|ok\b|present|recogni[sz]ed|local|be found|(?:an? |our )?
      (?:\w+ )?(?:known|user|mail ?box|recipient|address|customer|member)\b))|
      (?:no such|unknown|invalid|non-?exist[ea]nt|malformed|bad|wrong|illegal|no valid)
      (?: or \w+| local| virtual| e-?mail| destination| recipient| to){0,2} ${mailbox}|
      (?:user|recipient|address|mailbox) unknown|does ?n[o']t (?:exist\b|have an?${gap} account)|
      no (?:account|mail ?box|user|one|such person)(?: \w+)? (?:by that name|at this|here|found)\b|
      not our customer|resolver\.adr\.|(?:bad|valid)rcptto\b|address rejected: access denied|
      check (?:if |that |the ){1,3}(?:recipient |e-?mail |destination )?(?:address|domain)`,
    // RFC 5321 has such texts for policy too; large providers use them for unknown addresses.
    says('invalid-address', '550 Requested action not taken: mailbox unavailable')`
      ^5(?!\.7)\S* .*(?:mailbox (?:un|not )available(?! or)|not accepting network messages|
      recipient address rejected\.? \(in reply to rcpt)`,
    // While the status is temporary, DNS is asked again, and the domain may come back.
    says('technical', '4.4.3 Host or domain name not found')`
      ^4\S* .*(?:nxdomain|(?:host|domain name) not found|name service)`,
    says('invalid-address', '5.4.4 Host or domain name not found')`
      (?:host|domain)(?: or domain)?(?: name)?\W{0,3}${gap} (?:unknown|not found|not exist)|
      (?:no such|unknown|invalid|illegal|non-?existent) ?(?:host|domain)|nxdomain|null mx|
      name or service not known|unroute?able (?:address|domain)|does not accept (?:any )?mail|
      no (?:mx|mail exchanger|smtp service)|find a(?:ny)? (?:mail exchanger|host)`,
    says('invalid-address', 'Adresse destinataire inconnue')`
      (?:utilisateur|destinataire|adresse)\b${gap} (?:inconnu|invalide|inexistant|n'exist)|
      (?:empf.{1,2}nger|benutzer|adresse|postfach)\b${gap} (?:unbekannt|existiert nicht|
      nicht (?:gefunden|bekannt|vorhanden))|no existe (?:es[ea]|dich[ao])\b|nessun utente|
      (?:usuario|destinatario|direcci.{1,2}n|utente|indirizzo|usu.{1,2}rio|destinat.{1,2}rio)\b
      ${gap} (?:no existe|descon[oh]|ine[sx]istente|sconosciut|non esiste|n.{1,2}o exist)|
      (?:gebruiker|ontvanger|adres)\b${gap} (?:onbekend|bestaat niet|niet gevonden)`,
    ['invalid-address', '用户不存在', /不存在|无此用户|查无此|存在し(?:ません|ない)|宛先不明/],
    says('content', '552 5.3.4 Message size exceeds the limit')`
      spam\b(?![.@-]\w)|ube\b|uce\b|unsolicited|bulk (?:e-?)?mail|junk|virus|malware|phish|infected|
      (?:message|mail)(?: \S+){0,3}? (?:too (?:large|big|long)|exceed|size)|size (?:limit|exceed)|
      too (?:large|big)\b|line (?:limit|length|too long)|attachments?\b|contents?\b|headers?\b|
      mime\b|rfc ?-?[25]?[38]22|polic(?:y|ies)\b|organizational settings|suspicious|scor(?:e|ed)\b|
      (?:message|mail)(?: data)? (?:is |was |has been )?(?:filtered|refused|rejected)`,
    says('reputation', '550 5.7.1 Access denied')`
      (?<!relay )access[ -]denied|not ?authori[sz]ed|blocked|banned|forbidden`,
    says('technical', '451 4.4.1 Connection timed out')`
      timed?[ -]?out|connection(?: \S+){0,4}? (?:refused|reset|lost|closed|dropped|broken|died)|
      connect (?:to|with)\b|to connect\b|unreachable|no route to|retry time|busy|overload|queue|
      (?:internal|system|server|local|socket|network|i/o|dns) (?:\w+ )?(?:error|problem|failure)|
      try(?:ing)? (?:again|later)|temporar|delayed|giving up\.|(?:message|delivery)${gap} expired|
      not delivered (?:within|for)|transaction failed|service (?:currently )?(?:un|not )available`,
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
const LINE_START = /\s+(?:[245]\d\d[ -])?(?:#?[245]\.\d{1,3}\.\d{1,3} )?/g;
const ENHANCED_STATUS = /(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?!\.?\d)/;

const firstMatch = (field: Field, value: string): FailureCategory | undefined =>
  rules[field].find(([, , pattern]) => pattern.test(value))?.[0];

/**
 * Tells why a delivery failed: from the text of the reply, else from the enhanced status code, else
 * from the reply code, else from the delivery step. Weak evidence never gives `invalid-address`.
 * Pure; never throws. Any field may be missing, and of a description longer than 8192 characters
 * only the first and the last 4096 count.
 *
 * @example classifyFailure({ code: 550, description: 'User unknown' }); // 'invalid-address'
 * @see RFC 3463, RFC 7504, and https://www.iana.org/assignments/smtp-enhanced-status-codes
 */
export function classifyFailure(report: Partial<Pick<FailureReport, Field>>): FailureCategory {
  const { description = '', extended = '', code = '', state = '' } = report ?? {};
  const long = description.length > 2 * END;
  const reply = long ? `${description.slice(0, END)}\n${description.slice(-END)}` : description;
  const status = extended || ENHANCED_STATUS.exec(reply)?.[0] || '';
  // Words inside an address or a relay's name say nothing, and a code may break a sentence.
  const text = reply.toLowerCase().replace(ADDRESS_OR_RELAY, '@').replace(LINE_START, ' ');
  return (
    firstMatch('description', `${status || code} ${text} (${state})`.trimStart()) ??
    firstMatch('extended', status) ??
    firstMatch('code', String(code)) ??
    firstMatch('state', state) ??
    'unclassified'
  );
}
