import { readFile } from 'node:fs/promises';
import type { Route } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import {
  CHROMIUM,
  database,
  first,
  focused,
  IN_TIME,
  open,
  page,
  param,
  poll,
  receive,
  receiveUnknown,
  textOf,
  useDesk,
} from './browser.js';

describe.skipIf(!CHROMIUM)('the work of a day on the page', () => {
  useDesk();
  const result = () => page.locator('#address-result');
  const verdict = () => result().locator('.verdict');
  const part = () => page.locator('#suppressions-part');
  const suppressed = () => page.locator('#suppressions .address').allTextContents();
  const lookUp = async (address: string) => {
    await page.locator('#ask').getByLabel('Address').fill(address);
    await page.keyboard.press('Enter');
  };
  const add = async (address: string, reason: string) => {
    await part().getByLabel('Suppress an address').fill(address);
    await part().getByLabel('Reason').fill(reason);
    await part().getByRole('button', { name: 'Add' }).click();
  };
  const importFile = (text: string) =>
    part()
      .getByLabel('Import CSV')
      .setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });

  it('shows a report, and what follows from it, within three seconds', IN_TIME, async () => {
    await open();
    await page.evaluate('window.isSamePage = true');
    expect(await page.locator('#plot .permanent').count()).toBe(0);
    await receiveUnknown('1', 'Newcomer@Example.COM');
    await first().getByText('Newcomer@example.com').waitFor({ timeout: 3000 });
    await page.locator('#suppressions').getByText('Newcomer@example.com').waitFor();
    await page.getByRole('img', { name: /^Failures over time: 1 since / }).waitFor();
    expect(await textOf(first())).toMatch(
      /For good permanent No such address invalid-address naming the recipient rcptto offer/,
    );
    expect(await textOf(page.locator('#severities'))).toMatch(/permanent 1 100 %/);
    expect(await textOf(page.locator('#categories'))).toMatch(/invalid-address 1 100 %/);
    expect((await page.locator('#plot .permanent').boundingBox())?.height).toBeGreaterThan(10);
    expect(await page.evaluate('window.isSamePage')).toBe(true);
  });

  it('looks up an address, takes it off the list with a reason, and shows a later report put it back', async () => {
    await receiveUnknown('1', 'Jane@Example.com');
    await open();
    await lookUp(' Jane@EXAMPLE.com ');
    await verdict().getByText('Suppressed: do not mail it.').waitFor();
    expect(param('address')).toBe('Jane@EXAMPLE.com');
    await result().getByRole('link', { name: 'See the report that led to it' }).click();
    await page.getByRole('dialog', { name: 'Jane@example.com' }).waitFor();
    await page.keyboard.press('Escape');

    await page.locator('#suppressions').getByRole('link', { name: 'Take off' }).click();
    await expect.poll(() => page.evaluate('document.activeElement.name')).toBe('note');
    await page.keyboard.type('   ');
    await page.keyboard.press('Enter');
    expect(param('ask')).toBe('remove');
    await page.keyboard.type('She has a new mailbox');
    await page.keyboard.press('Enter');
    await result().getByText('Taken off the list.', { exact: true }).waitFor();
    await expect.poll(() => focused()).toMatch(/^Not suppressed\. .*only a later report/s);
    await result().locator('.history').getByText('She has a new mailbox').waitFor();
    await expect.poll(suppressed).toEqual([]);

    await receiveUnknown('1', 'Jane@Example.com');
    await receiveUnknown('2', 'Jane@Example.com');
    await poll();
    await verdict().getByText('Suppressed: do not mail it.').waitFor();
    await result().getByText('Taken off the list.', { exact: true }).waitFor({ state: 'hidden' });
    // The duplicate is in no history: two reports, and three changes.
    expect(await result().locator('.history li').count()).toBe(5);
  });

  it('deletes an address once it is confirmed, and keeps its suppression or not', async () => {
    await receiveUnknown('1', 'jane@example.com');
    await open('/?address=jane@example.com');
    const deleteLink = result().getByRole('link', { name: 'Delete all data of it' });
    const confirm = result().getByRole('button', { name: 'Delete for good' });
    await deleteLink.click();
    await expect.poll(() => page.evaluate('document.activeElement.name')).toBe('keep');
    await result().getByRole('link', { name: 'Leave it as it is' }).click();
    await expect.poll(() => focused()).toMatch(/^Suppressed/);
    await deleteLink.click();
    await confirm.click();
    await result().getByText('1 report deleted. It is still suppressed.').waitFor();
    await expect.poll(() => focused()).toMatch(/^Suppressed/);
    await receive('2', 'jane@example.com');
    await deleteLink.click();
    await result().getByLabel('Keep it suppressed').uncheck();
    await confirm.click();
    await result().getByText('1 report deleted. It is not suppressed any more.').waitFor();
    await result().getByText('Nothing is known of this address.').waitFor();
    await page.getByText('No report yet.').waitFor();
    await page.getByText('No address yet.').waitFor();
  });

  it('says what is known of other spellings, of unknown, long and test addresses', async () => {
    const long = `${'long'.repeat(80)}@example.net`;
    await receiveUnknown('1', 'Jane.Doe@Shop.Example');
    await receiveUnknown('2', long);
    await open();
    await lookUp('jane.doe@shop.example');
    await verdict().getByText('With other capitals it is suppressed:').waitFor();
    expect(await verdict().getByText('Not suppressed.').count()).toBe(0);
    await verdict().getByRole('link', { name: 'Jane.Doe@shop.example' }).click();
    await verdict().getByText('Suppressed: do not mail it.').waitFor();

    await lookUp('Jane');
    await result().getByText('Nothing is known of this address.').waitFor();
    await result().getByRole('link', { name: 'Search the reports' }).click();
    await page.getByRole('link', { name: /^Recipient: Jane/ }).waitFor();
    await first().getByText('Jane.Doe@shop.example').waitFor();

    await lookUp(long);
    await verdict().getByText('It is longer than any address can be').waitFor();
    await open();
    await first().locator('.address').click();
    await page.getByRole('dialog').getByText('It is longer than any address can be').waitFor();
    await page.keyboard.press('Escape');

    await page.locator('#test').getByRole('button', { name: 'Send' }).click();
    await page.getByText('The endpoint answered 200').waitFor();
    await lookUp('jane.doe@example.com');
    await verdict().getByText('It has test reports only, which do not count.').waitFor();
    await receive('3', 'jane.doe@example.com');
    await poll();
    await verdict().getByText('There are reports of it, though.').waitFor();
  });

  it('shows the history of an address in order, and leads to all its reports', async () => {
    for (const recipient of ['first@x.nl', 'jo@x.nl', 'anjo@x.nl'])
      await receiveUnknown(recipient, recipient);
    for (let id = 2; id <= 23; id += 1) await receive(`${id}`, 'jo@x.nl');
    await receiveUnknown('24', 'jo@x.nl');
    await open('/?address=jo@x.nl&ask=remove&severity=permanent');
    await result().getByLabel('Reason').fill('Back from leave');
    await result().getByRole('button', { name: 'Take off the list' }).click();
    await result().getByText('Taken off the list.', { exact: true }).waitFor();
    await receiveUnknown('25', 'jo@x.nl');
    await poll();
    const history = result().locator('.history li');
    await expect.poll(() => history.count()).toBe(24);
    expect(await history.allTextContents()).toEqual([
      expect.stringMatching(/Put on the list\s+by a report/),
      expect.stringContaining('550 5.1.1 User unknown'),
      expect.stringMatching(/Taken off the list\s+by hand:\s+Back from leave/),
      ...Array(19).fill(expect.stringContaining('.')),
      expect.stringMatching(/Older reports\s+are left out here/),
      expect.stringMatching(/Put on the list\s+by a report/),
    ]);
    await result().getByRole('link', { name: 'All reports of it' }).click();
    await page.getByRole('link', { name: /^Address: jo@x\.nl/ }).waitFor();
    await expect.poll(() => textOf(page.locator('#found'))).toBe('25 reports');

    // A change is above the report that led to it, also if the next report has the same time.
    await receiveUnknown('30', 'ab@x.nl');
    await receive('31', 'ab@x.nl');
    await database.query(
      `update failure_reports set received_at = (select min(at) from suppression_changes where address = 'ab@x.nl')
       where address = 'ab@x.nl'`,
    );
    await open('/?address=ab@x.nl');
    expect(await history.allTextContents()).toEqual([
      expect.stringContaining('Mailbox full'),
      expect.stringContaining('Put on the list'),
      expect.stringContaining('User unknown'),
    ]);
  });

  it('pages through the suppressions, searches them, and leads to their reports', async () => {
    for (let id = 1; id <= 11; id += 1) await receiveUnknown(`${id}`, `unknown-${id}@example.com`);
    await open();
    expect(await textOf(page.locator('#suppressions-total'))).toBe('11');
    const pages = page.getByRole('navigation', { name: 'Pages of suppressions' });
    await pages.getByRole('button', { name: 'Older' }).click();
    await expect
      .poll(suppressed)
      .toEqual(['unknown-3@example.com', 'unknown-2@example.com', 'unknown-1@example.com']);
    const find = async (text: string) => {
      await part().getByLabel('Find').fill(text);
      await page.keyboard.press('Enter');
    };
    await find('UNKNOWN-1');
    await expect.poll(() => textOf(page.locator('#matches'))).toBe('3 suppressions');
    await page.reload();
    await expect.poll(async () => (await suppressed()).length).toBe(3);
    await find('nowhere');
    await part().getByText('No suppressed address contains this.').waitFor();
    await find('ab');
    await part()
      .getByText(/at least three letters or digits in a row/)
      .waitFor();
    await part()
      .getByRole('link', { name: /^part of the address: ab/ })
      .click();
    await expect.poll(async () => (await suppressed()).length).toBe(8);
    await page.locator('#suppressions').getByRole('link', { name: 'report' }).first().click();
    await page
      .getByRole('dialog', { name: 'unknown-11@example.com' })
      .getByText('User unknown')
      .first()
      .waitFor();
    // A page that cannot be shown has a way back.
    await page.goto('/?listed=x&before=x');
    for (const name of ['suppressions', 'reports']) {
      const navigation = page.getByRole('navigation', { name: `Pages of ${name}` });
      await navigation.getByRole('button', { name: 'Newer' }).click();
      await expect.poll(() => page.locator(`#${name} > li`).count()).toBeGreaterThan(7);
    }
  });

  it('adds addresses by hand with a reason, imports and exports them, and names what it refuses', async () => {
    await open();
    await add('bob@Example.com', 'He asked us to');
    await part().getByText('bob@example.com is on the list now.').waitFor();
    await page.locator('#suppressions').getByText('bob@example.com').waitFor();
    expect(await textOf(page.locator('#suppressions'))).toMatch(/He asked us to by hand/);
    await add('bob@example.com', 'Again');
    await part().getByText('bob@example.com was on the list already.').waitFor();
    await add('   ', 'none');
    await part().getByText('Nothing was added.').waitFor();
    await add(`${'long'.repeat(80)}@example.net`, 'none');
    await part()
      .getByText('No address is longer than 320 characters. Nothing was added.')
      .waitFor();
    // A field that cut what is pasted would suppress another address.
    expect(await page.locator('[name=address][maxlength]').count()).toBe(0);
    await add('ann@example.com', '   ');
    expect(await part().locator('input:invalid').count()).toBe(1);
    expect(await suppressed()).toEqual(['bob@example.com']);

    await importFile('address\nann@example.com\nbob@example.com\nnobody\n');
    await part().getByText('1 address added, 1 on the list already, 1 line refused.').waitFor();
    await part()
      .getByText(/^Line 4: /)
      .waitFor();
    await expect
      .poll(async () => (await suppressed()).toSorted())
      .toEqual(['ann@example.com', 'bob@example.com']);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      part().getByRole('link', { name: 'Download CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('suppressions.csv');
    expect(await readFile(await download.path(), 'utf8')).toMatch(
      /^address,.*\nann@example\.com,.*\nbob@example\.com,/,
    );
    // While it runs the page says so, and afterwards what to do if it may have stopped half-way.
    const imports: Route[] = [];
    await page.route('**/suppressions/import', (route) => void imports.push(route));
    await importFile('eve@example.com\n');
    await part().getByText('Importing list.csv …').waitFor();
    await imports[0]?.fulfill({ status: 503, json: { error: 'The database cannot be reached' } });
    const outcome = 'It may have been added, or in part: do it again, nothing is added twice.';
    await part().getByText(outcome).waitFor();
  });

  it('sends a test report that counts nowhere, and says what a real one would have done', async () => {
    await open();
    await page.getByLabel('Kind of failure').selectOption('Refused at once: no such user');
    const form = page.locator('#test');
    await form.getByLabel('Recipient').fill('Newcomer@Example.COM');
    await form.getByLabel('Tags').fill('welcome');
    await form.getByRole('button', { name: 'Send' }).click();
    const answer = page.locator('#test-answer');
    await answer.getByText('The endpoint answered 200 OK').waitFor();
    expect(await textOf(answer)).toMatch(
      /A real one would have counted as For good permanent ?, No such address invalid-address ?\. Newcomer@example\.com would be on the list/,
    );
    await first().getByText('test', { exact: true }).waitFor();
    await page.getByText('No address yet.').waitFor();
    expect(await textOf(page.locator('#severities'))).toMatch(/permanent 0 0 %/);
    await page.locator('#reports').getByRole('link', { name: 'rcptto' }).click();
    await expect.poll(() => textOf(page.locator('#found'))).toBe('0 reports and 1 test report');
    await answer.getByRole('link', { name: 'Open the test report' }).click();
    await page.getByRole('dialog').getByText('A test report: it is in no count').waitFor();
    await page.keyboard.press('Escape');
    await form.getByLabel('Recipient').fill('   ');
    await form.getByRole('button', { name: 'Send' }).click();
    await answer.getByText('Give a recipient.').waitFor();
    await form.getByLabel('Recipient').fill('jane@example.com');
    await form.getByLabel('Tags').fill(Array.from({ length: 21 }, (_, i) => `t${i}`).join());
    await form.getByRole('button', { name: 'Send' }).click();
    await answer.getByText('Give at most 20 tags.').waitFor();
  });
});
