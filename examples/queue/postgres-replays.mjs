// postgres-replays.mjs
import pg from 'pg';

const limits = { connectionTimeoutMillis: 4000, query_timeout: 4000 };
const database = new pg.Pool({ connectionString: process.env.DATABASE_URL, ...limits });
const log = (error) => console.error(error.message || error.code);
// Without this listener, a lost connection would end the app.
database.on('error', log);
const ask = async (sql, ...values) => (await database.query(sql, values)).rowCount;

export const sharedStore = {
  has: (id) => ask('SELECT FROM replays WHERE id = $1', id),
  set: (id, until) => ask('INSERT INTO replays VALUES ($1, $2) ON CONFLICT DO NOTHING', id, until),
};
async function tidy() {
  await ask('CREATE TABLE IF NOT EXISTS replays (id text PRIMARY KEY, expires bigint)').catch(log);
  await ask('DELETE FROM replays WHERE expires < $1', Date.now()).catch(log);
}
await tidy();
setInterval(tidy, 60_000).unref();
