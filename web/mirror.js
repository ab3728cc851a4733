// The game in the DOM, for screen readers.
//
// Each control that the canvas shows has an element within it: what a canvas holds is not seen, but read aloud. The
// keyboard stays with the canvas, whose `aria-activedescendant` names the control with the game's focus; its keys reach
// the game from an element within, too. Objectives, the board and what happens stand beside the canvas.

const PREFIX = "control-of-";
// How long the game may take to follow where a screen reader goes: a slow frame or two.
const FOLLOWS_MS = 5000;
const ROLES = { button: "button", switch: "button", radio: "radio", slider: "slider", number: "spinbutton" };

const element = (id) => document.getElementById(id);

// Sets what is given, and takes away what is not.
function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === "") node.removeAttribute(name);
    else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, String(value));
  }
}

// What is typed goes to the game, as all keys do: what a canvas holds is not drawn, so browsers do not write in it. What
// assistive technology puts into a text as a whole comes as its input.
function dressText(node, control) {
  set(node, { "aria-label": control.name, "aria-description": control.help, disabled: control.disabled ? "" : null });
  const value = control.value ?? "";
  if (node.value !== value) node.value = value;
}

function dress(node, control) {
  if (control.role === "text") return dressText(node, control);
  // What is turned says its value by itself; of others it belongs to the name.
  const named = control.range || !control.value ? control.name : `${control.name}, ${control.value}`;
  set(node, {
    role: ROLES[control.role],
    "aria-label": named,
    "aria-description": control.help,
    "aria-disabled": control.disabled ? "true" : null,
    "aria-pressed": control.role === "switch" ? control.chosen : null,
    "aria-checked": control.role === "radio" ? control.chosen : null,
    "aria-valuenow": control.range?.now,
    "aria-valuemin": control.range?.min,
    "aria-valuemax": control.range?.max,
    "aria-valuetext": control.range ? control.value : null,
  });
}

// The element for a text is one: so assistive technology reads and writes it as any other.
function tag(control) {
  if (control.role !== "text") return "div";
  return control.lines ? "textarea" : "input";
}

function create(control) {
  const node = document.createElement(tag(control));
  node.id = PREFIX + control.id;
  node.dataset.id = control.id;
  node.tabIndex = -1;
  return node;
}

function list(node, lines) {
  while (node.children.length > lines.length) node.lastElementChild.remove();
  lines.forEach((line, index) => {
    const item = node.children[index] ?? node.appendChild(document.createElement("li"));
    if (item.textContent !== line) item.textContent = line;
  });
}

class Mirror {
  constructor() {
    this.canvas = element("pipe-maze");
    this.controls = element("controls");
    this.game = null;
    // What a screen reader has gone to, until the game has followed or time is up.
    this.wanted = null;
    this.listen();
  }

  listen() {
    window.addEventListener("pipemaze:shown", (event) => this.show(JSON.parse(event.detail.json)));
    window.addEventListener("pipemaze:said", (event) => this.say(event.detail.text));
    const ask = (event, what) => {
      const id = event.target.closest?.("[data-id]")?.dataset.id;
      if (id !== undefined) this.game?.mirror_ask(id, what);
    };
    // The game stays in focus while a screen reader is within its canvas, and loses it with whoever leaves from there.
    const inside = (event) => this.canvas.contains(event.relatedTarget);
    this.canvas.addEventListener("blur", (event) => inside(event) && event.stopImmediatePropagation(), { capture: true });
    this.controls.addEventListener("focusout", (event) => inside(event) || this.canvas.dispatchEvent(new FocusEvent("blur")));
    this.controls.addEventListener("focusin", (event) => {
      this.canvas.dispatchEvent(new FocusEvent("focus"));
      this.wanted = { id: event.target.closest?.("[data-id]")?.dataset.id, until: performance.now() + FOLLOWS_MS };
      ask(event, "focus");
    });
    this.controls.addEventListener("click", (event) => {
      event.preventDefault();
      ask(event, "press");
    });
    this.controls.addEventListener("input", (event) => {
      const id = event.target.dataset.id;
      if (id !== undefined) this.game?.mirror_write(id, event.target.value);
    });
    // A press of assistive technology is none of the pointer at that place of the canvas.
    for (const name of ["pointerdown", "pointerup", "mousedown", "mouseup", "click"]) {
      this.controls.addEventListener(name, (event) => event.stopPropagation());
    }
  }

  show(narration) {
    element("mirror").hidden = false;
    if (element("place").textContent !== narration.place) element("place").textContent = narration.place;
    list(element("standing"), narration.standing);
    list(element("board"), narration.board);
    const active = document.activeElement;
    const kept = new Set(narration.controls.map((control) => control.id));
    for (const node of [...this.controls.children]) {
      if (!kept.has(node.dataset.id)) node.remove();
    }
    narration.controls.forEach((control, index) => {
      let node = document.getElementById(PREFIX + control.id);
      if (node !== null && node.localName !== tag(control)) {
        node.remove();
        node = null;
      }
      node ??= create(control);
      dress(node, control);
      if (this.controls.children[index] !== node) this.controls.insertBefore(node, this.controls.children[index] ?? null);
    });
    // Moving an element takes its focus: it gets it back.
    if (this.controls.contains(active) && active !== document.activeElement) active.focus({ preventScroll: true });
    this.focus(narration.focus ?? null);
  }

  // The game's focus: named by the canvas, or where a screen reader has gone within it, followed.
  focus(id) {
    set(this.canvas, { "aria-activedescendant": id === null ? null : PREFIX + id });
    const within = this.controls.contains(document.activeElement);
    if (!within) return;
    // What was shown before the game has heard of it would take the focus away again.
    if (this.wanted !== null && this.wanted.id !== id && performance.now() < this.wanted.until) return;
    this.wanted = null;
    const node = id === null ? this.canvas : document.getElementById(PREFIX + id);
    if (node !== null && node !== document.activeElement) node.focus({ preventScroll: true });
  }

  // Equal words would not be read again: they come as another element.
  say(text) {
    const said = document.createElement("span");
    said.textContent = text;
    element("said").replaceChildren(said);
  }
}

export function openMirror() {
  const mirror = new Mirror();
  return { connect: (module) => { mirror.game = module; } };
}
