import pg from 'pg';
import { type Database, openDatabase } from '../database/database.js';
import { buildIndexes } from '../database/indexes.js';

/** Rows that one statement makes, and statements at a time: one for each core. */
const CHUNK = 50_000;
const SESSIONS = 2;

/**
 * Reports of the last year, made inside the database: mailings with a thousand failures one after
 * the other, four in ten recipients at eight large domains and the others at five thousand small ones.
 */
const MAKE = `
  insert into failure_reports (key, received_at, id, recipient, state, severity, category, report)
  select md5(number::text) || 'abcdefghijk', at, id, recipient, state, severity, category,
    jsonb_build_object('id', id, 'recipient', recipient, 'state', state, 'code', code,
      'extended', extended, 'description', description,
      'tags', jsonb_build_array('newsletter', 'mailing-' || number / 1000),
      'type', 'failure', 'action', 'failed', 'time', extract(epoch from at)::bigint,
      'asynchronous', state = 'bounce', 'severity', severity)
  from (
    select number, 'message-' || number as id,
      now() - (1 - number::float8 / $3) * interval '364 days' as at,
      (array['anna','bob','carla','daan','eva','finn','greta','hugo','iris','jan'])[1 + number % 10]
        || '.' || (array['smith','jansen','muller','rossi','novak','garcia','dubois'])[1 + number % 7]
        || (number * 7919 % 1000003) || '@' || case
          when number * 31 % 10 < 4 then
            (array['gmail.com','outlook.com','yahoo.com','hotmail.com','icloud.com','gmx.de',
              'web.de','ziggo.nl'])[1 + number % 8]
          else 'company-' || number * 104729 % 5000 || '.example' end as recipient,
      number * 40503 % 100 as kind
    from generate_series($1::bigint, $2::bigint) as number
  ) made, lateral (
    select
      case when kind < 30 then 'rcptto' when kind < 60 then 'bounce' when kind < 80 then 'message'
        when kind < 95 then 'mailfrom' else 'connect' end as state,
      case when kind < 75 then 'permanent' when kind < 95 then 'temporary' else 'unknown' end
        as severity,
      case when kind < 42 then 'invalid-address' when kind < 64 then 'mailbox-unavailable'
        when kind < 75 then 'reputation' when kind < 89 then 'frequency'
        when kind < 97 then 'technical' else 'unclassified' end as category,
      case when kind < 75 then 550 else 451 end as code,
      case when kind < 75 then '5.1.1' else '4.7.1' end as extended,
      'The email account that you tried to reach does not exist' as description
  ) as reply`;

/** What a desk would have counted, as fine as it keeps it, and one in ten addresses suppressed. */
const FILL = [
  `insert into failure_counts
   select resolution, floor(extract(epoch from received_at) / resolution)::bigint * resolution,
     category, severity, count(*)
   from failure_reports, unnest('{60, 900, 3600, 21600, 86400}'::int[]) as resolution
   where resolution <> 60 or received_at > now() - interval '3 days'
   group by 1, 2, 3, 4 order by 2, 1`,
  ...[
    ['900', '4 days'],
    ['3600', '41 days'],
    ['86400', '1000 days'],
  ].map(
    ([resolution, kept]) => `insert into domain_counts
     select ${resolution}, floor(extract(epoch from received_at) / ${resolution})::bigint * ${resolution},
       receiving_domain(recipient), category, severity, count(*)
     from failure_reports where received_at > now() - interval '${kept}'
     group by 1, 2, 3, 4, 5 order by 2`,
  ),
  `insert into domain_counts
   select 2592000, time - time % 2592000, domain, category, severity, sum(count)
   from domain_counts where resolution = 86400 group by 1, 2, 3, 4, 5 order by 2`,
  `insert into domain_totals
   select resolution, time, domain, sum(count) from domain_counts group by 1, 2, 3 order by 2, 1`,
  `insert into suppressions (address, reason, since, report)
   select report_address(recipient), category, received_at, serial
   from failure_reports where category = 'invalid-address' and serial % 4 = 0
   on conflict (address) do nothing`,
];

/** The address of a database of its own with so many reports, as a desk leaves it after a year. */
export async function makeDesk(server: string, size: number): Promise<string> {
  const name = `desk_${size}`;
  const url = new URL(server);
  url.pathname = name;
  await run(server, [
    `create database ${name}`,
    // For making it only; the desk is measured with the server's defaults.
    `alter database ${name} set synchronous_commit = off`,
    `alter database ${name} set maintenance_work_mem = '512MB'`,
  ]);
  const database = await openDatabase({ url: url.href });
  await database.query('select 1');
  await run(url.href, [
    'alter table failure_reports disable trigger user',
    'alter table failure_reports drop constraint failure_reports_key_key',
  ]);
  const starts = Array.from({ length: Math.ceil(size / CHUNK) }, (_, index) => 1 + index * CHUNK);
  const waiting = starts.values();
  const session = async () => {
    const client = await connect(url.href);
    for (const start of waiting) {
      await client.query(MAKE, [start, Math.min(start + CHUNK - 1, size), size]);
    }
    await client.end();
  };
  await Promise.all(Array.from({ length: SESSIONS }, session));
  await run(url.href, [
    'alter table failure_reports add unique (key)',
    'alter table failure_reports enable trigger user',
    ...FILL,
  ]);
  await settle(database);
  await database.close();
  await run(url.href, [`alter database ${name} reset all`, 'checkpoint']);
  return url.href;
}

async function settle(database: Database): Promise<void> {
  await buildIndexes(database);
  await database.withoutHurry(async (query) => void (await query('vacuum analyze')));
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client(url);
  await client.connect();
  return client;
}

async function run(url: string, statements: readonly string[]): Promise<void> {
  const client = await connect(url);
  for (const statement of statements) await client.query(statement);
  await client.end();
}

/** Bytes that a report takes, with its share of indexes, counters and suppressions, and of indexes alone. */
export async function bytesPerReport(
  url: string,
  size: number,
): Promise<{ all: number; indexes: number }> {
  const client = await connect(url);
  const { rows } = await client.query<{ all: string; indexes: string }>(
    `select sum(pg_total_relation_size(oid)) as all, sum(pg_indexes_size(oid)) as indexes
     from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
  );
  await client.end();
  return { all: Number(rows[0]?.all) / size, indexes: Number(rows[0]?.indexes) / size };
}
