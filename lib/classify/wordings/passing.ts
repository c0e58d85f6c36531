// The notation is explained where Wording is.
import type { Wording } from '../rule.js';

// biome-ignore format: one wording a line
/** A loop, a delay on purpose, DNS or the receiving system itself: nothing is said of anyone. */
export const passing: readonly Wording[] = [
  ['(too many|maximum|<number>) hops', '554 5.4.6 Too many hops', 'sendmail'],
  ['hop count', '554 5.4.14 Hop count exceeded', 'Exchange'],
  ['(mail|routing|forwarding|delivery) [forwarding] loop*', '554 5.4.6 Routing loop detected', 'Exchange'],
  ['(looping|loop|loops|looped) back', 'mail for example.com loops back to myself', 'Postfix'],
  ['gr(a|e)y-list*', '450 4.2.0 Recipient address rejected: Greylisted', 'Postfix'],
  ['(not|unable to|failed to) (create|open|write|lock|connect)', 'Unable to open mailbox file mail/jane.nsf', 'Domino'],
  ['verification in progress', '450 4.1.1 unverified address: Address verification in progress', 'Postfix'],
  ['not found, try again', '454 4.4.0 example.com not found, try again', 'Postfix'],
  ['(server failure|servfail)', '451 Name server: server failure', 'sendmail'],
  ['name-server (reply|failure|error|timeout|timed out)', 'Malformed or unexpected name server reply', 'Postfix'],
  ['(host-name|temporary) [lookup] failure', 'Deferred: host name lookup failure', 'sendmail'],
  ['lookup failed temporarily', 'CNAME lookup failed temporarily. (#4.4.3)', 'qmail'],
  ['(mx|address) (lookup|resolution) (failed|failure|error)', '451 MX lookup failed'],
  ['name resolution', '451 Name resolution did not work'],
  ['too many received', '554 Too many Received headers', 'Domino'],
  ['duplicate[d] message-id', 'Duplicated Message-ID', 'fml'],
  ['dns (error|query failed|failure|problem|timeout)', '550 DNS error when resolving the MX server for example.com'],
  ['no dns server[s]', 'No DNS server could be reached'],
  ['dns server returned', '554 5.4.4 DNS server returned answer with no data', 'Exchange'],
  ['unroute-able mail domain', '451 Unrouteable mail domain'],
  ['ldap (server|error)', '451 4.3.0 LDAP server is down', 'Postfix'],
  ['(wrong|bad) (uid|gid|owner|ownership|file mode)', 'mailbox jane has wrong uid', 'Exim'],
  ['looping', 'The message is looping'],
  ['qmail file', 'Uh-oh: .qmail file does not exist, but the home directory is writable. (#4.7.0)', 'qmail'],
  ['control locals file', "Although I'm listed as a best-preference MX, it isn't in my control/locals file", 'qmail'],
  ['(child process|pipe|transport) ... (returned|failed|terminated)', 'Child process of address_pipe transport returned 127', 'Exim'],
  ['command (died|failed|timed out|time limit)', 'Command died with status 127: "/usr/local/bin/deliver"', 'Postfix'],
  ['local delivery failed', 'local delivery failed', 'Exim'],
  ['(procmail|x-unix|mailer error)', 'X-Unix; 127', 'Postfix'],
];
