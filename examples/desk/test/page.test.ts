import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FailureReport } from 'copernica-failures';
import type { Route } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import {
  backdate,
  database,
  first,
  focused,
  IN_TIME,
  listed,
  open,
  openAnother,
  page,
  param,
  poll,
  receive,
  receiveUnknown,
  textOf,
  UNKNOWN_USER,
  useDesk,
  violations,
} from './browser.js';
import { CHROMIUM } from './chromium.js';

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
  const fileInput = () => part().getByLabel('Import CSV');
  const chooseFile = (text: string, name = 'list.csv') =>
    fileInput().setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  const importOutcome = () => part().locator('#import-outcome');
  const confirm = (name: string) => importOutcome().getByRole('button', { name, exact: true });

  it('shows a report, and what follows from it, within three seconds', IN_TIME, async () => {
    await open();
    await page.evaluate('window.isSamePage = true');
    expect(await page.locator('#plot .permanent').count()).toBe(0);
    await receiveUnknown('1', 'Newcomer@Example.COM');
    await first().getByText('Newcomer@example.com').waitFor({ timeout: 3000 });
    await page.locator('#suppressions').getByText('Newcomer@example.com').waitFor();
    await page.getByRole('img', { name: /^Failures over time: 1 since / }).waitFor();
    expect(await textOf(first())).toMatch(
      /Will not arrive permanent No such address invalid-address naming the recipient rcptto offer/,
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
    await expect.poll(() => focused()).toMatch(/^Can be mailed: .*A later report can put it back/s);
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
    await result()
      .getByText('1 report of jane@example.com deleted. It is still suppressed.')
      .waitFor();
    // The list and the lookup say the same.
    await expect.poll(() => listed()).toEqual([]);
    expect(await textOf(page.locator('#suppressions'))).toMatch(/No such address .* by a report/);
    await verdict()
      .getByText(/Listed by a report, .*No such address/s)
      .waitFor();
    expect(await textOf(result().locator('.history'))).toMatch(
      /Put on the list by a report: No such/,
    );
    await expect.poll(() => focused()).toMatch(/^Suppressed/);
    await receive('2', 'jane@example.com');
    await deleteLink.click();
    await result().getByLabel('Keep it suppressed').uncheck();
    await confirm.click();
    await result()
      .getByText('1 report of jane@example.com deleted. It is not suppressed any more.')
      .waitFor();
    await verdict().getByText('the desk knows no failure of it').waitFor();
    await page.getByText('No report yet.').waitFor();
    await page.getByText('No address yet.').waitFor();
  });

  it('finds an address in other capitals, and says so; the same for deleting', async () => {
    await receiveUnknown('1', 'Jane.Doe@Shop.Example');
    await open('/?address=jane.doe@shop.example');
    await result().getByText('than you asked for: jane.doe@shop.example').waitFor();
    await verdict().getByText('Suppressed: do not mail it.').waitFor();
    await receive('2', 'JANE.DOE@shop.example');
    await lookUp('JANE.DOE@shop.example');
    await verdict().getByText('Do not mail it: with other capitals it is suppressed.').waitFor();
    await result().getByText('Jane.Doe@shop.example (suppressed)').waitFor();
    await result().getByRole('link', { name: 'See why' }).click();
    await verdict().getByText('Suppressed: do not mail it.').waitFor();
    await result().getByRole('link', { name: 'Delete all data of it' }).click();
    await result().getByRole('button', { name: 'Delete for good' }).click();
    await result().getByText('Data of JANE.DOE@shop.example is still there.').waitFor();
    await lookUp('Jane');
    await verdict().getByText('This is not one address.').waitFor();
    // The server would refuse it.
    expect(await result().getByRole('link', { name: 'Suppress' }).count()).toBe(0);
    await result().getByRole('link', { name: 'Search the reports' }).click();
    await page.getByRole('link', { name: /^Part of an address: Jane/ }).waitFor();
    await first().getByText('JANE.DOE@shop.example').waitFor();
  });

  const SPAMHAUS = { state: 'mailfrom', extended: '5.7.1', description: 'Blocked using Spamhaus' };
  it.each<[string, [string, Partial<FailureReport>][], string, string?]>([
    ['no failure', [], 'Can be mailed: the desk knows no failure of it.'],
    ['an old failure', [['31 days', {}]], 'Can be mailed: no failure for 31 days.'],
    [
      'a refused sender',
      [['1 day', SPAMHAUS]],
      'Can be mailed. The last time, its provider refused the sender.',
      'See all failures at example.com',
    ],
    [
      'a full mailbox',
      [['1 day', {}]],
      'Can be mailed again in some days: its mailbox was full or closed.',
      'See the report',
    ],
    [
      'a mailbox that has been full for weeks',
      [
        ['1 day', {}],
        ['9 days', {}],
        ['24 days 1 hour', {}],
      ],
      'Better not: its mailbox has been full or closed for 23 days.',
      'Suppress it …',
    ],
    [
      'a mailbox that was full now and then',
      [
        ['1 day', {}],
        ['2 days', {}],
        ['200 days', {}],
      ],
      'Can be mailed again in some days: its mailbox was full or closed.',
      'See the report',
    ],
    [
      'an address that does not exist for now',
      [['1 day', { ...UNKNOWN_USER, code: 450, extended: '4.1.1', severity: 'temporary' }]],
      'Can be mailed: its provider says only for now that it does not exist.',
      'See the report',
    ],
  ])(
    'says whether an address can be mailed, and what to do: %s',
    async (_, failures, title, step) => {
      for (const [age, changes] of failures) {
        await receive(age, 'jane@example.com', changes);
        await backdate(age, age);
      }
      await open('/?address=jane@example.com');
      await verdict().getByText(title).waitFor();
      const main = result().locator('a.button:not(.button-secondary, .danger)');
      expect(await main.allTextContents()).toEqual(step ? [step] : []);
    },
  );

  it('says of every address of a provider that refuses the sender that it cannot be mailed now', async () => {
    for (let id = 1; id <= 5; id += 1) await receive(`${id}`, `p${id}@example.com`, SPAMHAUS);
    await receiveUnknown('6', 'gone@example.com');
    await open('/?address=newcomer@EXAMPLE.com&period=hour');
    await verdict().getByText('Not now: its provider refuses the sender.').waitFor();
    await page.getByRole('link', { name: 'Domains (1 refuses the sender)' }).waitFor();
    await lookUp('gone@example.com');
    await verdict().getByText('Suppressed: do not mail it.').waitFor();
    await receive('7', 'full@example.com');
    await lookUp('full@example.com');
    await verdict().getByText('Whatever the last failure was').waitFor();
    await lookUp('newcomer@example.org');
    await verdict().getByText('Can be mailed: the desk knows no failure of it.').waitFor();
    for (const text of ['example.com', 'a b@example.com']) {
      await lookUp(text);
      await verdict().getByText('This is not one address.').waitFor();
    }
  });

  it('gives no verdict about a text that is not one address', async () => {
    await receiveUnknown('1', 'jane@example.com');
    await open();
    for (const text of [
      'jane@example.com;',
      '"jane"@example.com, x@example.com',
      'jane @x.nl',
      '<>',
    ]) {
      await lookUp(text);
      await verdict().getByText('This is not one address.').waitFor();
      expect(await result().getByRole('link', { name: 'Suppress' }).count()).toBe(0);
    }
  });

  it('shows the result of an action at its own address only', async () => {
    await receive('1', 'bob@example.com');
    await open('/?address=ann@example.com&ask=add');
    await result().getByLabel('Reason').fill('She asked');
    await page.route('**/suppressions', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      await route.continue();
    });
    await result().getByRole('button', { name: 'Suppress' }).click();
    await lookUp('bob@example.com');
    await result().getByRole('link', { name: 'Delete all data of it' }).click();
    await page.locator('#suppressions').getByText('ann@example.com').waitFor();
    await result().getByRole('button', { name: 'Delete for good' }).waitFor();
    expect(await result().locator('.outcome').textContent()).toBe('');
    // Only its owner can ask for mail again, so that is not the next step.
    await lookUp('ann@example.com');
    await verdict().getByText('only if its owner wants mail again').waitFor();
    await result().locator('.button-secondary', { hasText: 'Take it off the list' }).waitFor();
  });

  it('says of long and of test addresses why they are not suppressed', async () => {
    const long = `${'long'.repeat(80)}@example.net`;
    await receiveUnknown('1', long);
    await open(`/?address=${long}`);
    await verdict().getByText('Do not mail it: it does not exist.').waitFor();
    await verdict().getByText('It is longer than any address can be').waitFor();
    await open();
    await first().locator('.address').click();
    await page.getByRole('dialog').getByText('It is longer than any address can be').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('#test').getByRole('button', { name: 'Send' }).click();
    await page.getByText('The endpoint answered 200').waitFor();
    await lookUp('jane.doe@example.com');
    await verdict().getByText('the desk knows no failure of it').waitFor();
    await receive('3', 'jane.doe@example.com');
    await poll();
    await verdict().getByText('its mailbox was full or closed').waitFor();
  });

  it('says who must leave the suppressed addresses out, and how an app asks for them', async () => {
    await open();
    await part().getByText('your own app must leave these addresses out').waitFor();
    await part().getByText('How does an app ask for them?').click();
    await part().getByText('/api/suppressions?address=jane@example.com').waitFor();
    await part().getByText('start the desk with a DESK_TOKEN').waitFor();
  });

  it('deletes an address once, though the button is clicked twice or the address is gone', async () => {
    await receive('1', 'jane@example.com');
    await receiveUnknown('2', 'Jane@example.com');
    await open('/?address=jane@example.com&ask=delete');
    await page.route('**/addresses', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      await route.continue();
    });
    const other = await openAnother('/?address=jane@example.com&ask=delete');
    await other.getByRole('button', { name: 'Delete for good' }).waitFor();
    await result().getByRole('button', { name: 'Delete for good' }).dblclick();
    await result().getByText('1 report of jane@example.com deleted.').waitFor();
    // The other tab knows only the other spelling now, and offers to delete nothing.
    await other.getByText('It is spelled with other capitals here').waitFor();
    expect(await other.getByRole('button', { name: 'Delete for good' }).count()).toBe(0);
    await lookUp('Jane@example.com');
    await verdict().getByText('Suppressed: do not mail it.').waitFor();
    expect(await result().locator('.history li').count()).toBe(2);
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
    await page.getByRole('link', { name: /^Whole address: jo@x\.nl/ }).waitFor();
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
    await part().getByLabel('Suppress an address').fill('bob@Example.com');
    await part().getByLabel('Reason').fill('He asked us to');
    await part().getByRole('button', { name: 'Add' }).dblclick();
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

    await chooseFile('address,Name\nann@example.com,Ann\nbob@example.com\nnobody\n');
    await confirm('Add 1 address').click();
    await part().getByText('1 address added, 1 on the list already, 1 line refused.').waitFor();
    await part().getByText('Columns not read: Name.').waitFor();
    await part()
      .getByText(/^Line 4: /)
      .waitFor();
    await expect
      .poll(async () => (await suppressed()).toSorted())
      .toEqual(['ann@example.com', 'bob@example.com']);
    for (const [name, file] of [
      ['Download CSV', /^address,.*\nann@example\.com,.*\nbob@example\.com,He asked us to,/],
      ['CSV for Excel', /^\ufeffaddress;.*\nann@example\.com;.*\nbob@example\.com;He asked us to;/],
    ] as const) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        part().getByRole('link', { name }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('suppressions.csv');
      expect(await readFile(await download.path(), 'utf8')).toMatch(file);
    }
    // While it runs the page says so, and afterwards what to do if it may have stopped half-way.
    const imports: Route[] = [];
    await page.route('**/suppressions/import', (route) => void imports.push(route));
    await chooseFile('eve@example.com\n');
    await confirm('Add 1 address').click();
    await part().getByText('Importing list.csv …').waitFor();
    expect(await fileInput().isDisabled()).toBe(true);
    await expect.poll(() => imports.length).toBe(1);
    await imports[0]?.fulfill({ status: 503, json: { error: 'The database cannot be reached' } });
    const outcome = 'It may have been added, or in part: do it again, nothing is added twice.';
    await part().getByText(outcome).waitFor();
    expect(await fileInput().isEnabled()).toBe(true);
  });

  it('shows what an import would do before it adds anything, and can be cancelled', async () => {
    await open('/?open=suppressions');
    await add('bob@example.com', 'He asked us to');
    await page.locator('#suppressions').getByText('bob@example.com').waitFor();
    const status = () => textOf(importOutcome().getByRole('status'));
    const cancel = () => confirm('Cancel').click();
    const rows = 'ann@x.org;Weg;A\nann@x.org;;\nbob@example.com;;\nnobody;;\n\neve@x.org;;\n';
    await fileInput().focus();
    await chooseFile(`E-mail;Reden;Naam\n${rows}`);
    await expect.poll(() => focused()).toMatch(/^list\.csv: 2 new addresses/);
    expect(await status()).toBe(
      'list.csv: 2 new addresses, 2 on the list already or twice in the file, 1 line refused. Nothing is added yet. Column with the address: E-mail. With the reason: Reden. Columns not read: Naam.',
    );
    await importOutcome()
      .getByText(/^Line 5: /)
      .waitFor();
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 720 });
      expect(await violations(page)).toEqual([]);
    }

    // Another file takes its place. Cancel leads back to the field.
    await chooseFile('bob@example.com\n', 'other.csv');
    await expect.poll(status).toMatch(/^other\.csv: 0 new .*: column 1\. With the reason: none\.$/);
    expect(await importOutcome().getByText(/^Line/).count()).toBe(0);
    expect(await importOutcome().getByRole('button').allTextContents()).toEqual(['Cancel']);
    await cancel();
    await expect.poll(status).toBe('Nothing was added.');
    expect(await fileInput().evaluate((input) => input.matches(':focus'))).toBe(true);
    expect(await confirm('Cancel').count()).toBe(0);
    await chooseFile('name\nBob\n');
    const error = 'Which column holds the address? Name it address. Nothing was added.';
    await expect.poll(status).toBe(error);
    expect(await suppressed()).toEqual(['bob@example.com']);

    // The same file again, with the keyboard.
    await chooseFile(`E-mail;Reden;Naam\n${rows}`);
    await expect.poll(() => focused()).toMatch(/^list\.csv/);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => focused()).toMatch(/^2 addresses added, 2 on the list already/);
    await page.locator('#suppressions').getByText('ann@x.org').waitFor();
    expect(await textOf(page.locator('#suppressions'))).toMatch(/ann@x\.org .*? Weg by an import/);
  });

  it('shows only the last of several files, and the focus stays where a person has moved on', async () => {
    await open();
    const previews: Route[] = [];
    await page.route('**/suppressions/import?preview=true', (route) => void previews.push(route));
    await chooseFile('ann@example.com\n', 'first.csv');
    await part().getByText('Reading first.csv …').waitFor();
    await expect.poll(() => previews.length).toBe(1);
    const ended = page.waitForEvent('requestfailed');
    await chooseFile('bob@example.com\n', 'second.csv');
    expect((await ended).url()).toContain('preview');
    await part().getByText('Reading second.csv …').waitFor();
    await expect.poll(() => previews.length).toBe(2);
    await part().getByLabel('Find').focus();
    await previews[1]?.continue();
    await part().getByText('second.csv: 1 new address').waitFor();
    expect(await page.evaluate('document.activeElement.name')).toBe('search');
    await confirm('Add 1 address').click();
    await expect.poll(suppressed).toEqual(['bob@example.com']);
  });

  it('says that a file is too long to be previewed, or has changed since it was chosen', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'desk-import-'));
    const file = join(folder, 'long.csv');
    await writeFile(file, `ann@example.com${'\n'.repeat(100_000)}bob@example.com\n`);
    await open();
    await fileInput().setInputFiles(file);
    await part().getByText('long.csv: 1 new address').waitFor();
    await part().getByText('These are its first 100,000 lines.').waitFor();
    await utimes(file, 1, 1);
    await confirm('Add all addresses').click();
    await part()
      .getByText('The browser can no longer read long.csv. Perhaps it was changed')
      .waitFor();
    expect(await suppressed()).toEqual([]);
    await fileInput().setInputFiles(file);
    await confirm('Add all addresses').click();
    await part().getByText('2 addresses added').waitFor();
    await rm(folder, { recursive: true });
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
      /A real one would have counted as Will not arrive permanent ?, No such address invalid-address ?\. Newcomer@example\.com would be on the list/,
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
