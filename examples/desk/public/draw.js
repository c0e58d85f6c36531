// @ts-check

/** @type {() => void} */
let view = () => undefined;
let planned = false;

/** Says how the page is drawn. @param {() => void} draws */
export function drawWith(draws) {
  view = draws;
}

/** Draws the page anew; any number of wishes in one turn become one. */
export function draw() {
  if (planned) return;
  planned = true;
  queueMicrotask(() => {
    planned = false;
    view();
  });
}
