import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import express from 'express';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { pageAt } from '../../../test/docs/pages.js';
import { type Database, StatementTimeoutError } from '../database/driver.js';
import { createMetrics } from '../reports/metrics.js';
import { createStore } from '../reports/store.js';
import { createTestReports } from '../reports/test-reports.js';
import { useFragileDatabase } from './databases.js';
import { openDesk } from './in-process.js';
import { findProgram } from './programs.js';
import { tooMany, unknownUser } from './reports.js';

const DESK_TOKEN = '0123456789abcdef0123456789abcdef01234567';
const OWN = { Authorization: `Bearer ${DESK_TOKEN}` };
const REPORT =
  'id=1&recipient=jane%40example.com&state=rcptto&code=550&extended=5.1.1&description=User+unknown';
const STORED = 'reports_stored_total{severity="permanent",category="invalid-address"}';
const COMMITS = 'commit_duration_seconds_count';

const ALERTS = ['FailureDeskSenderRefused', 'FailureDeskNoReports'];

const run = promisify(execFile);
const PROMTOOL = findProgram('The form of the metrics', 'promtool');

const database = await useFragileDatabase();

async function open(environment: Record<string, string> = {}, on: Database = database) {
  const opened = await openDesk(on, { DESK_TOKEN, ...environment }, 'silent');
  onTestFinished(opened.close);
  const { desk } = opened;
  const post = (body: string, headers: Record<string, string> = {}) =>
    desk.post('/copernica/failures').set(headers).send(body);
  const sendTest = () =>
    desk
      .post('/test-reports')
      .set('Sec-Fetch-Site', 'same-origin')
      .send({ sample: 'unknown-user', recipient: 'jane@example.com', tags: [] });
  const scrape = async () => (await desk.get('/metrics').set(OWN).expect(200)).text;
  /** The desk's own numbers by their series, without the prefix. */
  const numbers = async () => {
    const lines = (await scrape()).matchAll(/^failure_desk_(.*) (\S+)$/gm);
    return new Map([...lines].map(([, series = '', value]) => [series, Number(value)]));
  };
  let last = new Map<string, number>();
  /** The counters that have grown since the last call, and by how much. */
  const added = async () => {
    const before = last;
    last = await numbers();
    const counters = [...last].filter(([series]) => /_(total|count)\b/.test(series));
    const changes = counters.map(([series, value]) => [series, value - (before.get(series) ?? 0)]);
    return Object.fromEntries(changes.filter(([, change]) => change !== 0));
  };
  return { ...opened, post, sendTest, scrape, numbers, added };
}

/** A database whose statements all fail with this error. */
function failing(error: Error): Database {
  return { ...database, query: () => Promise.reject(error) };
}

