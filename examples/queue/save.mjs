// save.mjs
import { createHash } from 'node:crypto';
import pg from 'pg';

export const database = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  connectionTimeoutMillis: 10_000,
  query_timeout: 10_000,
});
// A connection that is lost is replaced when one is needed. Unheard, its error would end the app.
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

export async function save(report) {
  const { id, recipient, state, code, extended } = report;
  const same = JSON.stringify([id, recipient, state, code, extended]);
  const key = createHash('sha256').update(same).digest('hex');
  const row = JSON.stringify(report, (_, value) =>
    // PostgreSQL cannot hold the character NUL.
    typeof value === 'string' ? value.replaceAll('\0', '') : value,
  );
  await database.query('INSERT INTO failures VALUES ($1, $2) ON CONFLICT DO NOTHING', [key, row]);
}
