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
    // Where nothing was drawn, nobody else sends it off.
    gl.flush();
    since = performance.now();
  }
  return { isOver, note };
}

export function keepPace(canvas) {
  const request = window.requestAnimationFrame.bind(window);
  const last = drawing(canvas);
  let next = new Map(); // what has been asked for the next frame, by its number
  let now = new Map(); // what is still to be called in this one
  let given = 0;
  let asked = false;

  function ask() {
    if (!asked && next.size > 0) request(frame);
    asked = asked || next.size > 0;
  }

  // All that was asked for is called in one frame, or waits together: whoever asks last must not wait for ever.
  function frame(time) {
    asked = false;
    if (last.isOver()) {
      [now, next] = [next, new Map()];
      for (const [number, draw] of now) {
        now.delete(number);
        try {
          draw(time);
        } catch (error) {
          reportError(error);
        }
      }
      last.note();
    }
    ask();
  }

  window.requestAnimationFrame = (draw) => {
    next.set(++given, draw);
    ask();
    return given;
  };
  window.cancelAnimationFrame = (number) => {
    next.delete(number);
    now.delete(number);
  };
}
