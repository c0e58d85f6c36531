import type { FailureReport } from 'copernica-failures';

let made = 0;

/** A report of an address that does not exist, which is suppressed for it. */
export function unknownUser(changes: Partial<FailureReport> = {}): FailureReport {
  made += 1;
  return {
    id: `message-${made}`,
    recipient: 'jane@example.com',
    state: 'rcptto',
    code: 550,
    extended: '5.1.1',
    description: 'User unknown',
    tags: ['newsletter'],
    asynchronous: false,
    severity: 'permanent',
    ...changes,
  };
}

/** A report of an address that is only put off. */
export function tooMany(changes: Partial<FailureReport> = {}): FailureReport {
  return unknownUser({
    code: 421,
    extended: '4.7.0',
    description: 'Too many connections',
    severity: 'temporary',
    ...changes,
  });
}
