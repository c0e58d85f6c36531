/** What a user's program imports, in both module systems. */
export const IMPORTS = {
  'esm.mjs': `
    import assert from 'node:assert/strict';
    import express from 'express';
    import { copernicaFailures } from 'copernica-failures';
    import { createTestSigner } from 'copernica-failures/testing';`,
  'commonjs.cjs': `
    const assert = require('node:assert/strict');
    const express = require('express');
    const { copernicaFailures } = require('copernica-failures');
    const { createTestSigner } = require('copernica-failures/testing');`,
};

/** Posts a report with a text in Windows-1252 and a signed one, and checks what is handed over. */
export const PROGRAM = `
async function main() {
  const received = [];
  const onFailure = (report) => received.push(report);
  const account = 'account-1234';
  const signer = createTestSigner({ account });
  const app = express();
  app.use('/open', copernicaFailures({ onFailure }));
  app.use('/', copernicaFailures({ onFailure, verify: { account, resolveTxt: signer.resolveTxt } }));
  const server = await new Promise((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
  });
  const origin = 'http://127.0.0.1:' + server.address().port;

  const body = 'id=00123&recipient=jane%40example.com&state=rcptto&code=550&extended=5.1.1&tags[]=a&tags[]=b';
  const windows1252 = body + '&description=Bo%EEte+inconnue+%96+%80';
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const open = await fetch(origin + '/open', { method: 'POST', headers, body: windows1252 });
  assert.equal(open.status, 200);
  assert.equal((await fetch(origin + '/copernica', { method: 'POST', headers, body })).status, 401);
  const url = origin + '/copernica';
  assert.equal((await fetch(url, signer.sign(body, { url }))).status, 200);

  const report = {
    id: '00123',
    recipient: 'jane@example.com',
    state: 'rcptto',
    code: 550,
    extended: '5.1.1',
    tags: ['a', 'b'],
    asynchronous: false,
    severity: 'permanent',
  };
  assert.deepEqual(received, [{ ...report, description: 'Boîte inconnue – €' }, report]);
  server.close();
}
main();
`;
