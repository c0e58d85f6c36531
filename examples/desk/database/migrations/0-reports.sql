create table failure_reports (
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
create index on nonces (forget_at);
