import { refusal } from './csv-rows.js';
import { fromCell } from './spreadsheet.js';

/** What a column with addresses may be called, without capitals, blanks, hyphens and underscores. */
const ADDRESS = ['address', 'email', 'emailaddress', 'emailadres', 'recipient', 'recipientaddress'];
/** What the desk writes itself. */
export const OWN = ['address', 'reason', 'since', 'description'];

export interface Columns {
  /** Whether the first line names them, and is none of the addresses. */
  named: boolean;
  /** Whether the desk has written the file: then all that stands there is an address. */
  own: boolean;
  /** What one line says. */
  read(record: string[]): Line;
}

interface Line {
  address: string;
  since: string | undefined;
  reason: string | undefined;
  description: string | undefined;
}

/**
 * The columns of a file, by its first line: named or, where that line has an address, just there.
 *
 * @throws with status 400 where nobody can tell
 */
export function readColumns(first: string[]): Columns {
  const names = first.map((name) => name.replace(/[\s_-]/g, '').toLowerCase());
  const known = ADDRESS.find((name) => names.includes(name));
  const place = known ? names.indexOf(known) : first.findIndex((cell) => cell.includes('@'));
  if (place < 0) throw refusal('Which column holds the address? Name it address');
  return {
    named: known !== undefined,
    own: names.join() === OWN.join(),
    read(record) {
      const cells = record.map(fromCell);
      // Texts of others stay as they are, with the white space at their ends.
      const column = (name: string) => (known && cells[names.indexOf(name)]) || undefined;
      return {
        address: cells[place]?.trim() ?? '',
        since: column('since')?.trim() || undefined,
        reason: column('reason'),
        description: column('description'),
      };
    },
  };
}
