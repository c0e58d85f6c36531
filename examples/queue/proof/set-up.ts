import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestSigner } from 'copernica-failures/testing';
import { serveDns } from '../../../test/helpers/dns-server.js';

/** Makes a folder until the process ends, a signer for listen.mjs, and a DNS server that has its key. */
export async function setUp() {
  const folder = await mkdtemp(join(tmpdir(), 'queue-proof-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
  const signer = createTestSigner({
    account: 'account-1234',
    url: 'https://shop.example.com/copernica/failures',
  });
  const { address: dnsServer } = await serveDns(signer);
  return { folder, signer, dnsServer };
}
