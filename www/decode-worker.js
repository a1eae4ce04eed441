import { run } from './decode-run.js';

/**
 * Unpacks beside the page. The page sends the compiled module and a model, gives what lies beside it when it is asked, and
 * ends this worker when the answer is there, or when nobody wants it any more.
 */

/** @type {any} */
const worker = self;
/** Who waits for what the page fetches. @type {Map<string, (bytes: Uint8Array | undefined) => void>} */
const waiting = new Map();

worker.onmessage = async (/** @type {MessageEvent<{ module?: WebAssembly.Module, bytes?: Uint8Array, uri?: string }>} */ { data: { module, bytes, uri } }) => {
  if (uri !== undefined) {
    waiting.get(uri)?.(bytes);
    return;
  }
  try {
    const glue = await import(String(new URL('./anprobe_decode.js', import.meta.url)));
    await glue.default({ module_or_path: module });
    const made = await run(glue, /** @type {Uint8Array} */ (bytes), (uri) => new Promise((resolve) => {
      waiting.set(uri, resolve);
      worker.postMessage({ uri });
    }), () => {});
    worker.postMessage({ made }, made.file ? [made.file.buffer] : []);
  } catch (error) {
    worker.postMessage({ error: String(error) });
  }
};
// Here it runs: a browser may refuse to start it.
worker.postMessage({ ready: true });
