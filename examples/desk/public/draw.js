/** @type {() => void} */
let drawPage = () => undefined;
let planned = false;

/** Sets the function that draws the page. @param {() => void} callback */
export function drawWith(callback) {
  drawPage = callback;
}

/** Draws the page at the end of this turn: several calls draw it once. */
export function draw() {
  if (planned) return;
  planned = true;
  queueMicrotask(() => {
    planned = false;
    drawPage();
  });
}
