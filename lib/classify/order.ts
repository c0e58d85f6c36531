import {
  mayBeOfARecipient,
  NO_REASON,
  namesTheSender,
  notOfARecipient,
  notOfPolicy,
  ofAnAddress,
  ofTheSender,
  ofTheSystem,
  permanent,
  temporary,
} from './conditions.js';
import type { Rule } from './rule.js';
import { authentication } from './wordings/authentication.js';
import { beforeRecipient, refusal } from './wordings/before-recipient.js';
import { blockedForSpam } from './wordings/blocked-for-spam.js';
import { disabledMailbox, disabledMailboxInOtherLanguages } from './wordings/disabled-mailbox.js';
import { fault, faultInOtherLanguages } from './wordings/fault.js';
import { fullMailbox, fullMailboxInOtherLanguages } from './wordings/full-mailbox.js';
import { judgedContent } from './wordings/judged-content.js';
import { listedHost } from './wordings/listed-host.js';
import { passing } from './wordings/passing.js';
import { refusedAccess } from './wordings/refused-access.js';
import { refusedMessage } from './wordings/refused-message.js';
import { refusedSender } from './wordings/refused-sender.js';
import { relaying } from './wordings/relaying.js';
import { sendingQuota } from './wordings/sending-quota.js';
import { sendingRate } from './wordings/sending-rate.js';
import { systemStorage } from './wordings/system-storage.js';
import { unknownDomain } from './wordings/unknown-domain.js';
import {
  unknownRecipient,
  unknownRecipientInGermanAndDutch,
  unknownRecipientInOtherLanguages,
} from './wordings/unknown-recipient.js';
import {
  refusedAddress,
  refusedRecipient,
  unavailableMailbox,
} from './wordings/vague-recipient.js';
import { verifiedSender } from './wordings/verified-sender.js';

/** The tables, in order: the first one that matches decides. */
export const ORDER: readonly Rule[] = [
  // These share words with full mailboxes, but name what is full.
  { category: 'technical', wordings: systemStorage },
  { category: 'technical', wordings: fullMailbox, when: ofTheSystem },
  { category: 'frequency', wordings: sendingQuota },
  // Sender-verification replies quote another server, so they can contain any mailbox wording.
  { category: 'reputation', wordings: verifiedSender, when: notOfARecipient },
  // No other reply has these words.
  { category: 'mailbox-unavailable', wordings: fullMailbox },
  { category: 'mailbox-unavailable', wordings: fullMailboxInOtherLanguages },
  { category: 'technical', wordings: passing },
  { category: 'reputation', wordings: blockedForSpam },
  { category: 'content', wordings: judgedContent },
  // A reply that refuses the sender often also names the recipient. The reverse is rare.
  { category: 'reputation', wordings: authentication },
  { category: 'reputation', wordings: refusedSender },
  { category: 'reputation', wordings: relaying },
  { category: 'frequency', wordings: sendingRate },
  { category: 'reputation', wordings: listedHost },
  { category: 'reputation', wordings: refusal, when: ofTheSender },
  { category: 'reputation', wordings: unknownDomain, when: namesTheSender },
  // By now, these words can only refer to the recipient.
  { category: 'mailbox-unavailable', wordings: disabledMailbox },
  { category: 'mailbox-unavailable', wordings: disabledMailboxInOtherLanguages },
  { category: 'invalid-address', wordings: unknownRecipient, when: mayBeOfARecipient },
  {
    category: 'invalid-address',
    wordings: unknownRecipientInGermanAndDutch,
    when: mayBeOfARecipient,
  },
  {
    category: 'invalid-address',
    wordings: unknownRecipientInOtherLanguages,
    when: mayBeOfARecipient,
  },
  { category: 'invalid-address', wordings: unavailableMailbox, when: notOfPolicy },
  {
    category: 'invalid-address',
    wordings: refusedRecipient,
    when: notOfPolicy,
    followedBy: NO_REASON,
  },
  { category: 'invalid-address', wordings: refusedAddress, when: ofAnAddress },
  { category: 'technical', wordings: unknownDomain, when: temporary },
  { category: 'invalid-address', wordings: unknownDomain, when: mayBeOfARecipient },
  // These words also occur in explanations and excuses.
  { category: 'content', wordings: refusedMessage },
  { category: 'reputation', wordings: refusedAccess },
  { category: 'technical', wordings: fault },
  { category: 'technical', wordings: faultInOtherLanguages },
  { category: 'reputation', wordings: beforeRecipient, when: permanent },
];
