// How far the game may run ahead of what is seen.
//
// A browser takes some frames of a canvas before it waits for the first of them to be drawn. Where drawing takes long, as it
// does without a graphics card, a press is then seen only after all those. So there no frame begins before the last one
// is drawn. Where drawing is fast nothing ever waits.

// From how long on drawing a frame is slow, and how long the next one waits at most, in milliseconds.
const SLOW_MS = 50;
const WAIT_MS_MAX = 2000;

// What tells when the canvas is drawn: called before a frame, is it? And after one: so far it goes.
function drawing(canvas) {
  let gl = null;
  let fence = null;
  let since = 0;
  let slow = false;
  // Only now: whoever asks for a context first decides what it is like.
  window.addEventListener("pipemaze:first-frame", () => { gl = canvas.getContext("webgl2"); });

  function isOver() {
    if (fence === null || gl.isContextLost()) return true;
    const drawn = gl.getSyncParameter(fence, gl.SYNC_STATUS) === gl.SIGNALED;
    const taken = performance.now() - since;
    if (drawn && taken <= SLOW_MS) slow = false;
    if (!drawn && taken > SLOW_MS) slow = true;
    return drawn || !slow || taken > WAIT_MS_MAX;
  }

  function note() {
    if (gl === null) return;
    gl.deleteSync(fence);
    fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    since = performance.now();
  }
  return { isOver, note };
}

export function keepPace(canvas) {
  const request = window.requestAnimationFrame.bind(window);
  const cancel = window.cancelAnimationFrame.bind(window);
  const last = drawing(canvas);
  const waiting = new Map(); // the browser's number of what waits, by the one given out for it
  let given = 0;

  window.requestAnimationFrame = (draw) => {
    const number = ++given;
    const turn = (now) => {
      if (!last.isOver()) return void waiting.set(number, request(turn));
      waiting.delete(number);
      draw(now);
      last.note();
    };
    waiting.set(number, request(turn));
    return number;
  };
  window.cancelAnimationFrame = (number) => {
    cancel(waiting.get(number));
    waiting.delete(number);
  };
}
