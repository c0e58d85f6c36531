import { type Database, openDatabase } from '../../../examples/desk/database/database.js';
import { buildIndexes } from '../../../examples/desk/database/indexes.js';

/** Rows that one statement makes. */
const CHUNK = 50_000;

/**
 * Reports of the last year, made inside the database: mailings with five thousand failures one after the other, four in
 * ten recipients at eight large domains and the others at five thousand small ones.
 */
const MAKE = `
  insert into failure_reports (key, received_at, id, recipient, state, severity, category, report)
  select encode(sha256(number::text::bytea), 'base64'), at, id, recipient, state, severity, category,
    jsonb_build_object('id', id, 'recipient', recipient, 'state', state, 'code', code,
      'extended', extended, 'description', description,
      'tags', jsonb_build_array('newsletter', 'mailing-' || number / 5000),
      'type', 'failure', 'action', 'failed', 'time', extract(epoch from at)::bigint,
      'asynchronous', state = 'bounce', 'severity', severity)
  from (
    select number, md5(number::text) as id,
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
  ) as reply
  order by number`;

const TIME = 'floor(extract(epoch from received_at) / resolution)::bigint * resolution';
const COUNTERS = [
  `insert into failure_counts
   select resolution, ${TIME}, category, severity, count(*)
   from failure_reports, unnest('{900, 3600, 21600, 86400}'::int[]) as resolution
   group by 1, 2, 3, 4 order by 2, 1`,
  `insert into domain_counts
   select resolution, ${TIME}, receiving_domain(recipient), category, severity, count(*)
   from failure_reports, unnest('{86400, 2592000}'::int[]) as resolution
   group by 1, 2, 3, 4, 5 order by 2, 1`,
  `insert into domain_totals
   select resolution, time, domain, sum(count) from domain_counts group by 1, 2, 3 order by 2, 1`,
];

/** One in ten addresses is suppressed. */
const SUPPRESS = `
  insert into suppressions (address, reason, since, report)
  select report_address(recipient), category, received_at, serial
  from failure_reports where category = 'invalid-address' and serial % 4 = 0
  on conflict (address) do nothing`;

/** A database of its own with so many reports, as a desk has it that has run for a year. */
export async function makeDesk(server: string, size: number): Promise<Database> {
  const name = `desk_${size}`;
  const admin = await openDatabase({ url: server });
  await admin.withoutHurry(async (query) => void (await query(`create database ${name}`)));
  await admin.close();
  const url = new URL(server);
  url.pathname = name;
  const database = await openDatabase({ url: url.href });
  await database.query('select 1');
  await database.withoutHurry(async (query) => {
    // What the triggers would do for one report after the other is done below for all at once.
    await query('alter table failure_reports disable trigger user');
    for (let start = 1; start <= size; start += CHUNK) {
      await query(MAKE, [start, Math.min(start + CHUNK - 1, size), size]);
    }
    await query('alter table failure_reports enable trigger user');
    for (const counters of COUNTERS) await query(counters);
    await query(SUPPRESS);
  });
  return database;
}

/** What a desk does by itself. */
export async function settle(database: Database): Promise<void> {
  await buildIndexes(database);
  await database.withoutHurry(async (query) => {
    await query("set maintenance_work_mem = '256MB'");
    await query('vacuum analyze');
    await query('checkpoint');
  });
}
