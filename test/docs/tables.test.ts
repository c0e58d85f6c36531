import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERRORS, FailureReportError } from '../../lib/errors.js';
import { checkOptions } from '../../lib/options.js';
import { toReport } from '../../lib/report.js';
import { failureReportSchema } from '../../lib/schema.js';
import { copernicaFailures } from '../../lib/web.js';
import { pageAt, root } from './pages.js';

function table(page: string, heading: string): string[][] {
  const rows = pageAt(page).tables.get(heading);
  if (!rows) throw new Error(`There is no table under ${heading} in ${page}`);
  return rows;
}

describe('the table of the report', () => {
  it('lists the fields with their types', () => {
    const { properties, required } = failureReportSchema;
    const every = Object.fromEntries(Object.keys(properties).map((name) => [name, '1']));
    const report = toReport(every);
    const rows = table('README.md', 'The report');
    expect(rows.map(([field]) => field)).toEqual(Object.keys(report));
    for (const [field = '', type, present] of rows) {
      const value = report[field as keyof typeof report];
      expect([field, type]).toEqual([field, Array.isArray(value) ? 'string[]' : typeof value]);
      const always = !(field in properties) || (required as readonly string[]).includes(field);
      expect([field, present]).toEqual([field, always ? 'always' : 'optional']);
    }
  });
});

describe('the table of the options', () => {
  const onFailure = () => undefined;
  const rows = table('docs/options.md', 'Options').map(([name = '', value = '']) => ({
    name,
    value,
  }));

  it('lists those that are known', () => {
    const stranger = { onFailure, stranger: 1 };
    const nested = { onFailure, verify: { account: 'account-1', stranger: 1 } };
    const known = [stranger, nested].map((options) => {
      const [, list = ''] = /; known are (.*)/.exec(thrownBy(() => checkOptions(options))) ?? [];
      return list.split(', ');
    });
    const verify = known[1]?.map((name) => `verify.${name}`) ?? [];
    expect(rows.map(({ name }) => name)).toEqual([...(known[0] ?? []), ...verify]);
  });

  it('lists those of the Web handler', () => {
    const stranger = { onFailure, stranger: 1 };
    const message = thrownBy(() => copernicaFailures(stranger));
    const [, list] = /; known are (.*)/.exec(message) ?? [];
    const more = table('docs/options.md', 'Of the Web handler').map(([name]) => name);
    expect(list?.split(', ')).toEqual(['onFailure', 'limit', 'verify', ...more]);
  });

  it('lists their defaults', () => {
    const texts = rows.filter(({ value }) => /^'.*'$/.test(value));
    expect(texts.length).toBeGreaterThan(0);
    for (const { name, value } of texts) {
      const set = { onFailure, [name]: value.slice(1, -1) };
      expect(checkOptions(set)).toEqual(checkOptions({ onFailure }));
    }
    const off = rows.filter(({ value }) => value === 'false');
    expect(off.map(({ name }) => name)).toEqual(['verify']);
    expect(checkOptions({ onFailure, verify: false })).toEqual(checkOptions({ onFailure }));
    const account = 'account-1';
    const numbers = rows.filter(({ value }) => /^\d+$/.test(value));
    expect(numbers.length).toBeGreaterThan(0);
    for (const { name, value } of numbers) {
      const verify = { account, [name.replace('verify.', '')]: Number(value) };
      expect(checkOptions({ onFailure, verify })).toEqual(
        checkOptions({ onFailure, verify: { account } }),
      );
    }
  });

  it('tells which are required', () => {
    const required = rows.filter(({ value }) => value === 'required');
    expect(required.map(({ name }) => name)).toEqual(['onFailure', 'verify.account']);
    for (const { name } of required) {
      const given = name.startsWith('verify.') ? { onFailure, verify: {} } : {};
      expect(thrownBy(() => checkOptions(given as never))).toContain(name);
    }
  });
});

it('docs/errors.md has a section for each code, which begins with its status', () => {
  const { prose } = pageAt('docs/errors.md');
  const sections = [...prose.matchAll(/^## (COPERNICA_\w+)\n\n\*\*(\d+)\.\*\* /gm)];
  const statuses = Object.entries(ERRORS).map(([code, [status]]) => [code, status]);
  expect(sections.map(([, code, status]) => [code, Number(status)])).toEqual(statuses);
  for (const [code, status] of statuses) {
    const error = new FailureReportError(code as keyof typeof ERRORS, '');
    expect(error.status).toBe(status);
  }
});

it('the table of the attacks has a row for each of their files, in order, and no other', () => {
  const folders = ['test/attacks', 'examples/desk/test/attacks'];
  const files = folders.flatMap((folder) => {
    const names = readdirSync(join(root, folder)).sort();
    return names.map((name) => ({ name: name.replace('.test.ts', ''), path: `${folder}/${name}` }));
  });
  const { links } = pageAt('SECURITY.md');
  const rows = table('SECURITY.md', 'Attacks');
  expect(rows.map(([name]) => name)).toEqual(files.map(({ name }) => name));
  expect(links.filter((link) => link.includes('/attacks/'))).toEqual(files.map(({ path }) => path));
});

function thrownBy(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return String(error);
  }
  return '';
}
