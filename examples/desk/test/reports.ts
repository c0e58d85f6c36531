import type { FailureReport } from 'copernica-failures';

let made = 0;

/** The report of an address that does not exist, so the desk suppresses it. */
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

/** The report of a temporary failure. */
export function tooMany(changes: Partial<FailureReport> = {}): FailureReport {
  return unknownUser({
    code: 421,
    extended: '4.7.0',
    description: 'Too many connections',
    severity: 'temporary',
    ...changes,
  });
}
