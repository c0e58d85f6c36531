// Open pages: pages.ts URL NUMBER. Each asks how things stand as a page does, and for what it shows if
// something has changed.
import { setTimeout as delay } from 'node:timers/promises';

const [url, number] = process.argv.slice(2);
const POLL_INTERVAL_MS = 2000;
const LISTS = ['/reports?', '/suppressions?size=8'];
const NUMBERS = ['/numbers?period=day&zone=Europe%2FAmsterdam', '/domains?period=day'];
/** While reports keep arriving, a page asks for its numbers only so often. */
const NUMBERS_INTERVAL_MS = 5000;

async function ask(path: string): Promise<string> {
  const answer = await fetch(url + path);
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}`);
  return answer.text();
}

async function open(): Promise<void> {
  let known = '';
  let counted = '';
  let countedAt = Number.NEGATIVE_INFINITY;
  for (;;) {
    const { version } = JSON.parse(await ask('/state'));
    const paths = version === known ? [] : [...LISTS];
    known = version;
    if (version !== counted && performance.now() - countedAt > NUMBERS_INTERVAL_MS) {
      paths.push(...NUMBERS);
      counted = version;
      countedAt = performance.now();
    }
    await Promise.all(paths.map((path) => ask(`${path}&version=${version}`)));
    await delay(POLL_INTERVAL_MS);
  }
}

const pages = Array.from({ length: Number(number) }, open);
console.log('open');
await Promise.all(pages);
