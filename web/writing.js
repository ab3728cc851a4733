// A field of the browser's own over the one that the game draws, while somebody writes in it whose letters would not reach
// a canvas: for a finger no keyboard comes up there, and an input method composes letters only in a real field.
//
// The game says in its mirror which control has its focus, and where it lies. What is written goes back as what assistive
// technology puts into a text: all of it at once.

// Languages that are written with an input method.
const COMPOSED = ["zh", "ja", "ko"];
const ROLES = ["text", "number"];
// The hidden field with which egui does without this one. It shows no caret, and some keyboards cannot delete in it.
const AGENT = "egui_text_agent";
// How long the game may take to say what was written: a slow frame or two.
const FOLLOWS_MS = 5000;
// How far a finger may move in a tap, in pixels.
const TAP_PX = 10;

const isWritten = (control) => ROLES.includes(control.role) && !control.disabled && control.area !== undefined;
const contains = ([x, y, width, height], event) =>
  event.clientX >= x && event.clientX <= x + width && event.clientY >= y && event.clientY <= y + height;

class Writing {
  constructor(canvas) {
    this.canvas = canvas;
    this.game = null;
    // The field, and the control that it writes.
    this.field = null;
    this.control = null;
    // The game's controls; where a finger came down; and whether any pointer has since a field was opened.
    this.controls = [];
    this.down = null;
    this.pressed = false;
    // What was written last, until the game says it, too: that is a frame or two later.
    this.written = null;
    this.listen();
  }

  listen() {
    window.addEventListener("pipemaze:shown", (event) => this.follow(JSON.parse(event.detail.json)));
    this.canvas.addEventListener("pointerdown", (event) => {
      this.down = event;
      this.pressed = true;
    });
    // Some browsers show their keyboard only for what is opened while they tell of the touch.
    this.canvas.addEventListener("pointerup", (event) => {
      const moved = Math.hypot(event.clientX - this.down?.clientX, event.clientY - this.down?.clientY);
      if (event.pointerType === "mouse" || !(moved <= TAP_PX)) return;
      const touched = this.controls.find((control) => isWritten(control) && contains(control.area, event));
      if (touched !== undefined) this.open(touched);
    });
    // The game stays in focus while it is written.
    const written = (event) => this.field !== null && event.relatedTarget === this.field;
    this.canvas.addEventListener("blur", (event) => written(event) && event.stopImmediatePropagation(), { capture: true });
  }

  // Whether a mouse needs the field, too: with letters that have keys the game's own is better.
  composes() {
    return this.pressed && navigator.languages.some((tag) => COMPOSED.includes(tag.split("-")[0]));
  }

  follow(narration) {
    document.getElementById(AGENT)?.setAttribute("disabled", "");
    this.controls = narration.controls;
    if (this.written !== null) {
      const told = narration.controls.find((each) => each.id === this.written.id);
      if ((told?.value ?? "") === this.written.value || performance.now() > this.written.until) this.written = null;
    }
    if (this.field !== null) {
      // It stays over its control, wherever that is scrolled, and for as long as it is shown.
      const now = narration.controls.find((each) => each.id === this.control.id);
      if (now === undefined) this.close();
      else this.place(now.area);
    }
    const control = this.controls.find((each) => each.id === narration.focus && isWritten(each));
    if (control?.role === "text" && control.id !== this.control?.id && this.composes()) this.open(control);
  }

  open(control) {
    this.close();
    const field = document.createElement(control.lines ? "textarea" : "input");
    field.className = "writing";
    field.value = this.written?.id === control.id ? this.written.value : (control.value ?? "");
    field.setAttribute("aria-label", control.name);
    field.setAttribute("autocomplete", "off");
    if (control.role === "number") field.inputMode = "decimal";
    field.addEventListener("input", (event) => {
      // A text is kept with each letter, whatever becomes of the page; letters that are being composed are none yet.
      if (control.lines && !event.isComposing) this.write();
    });
    field.addEventListener("compositionend", () => control.lines && this.write());
    field.addEventListener("keydown", (event) => this.key(event));
    field.addEventListener("keyup", (event) => event.stopPropagation());
    field.addEventListener("blur", (event) => {
      // The mouse that browsers make of a finger's touch would take the keyboard away again from what the touch opened.
      if (event.relatedTarget === this.canvas && !this.pressed) field.focus({ preventScroll: true });
      else this.close();
    });
    this.written = null;
    [this.field, this.control, this.pressed] = [field, { ...control, value: field.value }, false];
    this.place(control.area);
    document.body.append(field);
    field.focus({ preventScroll: true });
    if (control.role === "number") field.select();
  }

  place([x, y, width, height]) {
    Object.assign(this.field.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` });
  }

  // Keys are the field's own, but for those that lead out of it.
  key(event) {
    event.stopPropagation();
    // Enter and Escape may belong to the input method.
    if (event.isComposing) return;
    const leaves = event.key === "Escape" || event.key === "Tab" || (event.key === "Enter" && !this.control.lines);
    if (!leaves) return;
    event.preventDefault();
    this.close();
    if (event.key !== "Tab") return;
    for (const kind of ["keydown", "keyup"]) this.canvas.dispatchEvent(new KeyboardEvent(kind, event));
  }

  write() {
    const { id, value } = this.control;
    if (this.field.value === value) return;
    this.control.value = this.field.value;
    this.written = { id, value: this.field.value, until: performance.now() + FOLLOWS_MS };
    this.game?.mirror_write(id, this.field.value);
  }

  close() {
    if (this.field === null) return;
    this.write();
    const [field, held] = [this.field, document.activeElement === this.field];
    [this.field, this.control] = [null, null];
    field.remove();
    if (held) this.canvas.focus({ preventScroll: true });
  }
}

export function openWriting(canvas) {
  const writing = new Writing(canvas);
  return { connect: (module) => { writing.game = module; } };
}
