-- Keys of reports that are no longer kept though a duplicate of one could still change something: it
-- would suppress an address again that has been taken off by hand. Those of addresses that are
-- suppressed count too, since they can be taken off later. A key costs some 350 bytes with its
-- indexes, where the report took 1,500.
create table cleared_keys (
  key text collate "C" primary key,
  -- A digest of it, in hexadecimal: it stays where a person is forgotten and the suppression kept.
  address text collate "C" not null
);
create index cleared_keys_of_address on cleared_keys (address);

-- Deletes the oldest reports from before a time, a few at a time; their counts stay.
create function clear_reports(before timestamptz, most int) returns int
language plpgsql as $$
declare
  cleared int;
begin
  -- Only a superuser could make it a setting of the function.
  perform set_config('desk.keep_counts', 'on', true);
  with deleted as (
    delete from failure_reports where serial in (
      select serial from failure_reports where received_at < before
      order by received_at limit most for update skip locked)
    returning key, report_address(recipient) as address
  ), remembered as (
    insert into cleared_keys
      select key, encode(sha256(convert_to(address, 'UTF8')), 'hex') from deleted
      where exists (select from suppressions where suppressions.address = deleted.address)
        or exists (
          select from suppression_changes known
          where known.address = deleted.address and known.change = 'taken off')
    on conflict (key) do nothing
  )
  select count(*) into cleared from deleted;
  perform set_config('desk.keep_counts', 'off', true);
  return cleared;
end $$;

-- Deletes what is left of an address once its reports are gone. It leaves no line in the changes
-- that it was deleted: that line would be a trace.
create function forget_address(which text, keep_suppression boolean) returns text
language plpgsql as $$
declare
  suppressed boolean := false;
begin
  if keep_suppression then
    update suppressions set description = null, note = null, report = null where address = which;
    if found then
      update suppression_changes set note = null, report = null where address = which;
      delete from suppression_changes where address = which and position < (
        select max(position) from suppression_changes where address = which);
      return 'kept';
    end if;
  end if;
  -- Reports may still come in. One that found the address suppressed is waited for, since it has
  -- locked that row, and is deleted in the next round; one that comes later suppresses anew.
  loop
    with reports as (
      delete from failure_reports
      where hashtextextended(report_address(recipient), 0) = hashtextextended(which, 0)
        and report_address(recipient) = which
    )
    delete from suppressions where address = which;
    suppressed := suppressed or found;
    delete from suppression_changes where address = which
      and not exists (select from suppressions where address = which);
    delete from cleared_keys where address = encode(sha256(convert_to(which, 'UTF8')), 'hex');
    exit when not exists (
      select from failure_reports
      where hashtextextended(report_address(recipient), 0) = hashtextextended(which, 0)
        and report_address(recipient) = which
      union all select from suppressions where address = which
      union all select from suppression_changes where address = which);
  end loop;
  return case when suppressed then 'deleted' else 'none' end;
end $$;
