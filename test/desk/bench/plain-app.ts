// The plainest app that stores reports: plain-app.ts DATABASE_URL. Prints its address.
import type { AddressInfo } from 'node:net';
import express from 'express';
import pg from 'pg';

// As many connections as a desk has.
const pool = new pg.Pool({ connectionString: process.argv[2], max: 5 });
await pool.query(
  'create table if not exists plain (id text, recipient text, state text, code text, report jsonb)',
);

const app = express();
app.use('/copernica/failures', express.urlencoded({ extended: true }), async (req, res) => {
  const { id, recipient, state, code } = req.body;
  await pool.query('insert into plain values ($1, $2, $3, $4, $5)', [
    id,
    recipient,
    state,
    code,
    JSON.stringify(req.body),
  ]);
  res.send('OK');
});
const server = app.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
