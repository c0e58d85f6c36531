import { randomUUID } from 'node:crypto';
import type { FailureReport } from 'copernica-failures';
import { pickSample } from '../send/samples.js';

/** Makes a report like those that `makeDesk` made. */
export function makeReport(): FailureReport {
  const { state, code, extended, description } = pickSample(Math.random());
  const id = randomUUID();
  const small = `company-${Math.floor(Math.random() * 5000)}.example`;
  return {
    id,
    recipient: `anna.jansen-${id.slice(0, 8)}@${Math.random() < 0.4 ? 'gmail.com' : small}`,
    state,
    ...(code && { code }),
    ...(extended && { extended }),
    ...(description && { description }),
    tags: ['newsletter', 'mailing-now'],
    type: 'failure',
    action: 'failed',
    time: Math.floor(Date.now() / 1000),
    asynchronous: state === 'bounce',
    severity: extended?.startsWith('5') ? 'permanent' : extended ? 'temporary' : 'unknown',
  };
}
