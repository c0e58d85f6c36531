import type { RequestListener } from 'node:http';
import { onFailure } from '../application.js';
import { before } from '../before.js';

const failures = before.copernicaFailures({ onFailure });

export default ((req, res) =>
  failures(req, res, (error) => {
    res.writeHead(error ? 500 : 404).end();
  })) satisfies RequestListener;