describe('/metrics', () => {
  it('is not there without a token', async () => {
    const { desk, close } = await openDesk(database);
    onTestFinished(close);
    await desk.get('/metrics').expect(404, { error: 'There is nothing here' });
    await desk.get('/metrics').set('Authorization', 'Bearer ').expect(404);
  });

  it('answers who sends the token, and counts wrong ones together with /api', async () => {
    const { desk } = await open();
    await desk
      .get('/metrics')
      .expect(401)
      .expect('WWW-Authenticate', /^Bearer/);
    await desk
      .get('/metrics')
      .set(OWN)
      .expect(200)
      .expect('Content-Type', 'text/plain; version=0.0.4; charset=utf-8');
    for (let guess = 0; guess < 10; guess += 1) {
      const path = guess % 2 ? '/metrics' : '/api/changes';
      await desk.get(path).set('Authorization', `Bearer guess${guess}`).expect(401);
    }
    await desk.get('/metrics').set(OWN).expect(429);
  });

  it('counts a stored report with its severity and category, and a duplicate as such', async () => {
    const { post, added } = await open();
    await post(REPORT).expect(200);
    expect(await added()).toEqual({ [STORED]: 1, [COMMITS]: 1, commit_reports_count: 1 });
    await post(REPORT).expect(200);
    expect(await added()).toEqual({
      reports_duplicate_total: 1,
      [COMMITS]: 1,
      commit_reports_count: 1,
    });
    await post('id=2&recipient=jane%40example.com&state=rcptto&code=421&extended=4.7.28');
    expect(await added()).toMatchObject({
      'reports_stored_total{severity="temporary",category="frequency"}': 1,
    });
  });

  it('counts the reports that share a commit, without test reports', async () => {
    const tests = createTestReports(() => Promise.reject(new Error('Not here')));
    const { countCommit, answer } = createMetrics(database, tests);
    const store = createStore(database, countCommit);
    const start = performance.now();
    await Promise.all([store(unknownUser()), store(tooMany()), store(tooMany(), { test: true })]);
    const seconds = (performance.now() - start) / 1000;
    const { text } = await request(express().use(answer)).get('/');
    expect(text).toContain('failure_desk_commit_reports_sum 2\n');
    expect(text).toContain('failure_desk_commit_reports_count 1\n');
    const [, sum] = /commit_duration_seconds_sum (.*)/.exec(text) ?? [];
    expect(Number(sum)).toBeGreaterThan(0);
    expect(Number(sum)).toBeLessThanOrEqual(seconds);
  });

  describe('counts a refused report by its code', () => {
    const code = (name: string) => ({ [`reports_refused_total{code="${name}"}`]: 1 });

    it.each([
      ['COPERNICA_REPORT_INVALID', 400, 'id=1', {}],
      ['COPERNICA_MEDIA_TYPE_UNSUPPORTED', 415, REPORT, { 'Content-Type': 'text/plain' }],
      ['COPERNICA_BODY_TOO_LARGE', 413, REPORT + 'x'.repeat(2_000_000), {}],
      ['SENDER_FORBIDDEN', 403, REPORT, { Origin: 'https://example.com' }],
      ['SENDER_FORBIDDEN', 403, REPORT, { Via: '1.1 example.com' }],
    ] as [string, number, string, Record<string, string>][])(
      '%s, %d',
      async (name, status, body, headers) => {
        const { post, added } = await open();
        await post(body, headers).expect(status);
        expect(await added()).toEqual(code(name));
      },
    );

    it('COPERNICA_SIGNATURE_MISSING, 401', async () => {
      const { post, added } = await open({ COPERNICA_ACCOUNT: 'account-1234' });
      await post(REPORT).expect(401);
      expect(await added()).toEqual(code('COPERNICA_SIGNATURE_MISSING'));
    });

    it('DATABASE_UNAVAILABLE, 503', async () => {
      const { post, added } = await open();
      database.isDown = true;
      await post(REPORT).expect(503);
      expect(await added()).toEqual(code('DATABASE_UNAVAILABLE'));
    });

    it('DATABASE_TIMEOUT, 503', async () => {
      const { post, added } = await open({}, failing(new StatementTimeoutError('slow')));
      await post(REPORT).expect(503);
      expect(await added()).toEqual(code('DATABASE_TIMEOUT'));
    });

    it('INTERNAL_ERROR for all others, whatever code they have', async () => {
      const error = Object.assign(new Error('jane@example.com'), { code: 'jane@example.com' });
      const { post, added } = await open({}, failing(error));
      await post(REPORT).expect(500);
      expect(await added()).toEqual(code('INTERNAL_ERROR'));
    });
  });

  it('says whether the database answers, and when the newest report arrived', async () => {
    const { numbers, post, sendTest } = await open();
    const about = async () => {
      const all = await numbers();
      return [all.get('database_up'), all.get('newest_report_timestamp_seconds')];
    };
    expect(await about()).toEqual([1, undefined]);
    await sendTest().expect(200);
    expect(await about()).toEqual([1, undefined]);
    await post(REPORT).expect(200);
    await database.query("update failure_reports set received_at = '2026-01-31T12:00:00.5Z'");
    await sendTest().expect(200);
    const arrived = Date.parse('2026-01-31T12:00:00.5Z') / 1000;
    expect(await about()).toEqual([1, arrived]);
    database.isDown = true;
    expect(await about()).toEqual([0, undefined]);
    database.isDown = false;
    expect(await about()).toEqual([1, arrived]);
  });

  it('does not wait long for a database that does not answer', async () => {
    const { numbers } = await open({}, { ...database, query: () => new Promise(() => undefined) });
    const start = performance.now();
    expect((await numbers()).get('database_up')).toBe(0);
    // Prometheus gives up after ten seconds.
    expect(performance.now() - start).toBeLessThan(8000);
  });

  it.each([{}, { COPERNICA_ACCOUNT: 'account-1234' }])(
    'counts no test report of the form, stored or refused, with %j',
    async (environment) => {
      const { sendTest, added } = await open(environment);
      expect((await sendTest().expect(200)).body).toMatchObject({ status: 200 });
      database.isDown = true;
      expect((await sendTest().expect(200)).body).toMatchObject({ status: 503 });
      expect(await added()).toEqual({});
    },
  );

  it('has no address, no domain and no new series, whatever is reported', async () => {
    const { post, sendTest, scrape, numbers } = await open();
    await post(REPORT).expect(200);
    const before = [...(await numbers()).keys()];
    for (const [number, text] of [
      'jane@evil.example.com',
      '"} 1\nfailure_desk_evil{domain="evil.example.com',
      '__proto__',
      'jane\\@evil.example.com\0',
    ].entries()) {
      for (const name of ['recipient', 'state', 'description', 'extended', 'severity', 'tags[]']) {
        const variables = new URLSearchParams(REPORT);
        variables.set('id', `${number}-${name}`);
        variables.set(name, text);
        await post(variables.toString());
      }
      await post(text);
      await post(REPORT, { 'Content-Type': text.replaceAll(/[\n\0]/g, '') });
    }
    await sendTest().expect(200);
    expect([...(await numbers()).keys()]).toEqual(before);
    expect(await scrape()).not.toMatch(/jane|example|evil/);
  });

  it('has the numbers of its own desk only, and those of the process', async () => {
    const [one, other] = [await open(), await open()];
    await one.post(REPORT).expect(200);
    expect((await one.numbers()).get(STORED)).toBe(1);
    expect((await other.numbers()).get(STORED)).toBe(0);
    expect(await other.scrape()).toMatch(/^process_cpu_seconds_total \d/m);
  });
});

