import { createTestSigner } from 'copernica-failures/testing';
import { ACCOUNT, KEY_ID } from './application.js';
import { Contender, type Round } from './contender.js';
import { type Call, unsigned } from './load.js';
import { median } from './median.js';
import { REPORT } from './reports.js';
import type { Results } from './results.js';
import { formatTable } from './table.js';
import { listVersions } from './versions.js';

/** Titles by file in contenders/. */
const UNSIGNED = {
  'node-http': 'node:http, body read and no more',
  express: 'Express 5, body read and no more (the floor)',
  'express-urlencoded': 'express.urlencoded + sendStatus',
  'express-zod': 'express.urlencoded + zod',
  'express-validator': 'express.urlencoded + express-validator',
  fastify: 'Fastify + @fastify/formbody + the same schema',
  'ours-express5': '**copernica-failures on Express 5**',
  'ours-express4': '**copernica-failures on Express 4**',
  'ours-node-http': '**copernica-failures on node:http**',
};
const SIGNED = {
  'ours-least': 'the least a signed call can cost, Express 5',
  'ours-verify': '**copernica-failures with verify, Express 5**',
  'http-signature-zod': 'http-signature + zod, Express 5',
};
const BEFORE = {
  'ours-before': 'copernica-failures before, Express 5',
  'ours-before-node-http': 'copernica-failures before, node:http',
};
const PACKAGES = [
  ...['express', 'express4', 'fastify', '@fastify/formbody'],
  ...['zod', 'express-validator', 'http-signature'],
];
type Name = keyof (typeof UNSIGNED & typeof SIGNED & typeof BEFORE);

interface Target {
  title: string;
  name: Name;
  against: Name;
  most: number;
}
const TARGETS: Target[] = [
  { title: 'Express 5 / floor', name: 'ours-express5', against: 'express', most: 1.6 },
  {
    title: 'Express 5 / urlencoded + sendStatus',
    name: 'ours-express5',
    against: 'express-urlencoded',
    most: 1,
  },
  {
    title: 'Express 5 / urlencoded + zod',
    name: 'ours-express5',
    against: 'express-zod',
    most: 0.82,
  },
  { title: 'node:http / body read', name: 'ours-node-http', against: 'node-http', most: 1.7 },
  { title: 'node:http / Fastify', name: 'ours-node-http', against: 'fastify', most: 0.7 },
  {
    title: 'signed / the least it can cost',
    name: 'ours-verify',
    against: 'ours-least',
    most: 1.25,
  },
  {
    title: 'signed / http-signature + zod',
    name: 'ours-verify',
    against: 'http-signature-zod',
    most: 0.55,
  },
];

interface Plan {
  /** In each heat all servers are started anew: not every process gets equally fast. */
  heats: number;
  /** Rounds of each heat, after those to warm up. */
  rounds: number;
  warmUp: number;
  /** Calls of each round. */
  calls: number;
}
const FULL: Plan = { heats: 6, rounds: 10, warmUp: 4, calls: 500 };
const QUICK: Plan = { heats: 1, rounds: 1, warmUp: 1, calls: 20 };

const TITLES: Record<string, string> = { ...UNSIGNED, ...SIGNED };
if (process.env.BEFORE) {
  Object.assign(TITLES, BEFORE);
  TARGETS.push(
    { title: 'Express 5 / before', name: 'ours-express5', against: 'ours-before', most: 1.08 },
    {
      title: 'node:http / before',
      name: 'ours-node-http',
      against: 'ours-before-node-http',
      most: 1.1,
    },
  );
}
const BODY = new URLSearchParams(REPORT).toString();

/**
 * Lets all contenders receive the same reports, in turns, and prints what each call cost.
 *
 * @returns whether every target was met
 */
export async function compare(quick: boolean, print: Results['print']): Promise<boolean> {
  const plan = quick ? QUICK : FULL;
  const results = await measure(plan);
  const middle = (name: string, figure: keyof Round) =>
    median((results.get(name) ?? []).map((round) => round[figure]));
  const floor = middle('express', 'cpu');
  print(
    `\nOne report of ${BODY.length} bytes per call; medians of ${plan.heats * plan.rounds} interleaved rounds of ${plan.calls} calls over 10 connections, in ${plan.heats} processes each.\n\n${listVersions(PACKAGES)}\n`,
  );
  const figures = formatTable(
    ['', 'CPU per call', 'to the floor', 'p99', 'calls per second', 'memory'],
    Object.entries(TITLES).map(([name, title]) => [
      title,
      `${middle(name, 'cpu').toFixed(0)} µs`,
      (middle(name, 'cpu') / floor).toFixed(2),
      `${middle(name, 'p99').toFixed(1)} ms`,
      middle(name, 'rate').toFixed(0),
      `${(middle(name, 'memory') / 2 ** 20).toFixed(0)} MB`,
    ]),
  );
  print(`${figures}\n`);

  // Round by round, since what disturbs one contender in a round disturbs the other as well.
  const ratios = TARGETS.map(({ title, name, against, most }) => {
    const others = results.get(against) ?? [];
    const each = (results.get(name) ?? []).map(({ cpu }, i) => cpu / (others[i]?.cpu ?? 0));
    const ratio = median(each);
    return { title, most, ratio, spread: spreadOf(each), met: ratio <= most };
  });
  const comparison = formatTable(
    ['CPU per call', 'ratio', 'half of the rounds', 'target', ''],
    ratios.map(({ title, most, ratio, spread, met }) => [
      title,
      ratio.toFixed(2),
      spread.map((bound) => bound.toFixed(2)).join(' to '),
      `at most ${most}`,
      met ? 'met' : 'missed',
    ]),
  );
  print(comparison);
  return ratios.every(({ met }) => met);
}

/** Between which bounds the middle half of the figures lies. */
function spreadOf(figures: readonly number[]): number[] {
  const sorted = figures.toSorted((a, b) => a - b);
  return [0.25, 0.75].map((part) => sorted[Math.floor(sorted.length * part)] ?? Number.NaN);
}

async function measure({ heats, rounds, warmUp, calls }: Plan): Promise<Map<string, Round[]>> {
  const signer = createTestSigner({ account: ACCOUNT, keyId: KEY_ID });
  const [strings = []] = await signer.resolveTxt(KEY_ID);
  const reports: Call[] = Array(calls).fill(unsigned(BODY));
  const results = new Map<string, Round[]>(Object.keys(TITLES).map((name) => [name, []]));

  for (let heat = 0; heat < heats; heat++) {
    const contenders = await Promise.all(
      Object.keys(TITLES).map((name) => Contender.start(name, { KEY_RECORD: strings.join('') })),
    );
    for (let round = -warmUp; round < rounds; round++) {
      // Each signed call is sent once to each: a second time it would count as a replay.
      const signed = Array.from({ length: calls }, () => signer.sign(BODY));
      for (const contender of contenders) {
        const result = await contender.run(contender.name in SIGNED ? signed : reports);
        if (round >= 0) results.get(contender.name)?.push(result);
      }
    }
    await Promise.all(contenders.map((contender) => contender.stop()));
  }
  return results;
}
