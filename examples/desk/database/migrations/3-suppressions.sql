alter table suppressions
  -- report, hand or import.
  add column source text not null default 'report',
  -- What a person gave as the reason.
  add column note text,
  -- Serial number of the report that led to it.
  add column report bigint;

-- Every change to the suppressions, in the order of their commits.
create table suppression_changes (
  position bigint primary key,
  address text collate "C" not null,
  change text not null,
  at timestamptz not null default now(),
  source text not null,
  reason text,
  note text,
  report bigint
);
create index suppression_changes_of_address on suppression_changes (address, position);

-- One row: the last position, and how many addresses are suppressed. It is updated by the last thing
-- a statement does, so a transaction that has a number holds it until its commit, a few milliseconds
-- later. Numbers from a sequence would not do: a transaction with a low one can commit after one
-- with a high one, and whoever has read up to the high one would miss it.
create table suppression_feed (position bigint not null, suppressed bigint not null);

-- What an earlier version has suppressed is numbered, counted and brought into the form of today bit
-- by bit. It gets the first positions, of which there are more than it can have.
create table suppression_backlog (
  position bigint not null,
  before timestamptz not null,
  since timestamptz not null,
  address text collate "C" not null
);

insert into suppression_feed
  select case when exists (select from suppressions) then 1000000000 else 0 end, 0;
-- The table is locked by its change above, so there is nothing younger than this moment.
insert into suppression_backlog
  select 0, clock_timestamp(), '-infinity', '' from suppression_feed where position > 0;

create function record_suppressions() returns trigger language plpgsql as $$
declare
  changed bigint;
  counted bigint;
  last bigint;
begin
  if tg_op = 'TRUNCATE' then
    truncate suppression_changes, suppression_backlog;
    update suppression_feed set suppressed = 0;
    return null;
  end if;
  if tg_op = 'INSERT' then
    select count(*) into changed from added;
    if changed = 0 then return null; end if;
    update suppression_feed
      set position = position + changed, suppressed = suppressed + changed
      returning position into last;
    insert into suppression_changes (position, address, change, source, reason, note, report)
      select last - changed + row_number() over (order by address), address, 'suppressed',
        source, reason, note, report
      from added;
  else
    -- What an earlier version wrote in another form is only renamed.
    select count(*) into changed from removed where address = report_address(address);
    if changed = 0 then return null; end if;
    -- Only who holds this row knows what has been numbered.
    perform from suppression_feed for update;
    -- One without a change is in the backlog still.
    select count(*) into counted from removed where exists (
      select from suppression_changes known where known.address = removed.address);
    update suppression_feed
      set position = position + changed, suppressed = suppressed - counted
      returning position into last;
    insert into suppression_changes (position, address, change, source, note)
      select last - changed + row_number() over (order by address), address, 'taken off', 'hand',
        nullif(current_setting('desk.note', true), '')
      from removed where address = report_address(address);
  end if;
  perform pg_notify('failure_reports', '{"suppressions":true}');
  return null;
end $$;
create trigger record_added after insert on suppressions
  referencing new table as added for each statement execute function record_suppressions();
create trigger record_removed after delete on suppressions
  referencing old table as removed for each statement execute function record_suppressions();
create trigger record_truncated after truncate on suppressions
  for each statement execute function record_suppressions();

create function take_off(which text, why text) returns boolean language plpgsql as $$
begin
  perform set_config('desk.note', why, true);
  delete from suppressions where address = which;
  return found;
end $$;

-- Numbers and counts some more of what an earlier version has suppressed, the oldest first.
create function number_older_suppressions(most int) returns boolean language plpgsql as $$
declare
  backlog suppression_backlog;
  last suppressions;
  numbered int;
begin
  select * into backlog from suppression_backlog for update;
  if not found then return false; end if;
  create temporary table batch on commit drop as
    select * from suppressions
    where (since, address) > (backlog.since, backlog.address) and since <= backlog.before
    order by since, address limit most
    -- Nobody takes one off before it is numbered, and no report waits.
    for key share;
  select * into last from batch order by since desc, address desc limit 1;
  if not found then
    delete from suppression_backlog;
    return false;
  end if;
  insert into suppression_changes (position, address, change, at, source, reason)
    select backlog.position + row_number() over (order by since, address), address, 'suppressed',
      since, source, reason
    from batch
    where address = report_address(address) and not exists (
      select from suppression_changes known where known.address = batch.address);
  get diagnostics numbered = row_count;
  update suppression_backlog
    set position = backlog.position + numbered, since = last.since, address = last.address;
  -- Control characters stand as their symbols now, and nobody would find the others any more.
  with renamed as (
    delete from suppressions
    where address in (select address from batch where address <> report_address(address))
    returning report_address(address) as address, reason, description, since
  )
  insert into suppressions (address, reason, description, since)
    select distinct on (address) * from renamed order by address
    on conflict (address) do nothing;
  update suppression_feed set suppressed = suppressed + numbered;
  return true;
end $$;
