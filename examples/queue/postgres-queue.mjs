// postgres-queue.mjs
import PgBoss from 'pg-boss';

/** The queue is in the database that stores the reports. */
export const boss = new PgBoss({
  connectionString: process.env.DATABASE_URL,
  schedule: false,
  // Looks for jobs of killed workers every five seconds.
  maintenanceIntervalSeconds: 5,
});
boss.on('error', ({ message }) => console.error(message));
await boss.start();
