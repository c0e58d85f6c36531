// postgres-queue.mjs
import PgBoss from 'pg-boss';

// A connection that hangs is given up, and replaced.
const limits = { connectionTimeoutMillis: 10_000, query_timeout: 10_000 };
/** The queue is in the database that stores the reports. */
export const boss = new PgBoss({
  connectionString: process.env.DATABASE_URL,
  ...limits,
  schedule: false,
  // Looks for jobs of killed workers every five seconds.
  maintenanceIntervalSeconds: 5,
});
boss.on('error', ({ message }) => console.error(message));
await boss.start();
