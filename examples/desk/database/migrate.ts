import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = new URL('migrations/', import.meta.url);

/** Every change ever made to the tables, in order. Add to the end; never edit what has been applied. */
const MIGRATIONS = readdirSync(FOLDER)
  .map((file) => ({
    version: Number.parseInt(file, 10),
    statements: readFileSync(new URL(file, FOLDER), 'utf8'),
  }))
  .sort((one, other) => one.version - other.version);

/**
 * Brings the tables up to date, as one string of statements and so in one transaction. The lock
 * makes processes that start at the same moment do it one after the other.
 *
 * Nothing here may take longer the more reports there are, since they wait for it: indexes are
 * built, and older reports counted, while new ones come in (`indexes.ts`, `process/housekeeping.ts`).
 */
export const MIGRATE = [
  'select pg_advisory_xact_lock(7306085264);',
  'create table if not exists desk_migrations (version int primary key);',
  ...MIGRATIONS.map(
    ({ statements, version }) => `do $migration$ begin
      if not exists (select from desk_migrations where version = ${version}) then
        ${statements}
        insert into desk_migrations values (${version});
      end if;
    end $migration$;`,
  ),
].join('\n');
