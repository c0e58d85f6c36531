// wording.ts explains the notation.
import type { Wording } from '../wording.js';

// biome-ignore format: one wording a line
/** A quota of messages over a time, not of the space of a mailbox. */
export const sendingQuota: readonly Wording[] = [
  ['(relay|sending|message|hourly|daily|monthly|rate) quota', '454 Throttling failure: Daily message quota exceeded', 'Amazon SES'],
  ['nombre [maximum|maximal] de (messages|destinataires|connexions)', '451 Nombre de messages par heure dépassé'],
  ['(sending|hourly|daily|send|submission|receiving|messages) [relay|message|sending] limit*', '550 5.4.5 Daily user sending limit exceeded', 'Gmail'],
  ['(quota|limit) of (messages|recipients|mails|e-mails|connections)', '450 4.2.2 quota of messages exceeded'],
  ['unusual rate', '421 4.7.28 Gmail has detected an unusual rate of unsolicited mail', 'Gmail'],
  ['(organization|tenant|domain|queue|outbound|sender|recipient rate|connection|hour|day|envelope) [queue|sending|message] quota', '450 4.7.3 Organization queue quota exceeded', 'Exchange'],
  ['(cota|quota|cuota|límite|limite|limiet|limit) (de|di|van|op) [envio|envío|invio] [de|di] (mensagens|mensajes|messaggi|messages|envio|envío|envíos|invio|correos|e-mails|berichten|conexões|conexiones|connessioni)', '421 Limite de mensagens excedido'],
];
