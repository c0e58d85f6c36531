create extension if not exists pg_trgm;

alter table failure_reports
  -- Variables that were sent and that the report does not hold as they were sent.
  add column others jsonb,
  -- Sent by the page's form: listed, and nothing else.
  add column test boolean not null default false;

-- The form in which addresses are compared: the same as normaliseAddress in endpoint/suppression.ts.
create function report_address(recipient text) returns text
language plpgsql immutable strict parallel safe as $$
declare
  address text := recipient;
  at int;
begin
  -- Most have nothing to trim and no control characters, and this is done for every report.
  if address ~ '[^!-~]' then
    address := translate(btrim(address, U&'\0009\000A\000B\000C\000D\0020\00A0\1680\2000\2001\2002\2003\2004\2005\2006\2007\2008\2009\200A\2028\2029\202F\205F\3000\FEFF'),
      U&'\0001\0002\0003\0004\0005\0006\0007\0008\0009\000a\000b\000c\000d\000e\000f\0010\0011\0012\0013\0014\0015\0016\0017\0018\0019\001a\001b\001c\001d\001e\001f\007f\0080\0081\0082\0083\0084\0085\0086\0087\0088\0089\008a\008b\008c\008d\008e\008f\0090\0091\0092\0093\0094\0095\0096\0097\0098\0099\009a\009b\009c\009d\009e\009f\2028\2029',
      U&'\2401\2402\2403\2404\2405\2406\2407\2408\2409\240a\240b\240c\240d\240e\240f\2410\2411\2412\2413\2414\2415\2416\2417\2418\2419\241a\241b\241c\241d\241e\241f\2421' || repeat(U&'\fffd', 34));
  end if;
  at := length(address) - position('@' in reverse(address)) + 1;
  if at > length(address) then return address; end if;
  return left(address, at) || lower(substr(address, at + 1) collate "C");
end $$;

-- Who refused: what stands after the last @. Not strict, or it would be slow: it could not be inlined.
create function receiving_domain(recipient text) returns text
language sql immutable parallel safe as $$
  select case when position('@' in recipient) = 0 then ''
    else lower(left(split_part(btrim(recipient), '@', -1), 253) collate "C") end
$$;

-- The counters: reports by time, category and severity, in all and for each receiving domain.
-- Each is kept at several resolutions (seconds), so that any span is the sum of few rows, and the
-- fine ones for a while only, a day longer than database/resolutions.ts says.
create table failure_counts (
  resolution int,
  time bigint,
  category text collate "C",
  severity text collate "C",
  count bigint not null,
  primary key (resolution, time, category, severity)
);
create table domain_counts (
  resolution int,
  time bigint,
  domain text collate "C",
  category text collate "C",
  severity text collate "C",
  count bigint not null,
  primary key (resolution, time, domain, category, severity)
);
create index domain_counts_empty on domain_counts (count) where count = 0;
-- The same for all categories and severities, to find the largest domains by.
create table domain_totals (
  resolution int,
  time bigint,
  domain text collate "C",
  count bigint not null,
  primary key (resolution, time, domain)
);
create index domain_totals_largest on domain_totals (resolution, time, count);
create index domain_totals_empty on domain_totals (count) where count = 0;

-- What has not been added to the counters yet. A transaction that stores reports only appends here,
-- so however many desks write, none waits for a row that another one has changed, and none can
-- lose a count: the line is committed with the reports it counts. Whoever reads adds both.
create table count_deltas (
  time bigint not null,
  category text collate "C" not null,
  severity text collate "C" not null,
  domain text collate "C" not null,
  count int not null
) with (autovacuum_vacuum_threshold = 20000, autovacuum_vacuum_scale_factor = 0);

-- How far the reports of an earlier version have been counted: those up to `remaining` are not yet.
create table count_backlog (total bigint not null, remaining bigint not null);

-- The counters follow the table, whoever changes it. Only the retention leaves them: desk.keep_counts.
create function count_reports() returns trigger language plpgsql as $$
declare
  uncounted bigint;
  stored int;
