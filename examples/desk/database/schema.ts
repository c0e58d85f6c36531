/** Every change ever made to the tables, in order. Add to the end; never edit what has been applied. */
const MIGRATIONS = [
  `create table failure_reports (
     serial bigint generated always as identity primary key,
     key text collate "C" not null unique,
     received_at timestamptz not null default now(),
     id text not null,
     recipient text not null,
     state text not null,
     severity text not null,
     category text not null,
     report jsonb not null
   );
   create index on failure_reports (received_at);
   create table suppressions (
     address text collate "C" primary key,
     reason text not null,
     description text,
     since timestamptz not null default now()
   );
   create table nonces (
     key text collate "C" primary key,
     forget_at timestamptz not null
   );
   create index on nonces (forget_at);`,
  // As rate-limiter-flexible expects it.
  `create table rate_limits (
     key varchar(255) primary key,
     points integer not null default 0,
     expire bigint
   );`,
];

/**
 * Brings the tables up to date, as one string of statements and so in one transaction. The lock
 * makes processes that start at the same moment do it one after the other.
 */
export const MIGRATE = [
  'select pg_advisory_xact_lock(7306085264);',
  'create table if not exists desk_migrations (version int primary key);',
  ...MIGRATIONS.map(
    (statements, version) => `do $migration$ begin
      if not exists (select from desk_migrations where version = ${version}) then
        ${statements}
        insert into desk_migrations values (${version});
      end if;
    end $migration$;`,
  ),
].join('\n');
