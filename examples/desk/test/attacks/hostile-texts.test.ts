// Texts and cursors that JavaScript takes and PostgreSQL does not.
import { beforeEach, describe, expect, it } from 'vitest';
import { findReport } from '../../reports/report.js';
import { findReports } from '../../reports/search.js';
import { createStore } from '../../reports/store.js';
import { useFragileDatabase } from '../databases.js';
import { openDesk } from '../in-process.js';
import { unknownUser } from '../reports.js';

const database = await useFragileDatabase();
let desk: Awaited<ReturnType<typeof openDesk>>['desk'];

beforeEach(async () => {
  const opened = await openDesk(database);
  ({ desk } = opened);
  return opened.close;
});

describe('an answer to the page', () => {
  it.each([
    'x',
    '["1","a"]',
    '["x 1","a"]',
    '["2026-02-31T12:00:00.000000Z","a"]',
    '["0000-01-01T00:00:00.000000Z","a"]',
    '["-000001-01-01T00:00:00Z","a"]',
    '["infinity","a"]',
    '["2026-01-31T12:00:00.000000Z",1]',
    '{}',
    'null',
  ])('to a cursor that the desk has not given is a refusal: %s', async (text) => {
    const before = Buffer.from(text).toString('base64url');
    const error = 'The cursor is not one that this desk has given';
    await desk.get('/suppressions').query({ before }).expect(400, { error });
  });

  it.each(['severity', 'category', 'state', 'tag', 'recipient', 'address', 'domain'])(
    'finds nothing if %s holds NUL, which no text in the database can',
    async (name) => {
      const { body } = await desk.get(`/reports?${name}=abc%00`).expect(200);
      expect(body).toEqual({ reports: [], next: null });
    },
  );
});

describe('a stored report', () => {
  it('has a visible sign in place of a NUL character or half a surrogate pair', async () => {
    const store = createStore(database);
    await store(unknownUser({ id: 'a\0b', description: 'C:\\u0000 \0\ud800', tags: ['\0'] }));
    const { reports } = await findReports(database, { tag: '\0' });
    expect(reports).toHaveLength(1);
    const found = await findReport(database, reports[0]?.serial ?? '0');
    expect(found?.report).toMatchObject({
      id: 'a\u2400b',
      description: 'C:\\u0000 \u2400\ufffd',
      tags: ['\u2400'],
    });
  });
});