begin
  if tg_op = 'TRUNCATE' then
    truncate failure_counts, domain_counts, domain_totals, count_deltas, count_backlog;
    return null;
  end if;
  if tg_op <> 'INSERT' then
    if current_setting('desk.keep_counts', true) = 'on' then return null; end if;
    select remaining into uncounted from count_backlog where remaining > 0 for share;
    insert into count_deltas
      select floor(extract(epoch from received_at) / 60) * 60, category, severity,
        receiving_domain(recipient), -count(*)
      from removed where not test and serial > coalesce(uncounted, 0) group by 1, 2, 3, 4;
  end if;
  if tg_op <> 'DELETE' then
    insert into count_deltas
      select floor(extract(epoch from received_at) / 60) * 60, category, severity,
        receiving_domain(recipient), count(*)
      from added where not test and serial > coalesce(uncounted, 0) group by 1, 2, 3, 4;
  end if;
  if tg_op = 'INSERT' then
    select count(*) into stored from added;
    if stored > 0 then
      perform pg_notify('failure_reports', json_build_object('reports', stored)::text);
    end if;
  end if;
  return null;
end $$;
create trigger count_inserted after insert on failure_reports
  referencing new table as added for each statement execute function count_reports();
create trigger count_updated after update on failure_reports
  referencing old table as removed new table as added
  for each statement execute function count_reports();
create trigger count_deleted after delete on failure_reports
  referencing old table as removed for each statement execute function count_reports();
create trigger count_truncated after truncate on failure_reports
  for each statement execute function count_reports();

insert into count_backlog
  select max(serial), max(serial) from failure_reports having max(serial) is not null;

-- Adds up to so many lines to the counters; one process at a time, the others go on at once.
create function fold_counts(most int) returns int language plpgsql as $$
declare
  folded int;
begin
  if not pg_try_advisory_xact_lock(7306085265) then return 0; end if;
  with taken as materialized (
    delete from count_deltas
    where ctid = any (array(select ctid from count_deltas limit most))
    returning *, extract(epoch from now()) - time as age
  ), failures as (
    insert into failure_counts
      select resolution, time - time % resolution, category, severity, sum(count)
      from taken, unnest('{60, 900, 3600, 21600, 86400}'::int[]) as resolution
      where resolution <> 60 or age < 3 * 86400
      group by 1, 2, 3, 4
    on conflict (resolution, time, category, severity)
      do update set count = failure_counts.count + excluded.count
  ), by_domain as materialized (
    select resolution, time - time % resolution as start, domain, category, severity,
      sum(count) as count
    from taken, unnest('{900, 3600, 86400, 2592000}'::int[]) as resolution
    where resolution > 3600 or age < case resolution when 900 then 4 else 41 end * 86400
    group by 1, 2, 3, 4, 5
  ), domains as (
    insert into domain_counts select * from by_domain
    on conflict (resolution, time, domain, category, severity)
      do update set count = domain_counts.count + excluded.count
  ), totals as (
    insert into domain_totals
      select resolution, start, domain, sum(count) from by_domain group by 1, 2, 3
    on conflict (resolution, time, domain)
      do update set count = domain_totals.count + excluded.count
  )
  select count(*) into folded from taken;
  -- Of an address that was deleted not even its domain stays.
  delete from domain_counts where count = 0;
  delete from domain_totals where count = 0;
  return folded;
end $$;

-- Counts some more of the reports that an earlier version has stored, the newest first.
create function count_older_reports(most int) returns boolean language plpgsql as $$
declare
  upper bigint;
begin
  select remaining into upper from count_backlog where remaining > 0 for update;
  if not found then return false; end if;
  insert into count_deltas
    select floor(extract(epoch from received_at) / 60) * 60, category, severity,
      receiving_domain(recipient), count(*)
    from failure_reports where serial > upper - most and serial <= upper and not test
    group by 1, 2, 3, 4;
  update count_backlog set remaining = greatest(upper - most, 0);
  return true;
end $$;
