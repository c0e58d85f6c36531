// save.mjs
import { createHash } from 'node:crypto';
import pg from 'pg';

const limits = { connectionTimeoutMillis: 10_000, query_timeout: 10_000 };
export const database = new pg.Pool({ connectionString: process.env.DATABASE_URL, ...limits });
// The pool replaces a lost connection. Without this listener, its error would end the app.
database.on('error', ({ message }) => console.error(message));

try {
  await database.query('CREATE TABLE IF NOT EXISTS failures (key text PRIMARY KEY, report jsonb)');
} catch (error) {
  // unique_violation: another process has made the table at the same moment.
  if (error.code !== '23505') {
    console.error(`Cannot open the database: ${error.message || error.code}`);
    process.exit(1);
  }
}

// PostgreSQL cannot hold the character NUL.
const withoutNul = (_, value) => (typeof value === 'string' ? value.replaceAll('\0', '') : value);

export async function save(report) {
  const { id, recipient, state, code, extended } = report;
  const same = JSON.stringify([id, recipient, state, code, extended]);
  const key = createHash('sha256').update(same).digest('hex');
  const row = JSON.stringify(report, withoutNul);
  await database.query('INSERT INTO failures VALUES ($1, $2) ON CONFLICT DO NOTHING', [key, row]);
}
