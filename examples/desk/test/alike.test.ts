import { beforeEach, expect, it } from 'vitest';
import { createStore } from '../reports/store.js';
import { findAlike } from '../suppressions/alike.js';
import { addSuppressions } from '../suppressions/edit.js';
import { countSuppressions } from '../suppressions/list.js';
import { describeEach } from './databases.js';
import { unknownUser } from './reports.js';

describeEach('suppressed addresses that look like another', (given) => {
  const database = () => given().database;
  const add = (...addresses: string[]) =>
    addSuppressions(
      database(),
      addresses.map((address) => ({ address })),
      'import',
    );

  beforeEach(async () => {
    await database().query('truncate failure_reports, suppressions');
  });

  it('are found whatever their capitals, and not the address itself', async () => {
    await add('Jane.Doe@shop.example', 'JANE.DOE@shop.example', 'jane@shop.example');
    expect(await findAlike(database(), 'jane.doe@SHOP.example')).toEqual([
      'JANE.DOE@shop.example',
      'Jane.Doe@shop.example',
    ]);
    expect(await findAlike(database(), 'Jane.Doe@shop.example')).toEqual(['JANE.DOE@shop.example']);
    expect(await findAlike(database(), '_ane@shop.example')).toEqual([]);
  });

  it('are counted by a part of them, a thousand at most', async () => {
    await add(...Array.from({ length: 1000 }, (_, index) => `person-${index}@shop.example`));
    expect(await countSuppressions(database(), 'PERSON-99')).toEqual({ count: 11, exact: true });
    expect(await countSuppressions(database(), 'shop')).toEqual({ count: 1000, exact: true });
    await add('one.more@shop.example');
    expect(await countSuppressions(database(), 'shop')).toEqual({ count: 1000, exact: false });
  });

  it('are none where a report names no address', async () => {
    await createStore(database())(unknownUser({ recipient: ' \t' }));
    expect(await database().query('select address from suppressions')).toEqual([]);
  });
});