describe('the section Metrics of the README', () => {
  const { blocks, tables } = pageAt('examples/desk/README.md');

  it('lists all metrics, and the codes of the desk', async () => {
    const { scrape } = await open();
    const text = await scrape();
    const types = [...text.matchAll(/^# TYPE (failure_desk_\S+) (\S+)$/gm)];
    const rows = tables.get('Metrics') ?? [];
    expect(rows.map(([name, type]) => `${name} ${type}`).sort()).toEqual(
      types.map(([, name, type]) => `${name} ${type}`).sort(),
    );
    const codes = [...text.matchAll(/code="((?!COPERNICA_)\w+)"/g)].map(([, code]) => code);
    const described = rows.join().matchAll(/`([A-Z_]+)`/g);
    expect([...described].map(([, code]) => code).sort()).toEqual(codes.sort());
  });

  describe.skipIf(!PROMTOOL)('and promtool', () => {
    let folder: string;
    const [scrapes = '', rules = ''] = blocks
      .filter(({ heading, language }) => heading === 'Metrics' && language === 'yaml')
      .map(({ code }) => code);

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'desk-promtool-'));
    });
    afterAll(() => rm(folder, { recursive: true }));

    async function promtool(args: string[], name: string, text: string): Promise<string> {
      await writeFile(join(folder, name), text);
      const { stdout, stderr } = await run(PROMTOOL as string, [...args, name], { cwd: folder });
      return stdout + stderr;
    }

    it('accept the answer of a desk without a warning', async () => {
      const { post, scrape } = await open();
      await post(REPORT).expect(200);
      await post('').expect(400);
      await writeFile(join(folder, 'metrics'), await scrape());
      const command = `${PROMTOOL} check metrics < metrics 2>&1`;
      const { stdout } = await run('sh', ['-c', command], { cwd: folder });
      expect(stdout).toBe('');
    });

    it('accept the configuration and the rules', async () => {
      const config = ['check', 'config', '--syntax-only'];
      expect(await promtool(config, 'prometheus.yml', scrapes)).toContain('SUCCESS');
      expect(await promtool(['check', 'rules'], 'rules.yml', rules)).toContain('2 rules found');
    });

    /** The alerts that fire after so many hours. Each series is of one number every ten minutes. */
    async function expectAlerts(series: Record<string, string>, hour: number, alerts: string[]) {
      const inputs = Object.entries(series).map(([name, values]) => ({
        series: `failure_desk_${name}`,
        values,
      }));
      const test = {
        interval: '10m',
        input_series: inputs,
        promql_expr_test: ALERTS.map((name) => ({
          expr: `count(ALERTS{alertname="${name}",alertstate="firing"})`,
          eval_time: `${hour}h`,
          exp_samples: alerts.includes(name) ? [{ labels: '{}', value: 1 }] : [],
        })),
      };
      await writeFile(join(folder, 'rules.yml'), rules);
      const file = { rule_files: ['rules.yml'], evaluation_interval: '10m', tests: [test] };
      // JSON is YAML too.
      await promtool(['test', 'rules'], 'tests.yml', JSON.stringify(file));
    }
    const stored = (category: string, instance = 'one') =>
      `reports_stored_total{severity="permanent",category="${category}",instance="${instance}"}`;
    const newest = 'newest_report_timestamp_seconds{instance="one"}';
    const up = 'database_up{instance="one"}';
    /** Ninety reports of dead addresses in ten minutes, for two days and two hours. */
    const deadAddresses = { [stored('invalid-address')]: '0+90x300', [up]: '1x300' };
    const arriving = { [newest]: '0+600x300' };

    it('say that more reports refuse the sender than before', async () => {
      const before = { ...deadAddresses, ...arriving };
      const steady = { ...before, [stored('reputation')]: '0+10x300' };
      await expectAlerts(steady, 50, []);
      // Another desk sees the rise.
      const rise = { ...steady, [stored('reputation', 'two')]: '0x288 0+40x12' };
      await expectAlerts(rise, 48, []);
      await expectAlerts(rise, 50, ['FailureDeskSenderRefused']);
      const large = { ...steady, [stored('invalid-address', 'two')]: '0x288 0+900x12' };
      await expectAlerts(large, 50, []);
      const few = { ...before, [stored('reputation')]: '0x288 0+1x12' };
      await expectAlerts(few, 50, []);
    });

    it('say that no report has come for a day', async () => {
      const silent = { [newest]: '0x300', [up]: '1x300' };
      await expectAlerts(silent, 23, []);
      await expectAlerts(silent, 25, ['FailureDeskNoReports']);
      await expectAlerts({ [newest]: '0+600x300', [up]: '1x300' }, 50, []);
      // The last report was deleted because of its age.
      const deleted = { [newest]: '0x150 stale', [up]: '1x300' };
      await expectAlerts(deleted, 49, ['FailureDeskNoReports']);
      // The desk cannot know.
      await expectAlerts({ [up]: '0x300' }, 49, []);
    });
  });
});
