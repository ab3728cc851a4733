// What is seen before the game: the filling pipe, or a message that says what happened and what one can do.

const MEGABYTE = 1_000_000;
const WATER_LENGTH = 1000; // `pathLength` of the water in index.html

const element = (id) => document.getElementById(id);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
const megabytes = (bytes, language) =>
  (bytes / MEGABYTE).toLocaleString(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export class Screen {
  constructor(text) {
    this.text = text;
    this.failure = null;
    document.documentElement.lang = text.language;
  }

  progress(loaded, total) {
    const share = total > 0 ? Math.min(loaded / total, 1) : 0;
    element("water").style.strokeDashoffset = String(WATER_LENGTH * (1 - share));
    element("pipe").setAttribute("aria-valuenow", String(Math.floor(share * 100)));
    const written = (bytes) => megabytes(bytes, this.text.language);
    element("status").textContent =
      share < 1 ? fill(this.text.loading, { loaded: written(loaded), total: written(total) }) : this.text.starting;
  }

  // The first frame is there: the curtain opens.
  open() {
    if (this.failure) return;
    element("curtain").classList.add("open");
    element("pipe-maze").focus({ preventScroll: true });
    setTimeout(() => { if (!this.failure) element("curtain").hidden = true; }, 500);
  }

  // Shows a message; the first one stays, since later ones follow from it.
  fail(kind, facts = {}) {
    if (this.failure) return;
    this.failure = kind;
    const { title, what, remedy } = this.text[kind];
    const reason = facts.reason ? fill(this.text.reasons[facts.reason], facts) : "";
    element("message-title").textContent = title;
    element("message-what").textContent = fill(what, { ...facts, reason });
    element("message-remedy").textContent = remedy;
    element("message-detail").textContent = facts.detail ?? "";
    element("message-detail").hidden = !facts.detail;
    this.offerReload(kind);
    element("loading").hidden = true;
    element("message").hidden = false;
    element("message").dataset.kind = kind;
    element("curtain").hidden = false;
    element("curtain").classList.remove("open");
  }

  // Reloading is the one sure way to try again: a failed module import is remembered by the browser.
  offerReload(kind) {
    if (kind === "no-wasm") return;
    const button = element("message-button");
    button.textContent = kind === "no-file" ? this.text.retry : this.text.reload;
    button.addEventListener("click", () => location.reload(), { once: true });
    button.hidden = false;
    // A focused button answers Enter at once.
    requestAnimationFrame(() => button.focus({ preventScroll: true }));
  }
}
