// Fetching the page's own files: failures carry the file's name and a reason, bytes are counted as they come.

// Throws { file, reason, … } where `reason` is a key of `reasons` in the texts.
async function get(file) {
  let response;
  try {
    response = await fetch(new URL(file, import.meta.url));
  } catch (error) {
    throw { file, reason: "network", detail: String(error) };
  }
  if (!response.ok) throw { file, reason: "status", status: response.status };
  return response;
}

export async function fetchJson(file) {
  const response = await get(file);
  try {
    return await response.json();
  } catch (error) {
    throw { file, reason: "network", detail: String(error) };
  }
}

// A response whose body reports each piece as it passes, so that the wasm is compiled while it arrives.
//
// `total` is the raw size, known from the build: a server that compresses sends another Content-Length,
// while the pieces counted here are decoded ones. `check` throws where the download broke off.
export async function downloadWithProgress(file, total, report) {
  const response = await get(file);
  const expected = total ?? Number(response.headers.get("Content-Length"));
  let loaded = 0;
  report(loaded, expected);
  const counter = new TransformStream({
    transform(piece, controller) {
      loaded += piece.byteLength;
      report(loaded, expected);
      controller.enqueue(piece);
    },
  });
  return {
    response: new Response(response.body.pipeThrough(counter), { headers: { "Content-Type": "application/wasm" } }),
    check() {
      if (loaded < expected) throw { file, reason: "short", loaded, total: expected };
    },
  };
}
