import type { FailureCategory } from './category.js';

/** A category, an example of a code or step that means it, and the pattern of all such values. */
export type CodeRule = readonly [category: FailureCategory, example: string, pattern: RegExp];

/**
 * The rules by field, for replies whose words match nothing.
 *
 * @see RFC 3463, RFC 7504, and https://www.iana.org/assignments/smtp-enhanced-status-codes
 */
export const CODES: Readonly<Record<'extended' | 'code' | 'state', readonly CodeRule[]>> = {
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
