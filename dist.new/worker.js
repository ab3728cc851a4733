// The page's worker: computes jobs in a small wasm of its own, so that the game draws on. Terminated, it is gone.
//
// In: the text of a job. Out: { news } for each piece of news, { unusable } where no job can be computed here at all,
// and { broken } where this one broke off.

import init, { run } from "./pipe-maze-prover.js";

const ready = init();
// It is awaited, and told, with the first job.
ready.catch(() => {});

addEventListener("message", async ({ data: job }) => {
  try {
    await ready;
  } catch (error) {
    postMessage({ unusable: String(error) });
    return;
  }
  try {
    run(job, (news) => postMessage({ news }));
  } catch (error) {
    postMessage({ broken: String(error?.stack ?? error) });
  }
});
