/** Whether a retry can help, from the class digit of the enhanced status code or reply code. */
export type FailureSeverity = 'permanent' | 'temporary' | 'unknown';

/**
 * One message that Copernica could not deliver.
 *
 * Texts stay texts (`id: '00123'`). Optional variables that were missing or empty are absent.
 */
export interface FailureReport {
  /** Unique id of the message that failed. */
  id: string;
  /** Address that the message was for. It may be malformed, which can be why it failed. */
  recipient: string;
  /** Step at which delivery failed: `rcptto`, `bounce` if it came back later, and others. */
  state: string;
  /**
   * SMTP reply code (RFC 5321, section 4.2), usually the remote server's: `550`. Unusual codes are valid,
   * up to fifteen digits.
   */
  code?: number;
  /** Enhanced status code (RFC 3463): `5.1.1`. It may disagree with `code`. */
  extended?: string;
  /** Text of the reply, in any language, on one or more lines. */
  description?: string;
  /** Labels of the mailing, in order; empty if it had none. */
  tags: string[];
  /** Always `failure`; only newer accounts send it. */
  type?: string;
  /** `failure` or `failed`; only newer accounts send it. */
  action?: string;
  /** Time of the failure, `YYYY-MM-DD HH:MM:SS` in an unknown time zone. */
  timestamp?: string;
  /** Time of the failure as Unix time, in seconds. */
  time?: number;
  /** True if the message was accepted and bounced later, false if it was refused at once. */
  asynchronous: boolean;
  /** Class of `extended`, else of `code`: 5 is permanent, 4 temporary, all else unknown. */
  severity: FailureSeverity;
}
