import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LabelledReply } from './replies.js';

/** Something else that tells why a delivery failed, in our categories where it has a like one. */
export interface Peer {
  name: string;
  classify: (report: LabelledReply['report']) => string;
}

const ZONE_MTA = 'zone-mta@3.10.3';
/** The categories of ZoneMTA's rules, as far as they have one meaning. */
const MEANINGS: Readonly<Record<string, string>> = {
  recipient: 'invalid-address',
  ...{ auth: 'reputation', blacklist: 'reputation', block: 'reputation', dmarc: 'reputation' },
  sender: 'reputation',
  ...{ message: 'content', policy: 'content', spam: 'content', virus: 'content' },
  rate: 'frequency',
  ...{ config: 'technical', greylist: 'technical', network: 'technical', protocol: 'technical' },
};

/** Its categories of several meanings, which the message of a rule tells apart. */
const BY_MESSAGE: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  capacity: [
    [/mailbox|allocation/i, 'mailbox-unavailable'],
    [/connections/i, 'frequency'],
    [/./, 'technical'],
  ],
  envelope: [
    [/sender/i, 'reputation'],
    [/too many/i, 'frequency'],
    [/./, 'invalid-address'],
  ],
};

/** Reads the second digit of the enhanced status code, as many scripts do. */
const bySecondDigit: Peer = {
  name: 'second digit',
  classify({ extended = '' }) {
    const meanings = ['invalid-address', 'mailbox-unavailable', 'technical', 'technical'];
    const digit = Number(/^[45]\.(\d)/.exec(extended)?.[1] ?? 0);
    return [...meanings, 'technical', 'content', 'reputation'][digit - 1] ?? 'unclassified';
  },
};

/**
 * The peers that can be had, from a folder that is removed afterwards; and a line for each other, or an error
 * if all are required.
 */
export function withPeers<T>(use: (peers: Peer[]) => T, { required }: { required: boolean }): T {
  const folder = mkdtempSync(join(tmpdir(), 'copernica-failures-peers-'));
  try {
    return use([...installZoneMta(folder, required), bySecondDigit]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function installZoneMta(folder: string, required: boolean): Peer[] {
  try {
    const options = ['--ignore-scripts', '--omit=optional', '--no-audit', '--no-fund'];
    execFileSync('npm', ['install', '--prefix', folder, ...options, '--loglevel=error', ZONE_MTA]);
    const load = createRequire(join(folder, 'index.js'));
    load('npmlog').level = 'silent';
    const bounces = load('zone-mta/lib/bounces.js');
    bounces.reloadBounces();
    const classify: Peer['classify'] = ({ description }) => {
      const { category, message } = bounces.check(description);
      const [, meaning = MEANINGS[category]] =
        (BY_MESSAGE[category] ?? []).find(([words]) => words.test(message)) ?? [];
      return meaning ?? 'unclassified';
    };
    return [{ name: ZONE_MTA, classify }];
  } catch (error) {
    const message = `${ZONE_MTA} could not be installed: ${String(error).split('\n')[0]}`;
    if (required) throw new Error(message);
    console.log(message);
    return [];
  }
}
