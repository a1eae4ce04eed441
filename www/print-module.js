/** @import { Made, Task } from './print-run.js' */
import { run } from './print-run.js';

/**
 * The module that prints: fetched once a page, when something is to be printed. It runs in a worker; where none can start, as
 * when these files come from another origin, on the page, in slices between which that goes on.
 */

/** On the page: a frame at 60 Hz is 17. A slice may be longer than the one before let hope. */
const SLICE_MS = 12;
/** A worker that has not said anything by then does not come, milliseconds. */
const PATIENCE_MS = 10_000;

/** @type {{ module: Promise<WebAssembly.Module>, end: AbortController, waiting: number, stands: boolean } | undefined} */
let compiling;
/** @type {Promise<any> | undefined} */
let glue;
/** How many runs on the page have not ended. */
let running = 0;
let failures = 0;
/** A worker was refused once: by the page's policy, or an old browser. */
let isRefused = false;

/** @param {string} name */
function beside(name) {
  return new URL(`./anprobe_${name}`, import.meta.url);
}

/** @returns {NonNullable<typeof compiling>} */
function compile() {
  const end = new AbortController();
  const begun = { end, waiting: 0, stands: false, module: fetch(beside('work.wasm'), { signal: end.signal }).then(async (answer) => {
    if (!answer.ok) throw new Error(`no ${answer.url} (HTTP ${answer.status})`);
    const isNamed = answer.headers.get('content-type') === 'application/wasm';
    const module = await (isNamed ? WebAssembly.compileStreaming(answer) : WebAssembly.compile(await answer.arrayBuffer()));
    begun.stands = true;
    return module;
  }) };
  return begun;
}

/** The module, compiled beside the page. What failed, or nobody waits for any more, is begun anew by the next one who asks. @param {AbortSignal | undefined} signal */
async function module(signal) {
  const mine = compiling ??= compile();
  const end = new AbortController();
  mine.waiting += 1;
  try {
    signal?.throwIfAborted();
    return await Promise.race([mine.module, new Promise((_, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason), { signal: end.signal });
    })]);
  } finally {
    end.abort();
    mine.waiting -= 1;
    if (!mine.stands && !mine.waiting) {
      mine.end.abort();
      if (compiling === mine) compiling = undefined;
    }
  }
}

/**
 * Carries out a task.
 * @param {Task} task @param {AbortSignal | undefined} signal ends it @param {(done: number) => void} told from 0 to 1
 * @returns {Promise<Made>}
 */
export async function carriedOut(task, signal, told) {
  const ready = await module(signal);
  const worker = await hired(signal);
  return worker ? there(worker, ready, task, signal, told) : here(ready, task, signal, told);
}

/** A worker that runs; undefined where there can be none. @param {AbortSignal | undefined} signal @returns {Promise<Worker | undefined>} */
async function hired(signal) {
  const address = beside('print_worker.js');
  if (isRefused || address.origin !== location.origin) return undefined;
  try {
    const worker = new Worker(address, { type: 'module', name: 'anprobe-print' });
    const comes = await new Promise((resolve) => {
      worker.onmessage = () => resolve(true);
      worker.onerror = (event) => {
        event.preventDefault();
        resolve(false);
      };
      signal?.addEventListener('abort', () => resolve(false), { once: true });
      setTimeout(resolve, PATIENCE_MS, false);
    });
    if (comes && !signal?.aborted) return worker;
    worker.terminate();
    signal?.throwIfAborted();
  } catch {
    signal?.throwIfAborted();
  }
  isRefused = true;
  return undefined;
}

/** @param {Worker} worker @param {WebAssembly.Module} module @param {Task} task @param {AbortSignal | undefined} signal @param {(done: number) => void} told @returns {Promise<Made>} */
async function there(worker, module, task, signal, told) {
  const end = new AbortController();
  try {
    return await new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason), { signal: end.signal });
      worker.onmessage = ({ data: { done, made, error } }) => {
        if (made) resolve(made);
        else if (error) reject(new Error(error));
        else told(done);
      };
      worker.onerror = (event) => reject(new Error(event.message || 'the worker ended'));
      const arrays = task.pieces.flatMap(({ shares, pictures }) => [
        ...shares.flatMap(([, ...numbers]) => numbers), ...pictures.flatMap((picture) => picture?.rgba ?? []),
      ].map(({ buffer }) => buffer));
      worker.postMessage({ module, task }, arrays);
    });
  } finally {
    end.abort();
    // With it goes all its memory.
    worker.terminate();
  }
}

/** @param {WebAssembly.Module} module @param {Task} task @param {AbortSignal | undefined} signal @param {(done: number) => void} told @returns {Promise<Made>} */
async function here(module, task, signal, told) {
  const isNew = !glue;
  // Browsers remember an import that failed by its address.
  glue ??= import(`${beside('work.js')}${failures ? `?${failures}` : ''}`).then(async (bound) => {
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
    return await run(bound, task, SLICE_MS, async (done) => {
      told(done);
      await rest();
      signal?.throwIfAborted();
    });
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
