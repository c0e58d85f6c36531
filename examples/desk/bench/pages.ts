// Open pages: pages.ts URL NUMBER. Each asks for what a page shows whenever it is told of something new.
import { setTimeout as delay } from 'node:timers/promises';

const [url, number] = process.argv.slice(2);
const QUESTIONS = [
  '/state',
  '/numbers?period=day&zone=Europe%2FAmsterdam',
  '/domains?period=day&zone=Europe%2FAmsterdam',
  '/reports?',
  '/suppressions?size=8',
];

async function open(): Promise<void> {
  const { body } = await fetch(`${url}/events`);
  for await (const chunk of body ?? []) {
    if (!Buffer.from(chunk).includes('changed')) continue;
    for (const answer of await Promise.all(QUESTIONS.map((path) => fetch(url + path)))) {
      if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}`);
      await answer.arrayBuffer();
    }
    // As often as a page asks at most.
    await delay(1000);
  }
}

const pages = Array.from({ length: Number(number) }, open);
console.log('open');
await Promise.all(pages);
