// The plainest app that stores reports: it listens on PORT and stores in DATABASE_URL.
import express from 'express';
import pg from 'pg';

// A desk stores reports with as many connections.
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 5 });
await pool.query(
  'create table if not exists plain (id text, recipient text, state text, code text, report jsonb)',
);

const app = express();
app.get('/healthz', (_req, res) => void res.send('OK'));
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
app.listen(Number(process.env.PORT), '127.0.0.1');
