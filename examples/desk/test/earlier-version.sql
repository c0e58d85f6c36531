-- A database as the first version of the desk has left it.
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
create table desk_migrations (version int primary key);
insert into desk_migrations values (0);

insert into failure_reports (key, received_at, id, recipient, state, severity, category, report)
select
  -- The digest of the id, the recipient, the state, the code, and what these have not.
  rtrim(translate(encode(sha256(convert_to(format(
    '["message-%s","Person%s@Domain%s.example","rcptto",550,null,null]', n, n, n % 3), 'UTF8')),
    'base64'), '+/', '-_'), '='),
  now() - n * interval '1 hour', 'message-' || n, 'Person' || n || '@Domain' || n % 3 || '.example',
  'rcptto', case when n % 2 = 0 then 'permanent' else 'temporary' end,
  case when n % 2 = 0 then 'invalid-address' else 'technical' end,
  jsonb_build_object('id', 'message-' || n, 'recipient', 'Person' || n || '@Domain' || n % 3 || '.example',
    'state', 'rcptto', 'code', 550, 'tags', jsonb_build_array('mailing-' || n % 4),
    'asynchronous', false, 'severity', 'permanent')
from generate_series(1, 60) as n;
insert into suppressions (address, reason, description, since)
select 'Person' || n || '@domain' || n % 3 || '.example', 'invalid-address', 'User unknown',
  now() - n * interval '1 hour'
from generate_series(2, 60, 2) as n;
insert into suppressions (address, reason, description, since) values
  (E'ja\tne@example.com', 'invalid-address', 'User unknown', now() - interval '2 days'),
  ('jane@exämple.com', 'invalid-address', 'User unknown', now() - interval '2 days');
