// The notation is explained where Wording is.
import type { Wording } from '../rule.js';

// biome-ignore format: one wording a line
/** The network or the receiving system failed, or the time to try ran out. */
export const fault: readonly Wording[] = [
  ['time[d]-out', '451 4.4.1 Connection timed out', 'Postfix'],
  ['connection ... (refused|reset|lost|closed|dropped|broken|died)', 'Connection reset by peer'],
  ['lost connection', 'lost connection with mx.example.com[192.0.2.7] while sending end of data', 'Postfix'],
  ['(connect|connecting|unreachable|no route to|handshake)', 'No route to host', 'sendmail'],
  ['(not reachable|protocol (error|violation)|bad sequence|unrecogni(s|z)ed command|command not (recogni(s|z)ed|implemented))', '554 5.5.0 Protocol error'],
  ['not (respond|answer|reply)', 'The server did not respond'],
  ['(busy|overload*|queue|shutting down|maintenance)', '421 4.3.2 Server busy', 'Gmail'],
  ['dns (error|query failed|failure|problem|timeout)', 'DNS error'],
  ['(no route|route not found|routing)', 'No route found from server MAIL', 'Domino'],
  ['(host key|smtputf8)', 'SMTPUTF8 is needed', 'Postfix'],
  ['(off-line|out of (memory|service|order))', '432 4.3.2 Mailbox server is offline', 'Exchange'],
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
  ['(retry|retries|retrying) (time|timeout|period|limit|count|window|interval|attempts|deadline|exhausted|exceeded|expired)', 'retry time not reached for any host', 'Exim'],
  ['(delivery|queue|queueing|spool|transmission|transfer|holding) (time|timeout|period|limit|window|deadline|lifetime|interval|attempts|age)', 'The delivery period has elapsed'],
  ['(life-time|time-to-live|ttl|time limit|time allowed|max time|maximum time)', 'The time limit was reached'],
  ['(too old|spool|spooled)', 'It was spooled'],
  ['(message|mail|e-mail|delivery|it) ... frozen', 'Message is frozen', 'Exim'],
  ['(in|on|been|kept|held|waited|waiting|undelivered) ... (too long|longer than)', 'The mail has waited too long'],
  ['(failing|failed) for (a long|too long)', 'all hosts have been failing for a long time', 'Exim'],
  ['(message|delivery|envelope|mail|queue) ... expired', '554 5.4.7 Envelope expired'],
  ['expir(ed|es|y|ation)', 'Expired after five days'],
  ['not (been|be) (delivered|collected|sent|transmitted) (within|for|after|in)', 'Message could not be delivered for 5 days', 'sendmail'],
  ['not (deliver*|send) [to this address|message|mail|it] (after|for) [the last] <number>', 'Could not deliver for the last 432000 seconds', 'DragonFly'],
  ['not delivered within', 'Your message was not delivered within 0 days and 1 hours', 'EZweb'],
  ['(after|for|within|in|over|than) [the last|more than|a total of] <number> [more|failed|delivery|consecutive|unsuccessful] (day|days|hour|hours|minutes|tries|attempts|retries|times|seconds|week|weeks)', 'unable to deliver this message after 1 day'],
  ['<number> (day|days|hour|hours|minutes|week|weeks|attempts|tries|retries) (old|long|elapsed|have|of trying|of attempts|without)', '5 days have gone by'],
  ['(after|for|within|too many|all|several|repeated|multiple|maximum|last|final|maximum number of) [several|repeated|many|multiple|delivery|failed|unsuccessful] (days|hours|attempts|retries|tries)', 'Undeliverable after many attempts'],
  ['(giving up|gave up|given up|gives up|abandon*)', 'Giving up.', 'qmail'],
  ['(no (further|more) (attempts|attempt|retries|tries|delivery attempts)|not be (retried|tried again|attempted again)|no longer (retried|tried|attempted))', 'There will be no further attempts'],
  ['still undelivered', 'Warning: message still undelivered', 'sendmail'],
];

// biome-ignore format: one wording a line
/** The same in other languages. */
export const faultInOtherLanguages: readonly Wording[] = [
  ['(später|erneut versuchen|zeitweise|zeitweilig|momentan|derzeit)', '451 Bitte versuchen Sie es später erneut'],
  ['(vorübergehend*|überlastet|zeitüberschreitung|wartung|wartungsarbeiten|wartungsmodus)', '451 Vorübergehender Fehler'],
  ['(interner (fehler|serverfehler)|systemfehler|serverfehler|nicht (erreichbar|verfügbar)|antwortet nicht)', '451 Interner Fehler'],
  ['(zustellzeit|zustellversuch*)', 'Nach 5 Zustellversuchen aufgegeben'],
  ['(tijdelijk*|later (opnieuw|nog eens|weer)|momenteel|overbelast|onderhoud|storing)', '451 4.3.0 Tijdelijke storing'],
  ['(niet (bereikbaar|beschikbaar)|onbereikbaar|(interne|technische) fout|serverfout|(reageert|antwoordt) niet|afleverpogingen|bezorgpogingen)', '451 Interne fout'],
  ['(plus tard|temporairement|temporaire*|ultérieurement|momentané*|réessay*|indisponible)', '421 Service refuse. Veuillez essayer plus tard. OFR005_505', 'Orange'],
  ["(erreur (interne|système|serveur|technique)|ne répond pas|délai (dépassé|expiré|d'attente)|surchargé|injoignable)", '451 Erreur interne'],
  ['(più tardi|temporane*|momentane*|riprovare|riprova|sovraccaric*|manutenzione)', '451 Riprovare più tardi'],
  ['(errore (interno|del server|di sistema)|non (disponibile|raggiungibile|risponde)|tempo (scaduto|massimo)|occupato)', '451 Errore interno'],
  ['(más tarde|mais tarde|temporal|temporalmente|temporário|temporária|temporariamente)', '451 Erro temporário'],
  ['(error (interno|del servidor|del sistema)|no (disponible|responde)|tiempo (de espera|agotado)|sobrecargado|mantenimiento|ocupado|reintent*)', '451 Error interno'],
  ['(erro (interno|do servidor|de sistema)|indisponível|não (disponível|responde)|tempo (esgotado|limite)|sobrecarregado|manutenção|tente novamente)', '451 Erro interno'],
  ['(później|tymczasow*|chwilow*|ponownie|niedostępn*|przeciążon*|nie odpowiada|konserwacj*)', '451 Spróbuj ponownie później'],
  ['(błąd (serwera|wewnętrzny|systemu)|wewnętrzny błąd|limit czasu|czas oczekiwania)', '451 Wewnętrzny błąd serwera'],
  ['(позже|позднее|временн*|недоступ*|не отвечает|перегружен*|внутренняя ошибка)', '451 Попробуйте позже'],
  ['(稍后|稍後|稍候|重试|暂时|超时|繁忙|系统错误|无法连接|连接失败|服务不可用)', '451 系统繁忙，请稍后再试'],
  ['(応答していません|応答がありません|応答なし|接続できません|接続に失敗*|しばらく*|一時的*|タイムアウト*|再試行|後で)', '相手のサーバーが応答していません', 'Domino'],
];
