// postgres-queue.mjs
import PgBoss from 'pg-boss';

/** The queue, in the database that the reports are stored in, too. */
export const boss = new PgBoss({
  connectionString: process.env.DATABASE_URL,
  schedule: false,
  // So often, jobs of killed workers are looked for.
  maintenanceIntervalSeconds: 5,
});
boss.on('error', ({ message }) => console.error(message));
await boss.start();
