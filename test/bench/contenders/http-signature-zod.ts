import { createHash, createPublicKey } from 'node:crypto';
import type { ClientRequest } from 'node:http';
import express from 'express';
import httpSignature from 'http-signature';
import qs from 'qs';
import { ACCOUNT, KEY_ID, KEY_RECORD, onFailure, PATH } from '../application.js';
import { zodReport } from '../zod-report.js';

const SIGNED = ['(request-target)', 'host', 'date', 'x-copernica-id', 'digest'];

const der = Buffer.from(KEY_RECORD.split('p=')[1] ?? '', 'base64');
const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
const pem = key.export({ format: 'pem', type: 'spki' }).toString();

export default express().post(PATH, express.raw({ type: () => true }), (req, res) => {
  // Its types ask for the wrong kind of request.
  const signature = httpSignature.parseRequest(req as unknown as ClientRequest, {
    headers: SIGNED,
    clockSkew: 300,
  });
  const digest = createHash('sha256').update(req.body).digest('base64');
  const authentic =
    signature.params.keyId === KEY_ID &&
    req.headers['x-copernica-id'] === ACCOUNT &&
    req.headers.digest === `SHA-256=${digest}` &&
    httpSignature.verifySignature(signature, pem);
  if (!authentic) {
    res.sendStatus(401);
    return;
  }
  onFailure(zodReport.parse(qs.parse(req.body.toString())));
  res.sendStatus(200);
});
