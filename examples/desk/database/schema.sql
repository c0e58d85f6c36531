-- The tables of the desk, for an empty database. Until the first release, this file is edited in place, and
-- SCHEMA_VERSION in schema.ts counts the edits. After that, changes will be numbered files beside it.

create extension if not exists pg_trgm;

create table desk_schema (version int not null);

create table failure_reports (
  serial bigint generated always as identity primary key,
  -- The same for two deliveries of the same report (reports/store.ts).
  dedup_key text collate "C" not null unique,
  received_at timestamptz not null,
  -- The recipient in the form in which addresses are compared, at most 320 characters.
  address text collate "C" not null,
  -- The receiving domain in lower case; empty if there is none.
  domain text collate "C" not null,
  severity text collate "C" not null,
  category text collate "C" not null,
  -- The first 100 characters.
  state text collate "C" not null,
  -- The first 50 tags, 100 characters of each.
  tags text[] not null,
  -- Sent by the page's form: in the list, but in no count and no export.
  is_test boolean not null,
  report jsonb not null,
  -- The variables that `report` does not have in the form in which they were sent.
  extra_variables jsonb
);
create index reports_by_time on failure_reports (received_at, serial);
create index reports_by_address on failure_reports (lower(address), address, received_at, serial);
create index reports_by_domain on failure_reports (domain, received_at, serial);
create index reports_by_category on failure_reports (category, received_at, serial);
create index reports_by_state on failure_reports (state, received_at, serial);
create index reports_by_message on failure_reports (left(report->>'id', 100), received_at, serial);
create index reports_by_tag on failure_reports using gin (tags)
  with (gin_pending_list_limit = 1024);
create index reports_by_part_of_address on failure_reports using gin (lower(address) gin_trgm_ops)
  with (gin_pending_list_limit = 1024);

-- Keys of deleted reports, so that a duplicate is still recognized. Otherwise it could suppress an address
-- again that was taken off the list by hand.
create table deleted_report_keys (
  dedup_key text collate "C" primary key,
  -- SHA-256 in hexadecimal, since the address itself may have to be deleted.
  address_digest text collate "C" not null
);
create index on deleted_report_keys (address_digest);

create table suppressions (
  address text collate "C" primary key,
  -- A category, `by hand` or `import`.
  reason text not null,
  description text,
  since timestamptz not null default now(),
  -- `report`, `hand` or `import`.
  source text not null,
  -- The reason that a person gave.
  note text,
  -- Serial of the report that led to it.
  report_id bigint
);
create index suppressions_by_time on suppressions (since, address);
create index suppressions_by_lower_address on suppressions (lower(address));
create index suppressions_by_part_of_address on suppressions using gin (lower(address) gin_trgm_ops);

-- Every change of the suppressions, in the order in which they were committed.
create table suppression_changes (
  position bigint primary key,
  address text collate "C" not null,
  -- `suppressed` or `taken off`.
  change text not null,
  at timestamptz not null default now(),
  source text not null,
  reason text,
  note text,
  report_id bigint
);
create index on suppression_changes (address, position);
create index on suppression_changes (lower(address));

-- One row: the last position, and how many addresses are suppressed. A transaction updates it last and
-- holds the row until its commit, so positions are in commit order. A sequence would not do: a lower number
-- could be committed later, and a reader would miss it.
create table suppression_sequence (position bigint not null, suppressed bigint not null);
insert into suppression_sequence values (0, 0);

-- Counts of finished hours (statistics/rollup.ts), in buckets of an hour (3600 seconds) and of a day of
-- UTC (86400). For later reports, the table of reports is counted.
create table total_counts (
  bucket_seconds int,
  bucket_start timestamptz,
  category text collate "C",
  severity text collate "C",
  count bigint not null,
  primary key (bucket_seconds, bucket_start, category, severity)
);
-- The same for each receiving domain. There are many domains: hours are kept for three days only, and a year
-- is the sum of four-week buckets (2419200).
create table domain_counts (
  bucket_seconds int,
  domain text collate "C",
  bucket_start timestamptz,
  category text collate "C",
  severity text collate "C",
  count bigint not null,
  primary key (bucket_seconds, domain, bucket_start, category, severity)
);
create index domain_counts_largest on domain_counts (bucket_seconds, bucket_start, count);
-- One row: every report before this time is in the counts, and no later one.
create table rollup_progress (rolled_up_to timestamptz not null);
insert into rollup_progress values (date_trunc('hour', now(), 'UTC'));

-- Calls that were delivered, so that every desk recognizes a replay.
create table replays (
  key text collate "C" primary key,
  forget_at timestamptz not null
);
create index on replays (forget_at);
