import { describe, expect, it } from 'vitest';
import {
  CHROMIUM,
  chosen,
  first,
  openPage,
  page,
  receive,
  receiveUnknown,
  usePage,
} from './browser.js';

const JANE = 'jane@example.com';

describe.skipIf(!CHROMIUM)('a report that is opened', { timeout: 30_000 }, () => {
  usePage({
    async fill() {
      await receive('1', JANE, { description: 'Mailbox full' });
      await receive(
        '2',
        JANE,
        {
          code: 550,
          extended: '5.1.1',
          description: 'User unknown',
          severity: 'permanent',
          time: 1_789_000_000,
          timestamp: '2026-09-10 02:26:40',
        },
        { id: '2', recipient: JANE, mailing: { name: 'Spring', parts: ['a', 'b'] } },
      );
    },
  });
  const dialog = () => page.getByRole('dialog', { name: JANE });

  it('shows all of it: both times, every variable, why, what to do, and the history', async () => {
    await first().getByRole('link', { name: JANE }).click();
    const text = async () => (await dialog().textContent())?.replace(/\s+/g, ' ');
    await dialog().getByText('Suppressed: do not mail it.').waitFor();
    expect(await text()).toMatch(/For good permanent No such address invalid-address/);
    expect(await text()).toContain('Do not mail this address again.');
    expect(await text()).toMatch(
      /Because of the text of the reply description: “[^”]*user unknown/i,
    );
    expect(await text()).toContain('550 5.1.1 User unknown');
    expect(await text()).toMatch(/Failed time\s*10 Sept? 2026, 02:26:40/);
    expect(await text()).toMatch(/Received\s*\d+ \w+ \d{4}, \d\d:\d\d:\d\d/);
    expect(await text()).toMatch(/Message id\s*2/);
    const variables = dialog().locator('#variables');
    await expect.poll(() => variables.textContent()).toContain('mailing[name]');
    expect(await variables.textContent()).toMatch(/mailing\[parts\]\[\]\s*b/);
    const history = dialog().locator('.history li');
    await expect.poll(() => history.count()).toBe(3);
    expect(await history.allTextContents()).toEqual([
      expect.stringMatching(/No such address|Put on the list/),
      expect.stringMatching(/No such address|Put on the list/),
      expect.stringMatching(/Mailbox full or closed/),
    ]);
  });

  it('has an address that can be sent to a colleague', async () => {
    await first().getByRole('link', { name: JANE }).click();
    await dialog().getByText('What to do').waitFor();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await dialog().getByRole('button', { name: 'Copy the link' }).click();
    await dialog().getByText('Copied.').waitFor();
    const link = await page.evaluate<string>('navigator.clipboard.readText()');
    const { pathname, search } = new URL(link);
    const colleague = await openPage(pathname + search);
    await colleague.getByRole('dialog', { name: JANE }).getByText('User unknown').first().waitFor();
    expect(await colleague.title()).toBe(`${JANE} · Failure desk`);
  });

  it('closes with Escape and Back, opens again with Forward, and gives the focus back', async () => {
    const link = first().getByRole('link', { name: JANE });
    await link.focus();
    await page.keyboard.press('Enter');
    await dialog().getByText('What to do').waitFor();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'hidden' });
    await expect.poll(() => chosen().has('report')).toBe(false);
    expect(await link.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(
      true,
    );
    await page.goBack();
    await dialog().waitFor();
    await page.goBack();
    await dialog().waitFor({ state: 'hidden' });
    await page.goForward();
    await dialog().waitFor();
    await page.reload();
    await dialog().getByText('What to do').waitFor();
  });

  it('leads to all about its address', async () => {
    await first().getByRole('link', { name: JANE }).click();
    await dialog().getByRole('link', { name: 'All about this address' }).click();
    await dialog().waitFor({ state: 'hidden' });
    await page.locator('#person').getByRole('link', { name: 'Take off the list' }).waitFor();
    expect(chosen().get('address')).toBe(JANE);
  });

  it('says so when there is no such report any more', async () => {
    await page.goto(`${page.url()}?report=999999`);
    await page
      .getByRole('dialog', { name: 'Report' })
      .getByText(/no .*report/i)
      .waitFor();
  });
});

describe.skipIf(!CHROMIUM)('what happened to an address', { timeout: 30_000 }, () => {
  usePage({ fill: () => receiveUnknown('1', 'Jane@Example.com') });
  const person = () => page.locator('#person');
  const ask = async (address: string) => {
    await page.locator('#ask').getByLabel('Address').fill(address);
    await page.keyboard.press('Enter');
  };

  it('is answered at once, with the report that led to it', async () => {
    await ask(' Jane@EXAMPLE.com ');
    await person().getByText('Suppressed: do not mail it.').waitFor();
    expect(chosen().get('address')).toBe('Jane@EXAMPLE.com');
    await person().getByRole('link', { name: 'See the report that led to it' }).click();
    await page.getByRole('dialog', { name: 'Jane@Example.com' }).waitFor();
  });

  it('is answered for an address of which nothing is known, with where else to look', async () => {
    await ask('nobody@example.org');
    await person().getByText('Not suppressed.').waitFor();
    await person().getByText('Nothing is known of this address.').waitFor();
    await ask('Example');
    await person().getByRole('link', { name: 'Search the reports' }).click();
    await page.getByRole('link', { name: /^Recipient: Example/ }).waitFor();
    await first().getByText('Jane@Example.com').waitFor();
  });

  it('ends with deleting all data of it, asked once more', async () => {
    await ask('Jane@example.com');
    await person().getByRole('link', { name: 'Delete all data of it' }).click();
    await person().getByRole('link', { name: 'Leave it as it is' }).click();
    await person().getByRole('link', { name: 'Delete all data of it' }).click();
    await person().getByLabel('Keep it on the list').uncheck();
    await person().getByRole('button', { name: 'Delete for good' }).click();
    await person().getByText('1 report deleted. It is suppressed no longer.').waitFor();
    await person().getByText('Nothing is known of this address.').waitFor();
    await page.getByText('No report yet.').waitFor();
    await page.getByText('No address yet.').waitFor();
  });
});
