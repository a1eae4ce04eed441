import { run } from './print-run.js';

/**
 * Prints beside the page. The page sends the compiled module and a task, and ends this worker when the answer is there, or
 * when nobody wants it any more.
 */

/** @type {any} */
const worker = self;
/** So long a slice may take, milliseconds: nobody waits here but for the progress. */
const SLICE_MS = 100;

worker.onmessage = async (/** @type {MessageEvent<{ module: WebAssembly.Module, task: import('./print-run.js').Task }>} */ { data: { module, task } }) => {
  try {
    const glue = await import(String(new URL('./anprobe_work.js', import.meta.url)));
    await glue.default({ module_or_path: module });
    const made = await run(glue, task, SLICE_MS, (done) => worker.postMessage({ done }));
    worker.postMessage({ made }, [made.bytes, made.finished].flatMap((bytes) => bytes ? [bytes.buffer] : []));
  } catch (error) {
    worker.postMessage({ error: String(error) });
  }
};
// Here it runs: a browser may refuse to start it.
worker.postMessage({ ready: true });
