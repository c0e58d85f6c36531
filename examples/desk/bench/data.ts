import pg from 'pg';
import { openDatabase } from '../database/open.js';
import { DAY_SECONDS, FOUR_WEEKS_SECONDS, HOUR_SECONDS } from '../statistics/periods.js';

const ROWS_PER_STATEMENT = 50_000;
/** Statements that run at the same time: one for each core. */
const SESSIONS = 2;

/**
 * Makes reports of the last year inside the database. Each mailing has a thousand failures. Four in ten
 * recipients are at eight large domains, the others at five thousand small ones.
 */
const MAKE = `
  insert into failure_reports (dedup_key, received_at, address, domain, severity, category, state, tags,
    is_test, report)
  select md5(number::text) || 'abcdefghijk', at, recipient, split_part(recipient, '@', 2), severity,
    category, state, array['newsletter', 'mailing-' || number / 1000], false,
    jsonb_build_object('id', 'message-' || number, 'recipient', recipient, 'state', state,
      'code', code, 'extended', extended,
      'description', 'The email account that you tried to reach does not exist',
      'tags', jsonb_build_array('newsletter', 'mailing-' || number / 1000),
      'type', 'failure', 'action', 'failed', 'time', extract(epoch from at)::bigint,
      'asynchronous', state = 'bounce', 'severity', severity)
  from (
    select number, now() - (1 - number::float8 / $3) * interval '364 days' as at,
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
      case when kind < 75 then '5.1.1' else '4.7.1' end as extended
  ) as reply`;

/** Fills the counts as a desk would have done, and suppresses some of the addresses. */
const FILL = [
  ...[HOUR_SECONDS, DAY_SECONDS].map(
    (seconds) => `insert into total_counts
     select ${seconds}, date_bin(make_interval(secs => ${seconds}), received_at, 'epoch'), category,
       severity, count(*)
     from failure_reports, rollup_progress where received_at < rolled_up_to group by 2, 3, 4`,
  ),
  ...[
    [HOUR_SECONDS, '3 days'],
    [DAY_SECONDS, '1000 days'],
    [FOUR_WEEKS_SECONDS, '1000 days'],
  ].map(
    ([seconds, kept]) => `insert into domain_counts
     select ${seconds}, domain, date_bin(make_interval(secs => ${seconds}), received_at, 'epoch'),
       category, severity, count(*)
     from failure_reports, rollup_progress
     where received_at < rolled_up_to and received_at > now() - interval '${kept}'
     group by 2, 3, 4, 5`,
  ),
  `insert into suppressions (address, reason, since, source, report_id)
   select address, category, received_at, 'report', serial
   from failure_reports where category = 'invalid-address' and serial % 4 = 0
   on conflict (address) do nothing`,
  'update suppression_sequence set suppressed = (select count(*) from suppressions)',
];

/** Makes a database with so many reports, as a desk leaves it after a year. Returns its address. */
export async function makeDesk(server: string, size: number): Promise<string> {
  const name = `desk_${size}`;
  const url = new URL(server);
  url.pathname = name;
  await run(server, [
    `create database ${name}`,
    // Only while it is made: the desk is measured with the server's defaults.
    `alter database ${name} set synchronous_commit = off`,
    `alter database ${name} set maintenance_work_mem = '512MB'`,
  ]);
  const database = await openDatabase({ url: url.href });
  await database.query('select 1');
  await database.close();
  const indexes = await dropIndexes(url.href);
  const starts = Array.from(
    { length: Math.ceil(size / ROWS_PER_STATEMENT) },
    (_, index) => 1 + index * ROWS_PER_STATEMENT,
  );
  const waiting = starts.values();
  const session = async () => {
    const client = await connect(url.href);
    for (const start of waiting) {
      await client.query(MAKE, [start, Math.min(start + ROWS_PER_STATEMENT - 1, size), size]);
    }
    await client.end();
  };
  await Promise.all(Array.from({ length: SESSIONS }, session));
  await run(url.href, [
    ...indexes,
    ...FILL,
    'vacuum analyze',
    `alter database ${name} reset all`,
    'checkpoint',
  ]);
  return url.href;
}

/** Drops the indexes of the reports except the two of constraints. Returns the statements that make them. */
async function dropIndexes(url: string): Promise<string[]> {
  const client = await connect(url);
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes
     where tablename = 'failure_reports' and indexname like 'reports_by_%'`,
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  await client.end();
  return rows.map(({ definition }) => definition);
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

/** Bytes on disk for each report: `all` includes counts, suppressions and indexes. */
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
