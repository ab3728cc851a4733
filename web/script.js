// `window.pipeMaze`: the game for programs, such as an embedding page or a test.
//
// Every method answers with a promise of { ok: true, value } or { ok: false, error: { code, message } }.
// None throws and no promise is rejected. A request made before the first frame waits for it.

const TEXT_BYTES_MAX = 1_048_576;
const METHODS = ["ready", "loadLevel", "send", "advance", "state", "digest", "progress", "mergeProgress", "corpus", "bench", "frames"];
const OUTGOING = ["pipemaze:won", "pipemaze:lost", "pipemaze:stopped", "pipemaze:first-frame"];

const failure = (code, message) => ({ ok: false, error: { code, message } });
const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

function levelRequest(level) {
  if (!isRecord(level)) return failure("bad-request", 'loadLevel wants { id: "…" } or { ron: "…" }');
  const given = ["id", "ron"].filter((name) => level[name] !== undefined);
  if (given.length !== 1) return failure("bad-request", "loadLevel wants exactly one of `id` and `ron`");
  const text = level[given[0]];
  if (typeof text !== "string" || text === "") return failure("bad-request", `\`${given[0]}\` must be a text that is not empty`);
  return { do: "load_level", [given[0]]: text };
}

function advanceRequest(ms) {
  if (typeof ms !== "number" || !Number.isFinite(ms) || ms < 0) {
    return failure("bad-request", "advance wants a number of milliseconds of simulated time, 0 or more");
  }
  return { do: "advance", ms };
}

function wholeRequest(name, field, number, least) {
  if (!Number.isSafeInteger(number) || number < least) {
    return failure("bad-request", `${name} wants a whole number, ${least} or more`);
  }
  return { do: name, [field]: number };
}

function progressRequest(text) {
  if (typeof text !== "string" || text === "") return failure("bad-request", "mergeProgress wants the text that progress() gave");
  return { do: "merge_progress", text };
}

// Commands are the player's own, written as the game writes them: "Pause", { Speed: 2 }, { Edit: … }.
function sendRequest(command) {
  const named = typeof command === "string" && command !== "";
  if (!named && !isRecord(command)) return failure("bad-request", 'send wants a command: a name such as "Pause", or an object');
  return { do: "send", command };
}

export function openScriptInterface() {
  let begun; // resolves the promise `ready`
  const ready = new Promise((resolve) => { begun = resolve; });
  let game = null;
  let stopped = null;

  async function ask(request) {
    if (request.ok === false) return request;
    let json;
    try {
      json = JSON.stringify(request);
    } catch (error) {
      return failure("bad-request", `the argument cannot be written as JSON: ${error.message}`);
    }
    if (new TextEncoder().encode(json).length > TEXT_BYTES_MAX) {
      return failure("too-large", `a request may have ${TEXT_BYTES_MAX} bytes at most`);
    }
    const state = await ready;
    if (!state.ok) return state;
    if (stopped !== null) return failure("stopped", stopped);
    if (typeof game?.script_request !== "function") return failure("unavailable", "this build of the game takes no requests");
    try {
      return JSON.parse(await game.script_request(json));
    } catch (error) {
      return failure("stopped", String(error?.message ?? error));
    }
  }

  const api = Object.freeze({
    ready,
    loadLevel: (level) => ask(levelRequest(level)),
    send: (command) => ask(sendRequest(command)),
    advance: (ms) => ask(advanceRequest(ms)),
    state: () => ask({ do: "state" }),
    digest: () => ask({ do: "digest" }),
    progress: () => ask({ do: "progress" }),
    mergeProgress: (text) => ask(progressRequest(text)),
    corpus: (seed = 1) => ask(wholeRequest("corpus", "seed", seed, 0)),
    bench: (requests = 200000) => ask(wholeRequest("bench", "requests", requests, 1000)),
    frames: (inFlight = 20000) => ask(wholeRequest("frames", "in_flight", inFlight, 1)),
  });
  Object.defineProperty(window, "pipeMaze", { value: api, enumerable: true });
  bridge(api);

  return {
    connect: (module) => { game = module; },
    begin: () => begun({ ok: true, value: null }),
    stop: (message) => {
      stopped ??= message;
      begun(failure("stopped", stopped));
    },
  };
}

// Messages { pipeMaze: { id, method, args } } are answered with { pipeMaze: { id, result } }; an embedding page
// is told of the game's events by { pipeMaze: { event, detail } }.
function bridge(api) {
  window.addEventListener("message", async (message) => {
    const call = message.data?.pipeMaze;
    if (!message.source || !isRecord(call) || typeof call.method !== "string") return;
    const args = Array.isArray(call.args) ? call.args : [];
    const member = METHODS.includes(call.method) ? api[call.method] : undefined;
    const result = member === undefined
      ? failure("bad-request", `there is no method of that name; there are ${METHODS.join(", ")}`)
      : await (typeof member === "function" ? member(...args) : member);
    // A page without an origin of its own, such as a sandboxed one, can only be named by "*".
    const target = message.origin === "null" ? "*" : message.origin;
    message.source.postMessage({ pipeMaze: { id: call.id, result } }, { targetOrigin: target });
  });
  if (window.parent === window) return;
  for (const name of OUTGOING) {
    window.addEventListener(name, (event) => {
      window.parent.postMessage({ pipeMaze: { event: name, detail: event.detail ?? null } }, "*");
    });
  }
}
