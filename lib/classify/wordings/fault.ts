// The notation is explained where Wording is.
import type { Wording } from '../rule.js';

// biome-ignore format: one wording a line
/** The network or the receiving system failed, or the time to try ran out. */
export const fault: readonly Wording[] = [
  ['time[d]-out', '451 4.4.1 Connection timed out', 'Postfix'],
  ['connection ... (refused|reset|lost|closed|dropped|broken|died)', 'Connection reset by peer'],
  ['lost connection', 'lost connection with mx.example.com[192.0.2.7] while sending end of data', 'Postfix'],
  ['(connect|connecting|unreachable|no route to|handshake)', 'No route to host', 'sendmail'],
  ['not respond', 'The server did not respond'],
  ['(busy|overload*|queue|shutting down|maintenance)', '421 4.3.2 Server busy', 'Gmail'],
  ['(transaction|command) fail*', '554 Transaction failed'],
  ['(starttls|tls|ssl|certificate)', '403 4.7.0 TLS is not there'],
  ['(load|memory|resources)', '451 System load is too high'],
  ['(internal|system|server|local|socket|network|i/o|dns|backend|configuration) [processing|configuration|resource] (error|problem|failure|failed|unavailable|misconfigured)', '451 Requested action aborted: local error in processing', 'GMX'],
  ['(try|trying|retry|back|come back) (again|later)', '421 Please try again later'],
  ['(temporar*|delayed|deferred|tempfail)', '451 4.3.0 Mail server temporarily rejected this', 'Gmail'],
  ['(service|resource|resources) [is|are|currently|temporarily] (unavailable|not available)', '554 Service currently unavailable'],
  ['(closing|service closing) transmission channel', '421 Service closing transmission channel', 'RFC 5321'],
  ['(corrupt|corrupted)', 'Document has been modified or corrupted since signed!', 'Domino'],
  // The time to try ran out
  ['retry (time|timeout)', 'retry time not reached for any host', 'Exim'],
  ['(failing|failed) for (a long|too long)', 'all hosts have been failing for a long time', 'Exim'],
  ['(message|delivery|envelope|mail|queue) ... expired', '554 5.4.7 Envelope expired'],
  ['not (been|be) (delivered|collected) (within|for|after|in)', 'Message could not be delivered for 5 days', 'sendmail'],
  ['not deliver* [to this address] (after|for) [the last] <number>', 'Could not deliver for the last 432000 seconds', 'DragonFly'],
  ['not delivered within', 'Your message was not delivered within 0 days and 1 hours', 'EZweb'],
  ['(after|for|within) [the last|more than] <number> (day|days|hour|hours|tries|attempts|seconds)', 'unable to deliver this message after 1 day'],
  ['giving up', 'Giving up.', 'qmail'],
  ['still undelivered', 'Warning: message still undelivered', 'sendmail'],
  // Other languages
  ['später (erneut|noch einmal)', '451 Bitte versuchen Sie es später erneut'],
  ['vorübergehend*', '451 Vorübergehender Fehler'],
  ['(tijdelijk*|later (opnieuw|nog eens))', '451 4.3.0 Tijdelijke storing'],
  ['(plus tard|temporairement)', '421 Service refuse. Veuillez essayer plus tard. OFR005_505', 'Orange'],
  ['(più tardi|temporaneamente)', '451 Riprovare più tardi'],
  ['(más tarde|mais tarde|temporal|temporalmente|temporário|temporariamente)', '451 Erro temporário'],
  ['(później|tymczasow*)', '451 Spróbuj ponownie później'],
];
