import type { RequestListener } from 'node:http';
import { onFailure, ours } from '../application.js';

const failures = ours.copernicaFailures({ onFailure });

export default ((req, res) =>
  failures(req, res, (error) => {
    res.writeHead(error ? 500 : 404).end();
  })) satisfies RequestListener;
