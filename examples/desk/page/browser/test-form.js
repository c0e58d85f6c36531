// @ts-check
import { load } from './load.js';

const form = /** @type {HTMLFormElement} */ (document.getElementById('test'));
const answerPlace = /** @type {HTMLElement} */ (document.getElementById('test-answer'));

/** Fills in the kinds of report that can be sent. */
export async function offerSamples() {
  const samples = await load('/samples');
  const select = /** @type {HTMLSelectElement} */ (form.elements.namedItem('sample'));
  for (const { name, title } of samples) select.append(new Option(title, name));
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const { sample, recipient, tags } = Object.fromEntries(new FormData(form));
  const list = String(tags)
    .split(',')
    .map((tag) => tag.trim());
  try {
    const { status, answer } = await load('/test-reports', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ sample, recipient, tags: list.filter(Boolean) }),
    });
    answerPlace.textContent = `The endpoint answered ${status} ${answer}`;
  } catch (error) {
    answerPlace.textContent = /** @type {Error} */ (error).message;
  }
});
