// Acts as open pages: pages.ts URL NUMBER. Each polls the state and, if that has changed, asks again for all
// that it shows.
import { setTimeout as delay } from 'node:timers/promises';

const [url, number] = process.argv.slice(2);
const POLL_INTERVAL_MS = 2000;
const LISTS = ['/reports?', '/suppressions?size=8'];
const NUMBERS = ['/numbers?period=day&zone=Europe%2FAmsterdam', '/domains?period=day'];

async function ask(path: string): Promise<string> {
  const answer = await fetch(url + path);
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}`);
  return answer.text();
}

async function open(): Promise<void> {
  let known = '';
  let counted = '';
  for (;;) {
    const { version, countsVersion } = JSON.parse(await ask('/state'));
    const lists = version === known ? [] : LISTS.map((path) => `${path}&version=${version}`);
    const numbers =
      countsVersion === counted ? [] : NUMBERS.map((path) => `${path}&version=${countsVersion}`);
    known = version;
    counted = countsVersion;
    await Promise.all([...lists, ...numbers].map(ask));
    await delay(POLL_INTERVAL_MS);
  }
}

const pages = Array.from({ length: Number(number) }, open);
console.log('open');
await Promise.all(pages);
