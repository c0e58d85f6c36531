import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_FOLDER } from '../package-folder.js';
import type { Transaction } from './driver.js';

/** Raise it with every change of schema.sql. */
const SCHEMA_VERSION = 2;

/** The database belongs to another version of the desk, or to another app. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError';
  /** If the schema changes under a running desk, requests are answered 503. */
  readonly status = 503;
}

/**
 * Makes the tables in an empty database. If two desks make them at the same moment, one of them fails with a
 * duplicate, and finds the tables at its next try.
 *
 * @throws SchemaError if the database has tables of another version
 */
export async function prepareSchema(transaction: Transaction): Promise<void> {
  await transaction(async (query, execute) => {
    const [found] = await query<{ schema: string | null; reports: string | null }>(
      "select to_regclass('desk_schema')::text as schema, to_regclass('failure_reports')::text as reports",
    );
    if (!found?.schema && !found?.reports) {
      await execute(readFileSync(join(PACKAGE_FOLDER, 'database/schema.sql'), 'utf8'));
      await query('insert into desk_schema values ($1)', [SCHEMA_VERSION]);
      return;
    }
    const [row] = found.schema
      ? await query<{ version: number }>('select version from desk_schema')
      : [];
    const version = row?.version ?? 0;
    if (version === SCHEMA_VERSION) return;
    const age = version > SCHEMA_VERSION ? 'a newer' : 'an older';
    throw new SchemaError(
      `The database was made by ${age} version of the desk (schema ${version}; this version needs ${SCHEMA_VERSION}). Open it with that version, or give this desk an empty database.`,
    );
  });
}
