// A gamepad is a keyboard with few keys: what its buttons do is what keys do, so all of the game can be played with one.
//
// A browser tells what a pad does only to who asks. So it is asked before each frame while a pad is there, and never
// otherwise; and a screen that is at rest stays so until a button goes down.

// By the standard mapping's numbers: the key's code, its name where it has one, and whether Shift goes with it. Letters
// have none: their places mean controls, and they must not be written into a field.
const BUTTONS = new Map([
  [0, { code: "Enter", key: "Enter" }],
  [1, { code: "Escape", key: "Escape" }],
  [2, { code: "KeyP" }], // the pipe tool
  [3, { code: "KeyS" }], // the tool that selects
  [4, { code: "Tab", key: "Tab", shift: true }],
  [5, { code: "Tab", key: "Tab" }],
  [6, { code: "KeyU" }], // undo
  [7, { code: "KeyR" }], // redo
  [8, { code: "KeyB" }], // back to building
  [9, { code: "KeyF" }], // let the water flow, pause
  [10, { code: "Digit0" }], // the whole board
  [11, { code: "Delete", key: "Delete" }],
  [12, { code: "ArrowUp", key: "ArrowUp" }],
  [13, { code: "ArrowDown", key: "ArrowDown" }],
  [14, { code: "ArrowLeft", key: "ArrowLeft" }],
  [15, { code: "ArrowRight", key: "ArrowRight" }],
]);
const SHIFT = { code: "ShiftLeft", key: "Shift" };

// How far a stick has to be pushed to be an arrow, and how far it may come back until it is none.
const PUSHED = 0.5;
const BACK = 0.35;

// What is down now: names of `keysOf`, with their keys.
let down = new Map();
let asking = false;

// What the pads want to be down.
function wanted(pads) {
  const keys = new Map();
  for (const pad of pads) {
    for (const [number, key] of BUTTONS) {
      if (pad.buttons[number]?.pressed) keys.set(`button ${number}`, key);
    }
    const [x = 0, y = 0, viewX = 0, viewY = 0] = pad.axes;
    push(keys, "stick", x, y, false);
    // Shift and an arrow move the view. With an arrow down already, they would be the same key twice.
    if (![...keys.values()].some((key) => key.code.startsWith("Arrow"))) push(keys, "view", viewX, viewY, true);
  }
  return keys;
}

function push(keys, stick, x, y, shift) {
  for (const [way, along] of [["Left", -x], ["Right", x], ["Up", -y], ["Down", y]]) {
    const name = `${stick} ${way}`;
    if (along > (down.has(name) ? BACK : PUSHED)) keys.set(name, { code: `Arrow${way}`, key: `Arrow${way}`, shift });
  }
}

function send(canvas, kind, { code, key = "Unidentified" }, shiftKey) {
  canvas.dispatchEvent(new KeyboardEvent(kind, { code, key, shiftKey, bubbles: true, cancelable: true }));
}

// Sends what has changed: keys that come up, Shift as it is needed, keys that go down.
function type(canvas, keys) {
  const shifted = (some) => [...some.values()].some((key) => key.shift);
  const [before, now] = [shifted(down), shifted(keys)];
  for (const [name, key] of down) {
    if (!keys.has(name)) send(canvas, "keyup", key, before);
  }
  if (before !== now) send(canvas, now ? "keydown" : "keyup", SHIFT, now);
  for (const [name, key] of keys) {
    if (!down.has(name)) send(canvas, "keydown", key, now);
  }
  if (keys.size > down.size && document.activeElement === document.body) canvas.focus({ preventScroll: true });
  down = keys;
}

// Pads that are there. A page in another's frame may be refused them.
function padsThere() {
  try {
    return [...navigator.getGamepads()].filter((pad) => pad?.connected && pad.mapping === "standard");
  } catch {
    return [];
  }
}

function ask(canvas) {
  const pads = padsThere();
  type(canvas, wanted(document.hidden ? [] : pads));
  asking = pads.length > 0;
  if (asking) requestAnimationFrame(() => ask(canvas));
}

export function letGamepadsPlay() {
  const canvas = document.getElementById("pipe-maze");
  window.addEventListener("gamepadconnected", () => {
    if (!asking) ask(canvas);
  });
}
