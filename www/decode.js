/** @import { Host } from './host.js' */
/** @import { Unpacked } from './decode-run.js' */
import { run } from './decode-run.js';

/**
 * Has packed models unpacked: fetched once a page, when one comes. What is large goes to a worker; what is small is unpacked
 * sooner than a worker starts. Where none can start, as when these files come from another origin, the page does it, piece by
 * piece.
 */

/**
 * What is smaller than this, bytes, is unpacked on the page: a Draco mesh, which comes in one piece, of 60 kB took 26 ms, one
 * of 192 kB 103 ms, where a worker had its answer after 83 and 212 ms. Streams of meshopt take a tenth of that.
 */
const SMALL = 50_000;
/** A worker that has not said anything by then does not come, milliseconds. */
const PATIENCE_MS = 10_000;
/** On the page: a frame at 60 Hz is 17. */
const SLICE_MS = 12;

/** @type {Promise<WebAssembly.Module> | undefined} */
let compiling;
/** @type {Promise<any> | undefined} */
let glue;
let failures = 0;
/** How many are unpacked on the page. */
let running = 0;
/** A worker was refused once: by the page's policy, or an old browser. */
let isRefused = false;

/** @param {string} name */
function beside(name) {
  return new URL(`./anprobe_${name}`, import.meta.url);
}

/** The module, compiled beside the page; what failed is begun anew by the next one who asks. */
function module() {
  return compiling ??= fetch(beside('decode.wasm')).then(async (answer) => {
    if (!answer.ok) throw new Error(`no ${answer.url} (HTTP ${answer.status})`);
    const isNamed = answer.headers.get('content-type') === 'application/wasm';
    return isNamed ? WebAssembly.compileStreaming(answer) : WebAssembly.compile(await answer.arrayBuffer());
  }).catch((error) => {
    compiling = undefined;
    throw error;
  });
}

/**
 * The answer to a request for a model: plain, or why there is none.
 * @param {Host} host @param {number} request @param {Uint8Array<ArrayBuffer>} bytes as they came @param {string} url where from
 * @param {AbortSignal} signal ends it
 * @returns {Promise<[answer: (raw: any) => void]>}
 */
export async function decode(host, request, bytes, url, signal) {
  /** What lies beside the model; the reader reports what cannot be had. @param {string} uri */
  const fetched = (uri) => host.download(request, uri, url, signal).catch((error) => {
    if (signal.aborted) throw error;
    return undefined;
  });
  const compiled = await module();
  const worker = bytes.length < SMALL ? undefined : await hired(signal);
  const made = await (worker ? there(worker, compiled, bytes, fetched, signal) : here(compiled, bytes, fetched, signal));
  return [(raw) => answer(host, raw, request, made)];
}

/** @param {Host} host @param {any} raw @param {number} request @param {Unpacked} made */
function answer(host, raw, request, { file, issues }) {
  const told = [];
  for (let at = 0; at < issues.length; at += 5) {
    const [code, severity, path, message, remedy] = issues.slice(at, at + 5);
    told.push(/** @type {const} */ ([code, Number(severity), path, message, remedy]));
  }
  if (file) for (const issue of told) host.complain('', ...issue);
  const grave = told.find(([, severity]) => severity === 2);
  const say = host.complain.bind(host);
  const end = () => Reflect.deleteProperty(host, 'complain');
  // The viewer calls it before it answers here. Of a file that it cannot read it knows less than what was found here: the
  // failure that comes of that, the first one, is told with these words.
  if (grave) {
    host.complain = (kind, ...rest) => {
      if (kind) end();
      say(kind, .../** @type {typeof grave} */ (kind ? grave : rest));
    };
  }
  try {
    // What is still packed nobody here can unpack.
    if (!file || raw.bytes(request, file)) raw.failed(request, grave?.[3] ?? 'the model cannot be unpacked');
  } finally {
    end();
  }
}

/** A worker that runs; undefined where there can be none. @param {AbortSignal} signal @returns {Promise<Worker | undefined>} */
async function hired(signal) {
  const address = beside('unpack_worker.js');
  if (isRefused || address.origin !== location.origin) return undefined;
  try {
    const worker = new Worker(address, { type: 'module', name: 'anprobe-unpack' });
    const comes = await new Promise((resolve) => {
      worker.onmessage = () => resolve(true);
      worker.onerror = (event) => {
        event.preventDefault();
        resolve(false);
      };
      signal.addEventListener('abort', () => resolve(false), { once: true });
      setTimeout(resolve, PATIENCE_MS, false);
    });
    if (comes && !signal.aborted) return worker;
    worker.terminate();
  } catch {
    // The page's policy may throw.
  }
  signal.throwIfAborted();
  isRefused = true;
  return undefined;
}

/** @param {Worker} worker @param {WebAssembly.Module} module @param {Uint8Array} bytes @param {(uri: string) => Promise<Uint8Array | undefined>} fetched @param {AbortSignal} signal @returns {Promise<Unpacked>} */
async function there(worker, module, bytes, fetched, signal) {
  const end = new AbortController();
  try {
    return await new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { signal: end.signal });
      worker.onmessage = ({ data: { made, error, uri } }) => {
        if (made) resolve(made);
        else if (error) reject(new Error(error));
        else fetched(uri).then((found) => worker.postMessage({ uri, bytes: found }), reject);
      };
      worker.onerror = (event) => reject(new Error(event.message || 'the worker ended'));
      worker.postMessage({ module, bytes }, [bytes.buffer]);
    });
  } finally {
    end.abort();
    // With it goes all its memory.
    worker.terminate();
  }
}

/** @param {WebAssembly.Module} module @param {Uint8Array} bytes @param {(uri: string) => Promise<Uint8Array | undefined>} fetched @param {AbortSignal} signal @returns {Promise<Unpacked>} */
async function here(module, bytes, fetched, signal) {
  const isNew = !glue;
  // Browsers remember an import that failed by its address.
  glue ??= import(`${beside('decode.js')}${failures ? `?${failures}` : ''}`).then(async (bound) => {
    await bound.default({ module_or_path: module });
    return bound;
  }).catch((error) => {
    glue = undefined;
    failures += 1;
    throw error;
  });
  const bound = await glue;
  // Nobody else is in the last instance: its memory goes with it.
  if (!running && !isNew) bound.__wbg_reset_state();
  running += 1;
  try {
    let start = performance.now();
    return await run(bound, bytes, fetched, async () => {
      if (performance.now() - start < SLICE_MS) return;
      await rest();
      signal.throwIfAborted();
      start = performance.now();
    });
  } catch (error) {
    // After a trap nothing of that instance may be called again.
    if (error instanceof WebAssembly.RuntimeError) glue = undefined;
    throw error;
  } finally {
    running -= 1;
  }
}

/** Lets the page go on. @returns {Promise<unknown>} */
function rest() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve(undefined);
    };
    port2.postMessage(0);
  });
}
