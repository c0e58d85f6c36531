import type { ImportResult } from '../answers.js';
import { parseAddress } from './address.js';
import { refusal } from './csv-rows.js';
import type { Addition } from './edit.js';
import { COLUMNS, fromCell } from './export-csv.js';
import { OWN_REASONS } from './reasons.js';

const MAX_UNREAD_LISTED = 100;
const MAX_NAME_LENGTH = 100;
/** Names of a column of addresses, in English, Dutch, German and French: in lower case, letters only. */
const ADDRESS_NAMES = [
  'address',
  'email',
  'emailaddress',
  'emailadres',
  'recipient',
  'recipientaddress',
  ...['adresse', 'emailadresse', 'adresseemail', 'courriel'],
];
/** The same for a column of reasons, in English, Dutch, German and French. */
const REASON_NAMES = [
  ...['reason', 'reden', 'grund', 'raison', 'motif'],
  ...['note', 'opmerking', 'bemerkung', 'remarque'],
  ...['comment', 'comments', 'commentaar', 'kommentar', 'commentaire'],
];

/** How an import reads the cells of one file. */
export interface Columns {
  /** True if the first line names the columns. */
  isNamed: boolean;
  /** True if the desk exported the file. Its addresses are then taken unchanged. */
  isOwn: boolean;
  read(cells: string[]): Addition;
  /** Tells which columns were read so far, and which were not. */
  describe(): ImportResult['columns'];
}

/**
 * Finds the columns in the first line of a file. If a column has several names in a file, the first of the
 * lists above counts. If no column has a name, the addresses are in the first one with an `@`.
 *
 * @throws with status 400 if there is no column of addresses
 */
export function findColumns(first: string[]): Columns {
  const words = first.map((cell) => cell.replace(/[\s_-]/g, '').toLowerCase());
  const isNamed = words.some((word) => ADDRESS_NAMES.includes(word));
  const names = isNamed ? words : [];
  const placeOf = (...known: string[]) =>
    known.map((name) => names.indexOf(name)).find((place) => place >= 0) ?? -1;
  const address = isNamed
    ? placeOf(...ADDRESS_NAMES)
    : first.findIndex((cell) => cell.includes('@'));
  if (address < 0) throw refusal('Which column holds the address? Name it address');
  const reason = placeOf(...REASON_NAMES);
  const since = placeOf('since');
  const description = placeOf('description');

  const isOwn = names.join() === COLUMNS.join();
  const used = [address, reason, since, description];
  const unread = new Set<number>();
  /** Only a column with a name or a text counts as unread: spreadsheets add empty ones. */
  function findUnread(cells: string[]) {
    for (const [place, cell] of cells.entries()) {
      if (!used.includes(place) && cell.trim() !== '') unread.add(place);
    }
  }
  const nameOf = (place: number) =>
    (isNamed && first[place]?.trim().slice(0, MAX_NAME_LENGTH)) || `column ${place + 1}`;

  findUnread(first);
  return {
    isNamed,
    isOwn,
    read(cells) {
      findUnread(cells);
      const texts = cells.map(fromCell);
      const text = texts[address]?.trim() ?? '';
      return {
        address: isOwn ? text : parseAddress(text),
        since: texts[since]?.trim() || undefined,
        description: texts[description] || undefined,
        ...readReason(texts[reason] ?? ''),
      };
    },
    describe: () => ({
      address: nameOf(address),
      reason: reason < 0 ? null : nameOf(reason),
      unread: [...unread]
        .sort((one, other) => one - other)
        .slice(0, MAX_UNREAD_LISTED)
        .map(nameOf),
      unreadTotal: unread.size,
    }),
  };
}

/** A reason of the desk itself stays one. Any other text is kept as a person's note. */
function readReason(text: string): Pick<Addition, 'reason' | 'note'> {
  const reason = text.trim();
  if (OWN_REASONS.includes(reason)) return { reason };
  return reason === '' ? {} : { note: text };
}
