import { generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';
import express from 'express';
import { onFailure, ours, PATH } from '../application.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const text = randomBytes(400);
const signature = sign('sha256', text, privateKey);

/** The least a signed call can cost: an unsigned one, and one check of a signature. */
const handler = ours.copernicaFailures({
  onFailure(report) {
    if (verify('sha256', text, publicKey, signature)) onFailure(report);
  },
});

export default express().use(PATH, handler);
