import type { Database } from './database/driver.js';
import { openDatabase } from './database/open.js';
import type { Settings } from './settings.js';
import { cannotKeepData } from './startup-errors.js';

/**
 * Opens the database that the settings name.
 *
 * @throws Error whose message says what is wrong with the directory of the embedded one, and what to do
 */
export async function openDatabaseOf({
  DATABASE_URL,
  DATA_DIRECTORY,
}: Pick<Settings, 'DATABASE_URL' | 'DATA_DIRECTORY'>): Promise<Database> {
  try {
    return await openDatabase({ url: DATABASE_URL, directory: DATA_DIRECTORY });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw code ? cannotKeepData({ code, message }, DATA_DIRECTORY) : error;
  }
}
