/** A browser's signal, or none. @typedef {AbortSignal | undefined} Signal */

/** A worker that has not said anything by then does not come, milliseconds. */
const PATIENCE_MS = 10_000;

/** @param {string} name */
function address(name) {
  return new URL(`./anprobe_${name}`, import.meta.url);
}

/**
 * A module of WebAssembly for what takes long: fetched once a page, when first asked for. It runs in a worker; where none can
 * start, as when these files come from another origin, on the page, between whose slices that goes on.
 */
export class Beside {
  /** @param {string} name of the module and its glue @param {string} worker its file @param {string} title its name for those who debug */
  constructor(name, worker, title) {
    this.name = name;
    this.worker = worker;
    this.title = title;
    /** @type {{ module: Promise<WebAssembly.Module>, end: AbortController, waiting: number, stands: boolean } | undefined} */
    this.compiling = undefined;
    /** @type {Promise<any> | undefined} */
    this.glue = undefined;
    /** How many runs on the page have not ended, and how often its glue did not come. */
    this.running = 0;
    this.failures = 0;
    /** A worker was refused once: by the page's policy, or an old browser. */
    this.isRefused = false;
  }

  #compile() {
    const end = new AbortController();
    const begun = { end, waiting: 0, stands: false, module: fetch(address(`${this.name}.wasm`), { signal: end.signal }).then(async (answer) => {
      if (!answer.ok) throw new Error(`no ${answer.url} (HTTP ${answer.status})`);
      const isNamed = answer.headers.get('content-type') === 'application/wasm';
      const module = await (isNamed ? WebAssembly.compileStreaming(answer) : WebAssembly.compile(await answer.arrayBuffer()));
      begun.stands = true;
      return module;
    }) };
    return begun;
  }

  /** The module, compiled beside the page. What failed, or nobody waits for any more, is begun anew by the next one who asks. @param {Signal} signal */
  async module(signal) {
    const mine = this.compiling ??= this.#compile();
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
        if (this.compiling === mine) this.compiling = undefined;
      }
    }
  }

  /** A worker that runs; undefined where there can be none. @param {Signal} signal @returns {Promise<Worker | undefined>} */
  async hired(signal) {
    const url = address(this.worker);
    if (this.isRefused || url.origin !== location.origin) return undefined;
    try {
      const worker = new Worker(url, { type: 'module', name: this.title });
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
    } catch {
      // The page's policy may throw.
    }
    signal?.throwIfAborted();
    this.isRefused = true;
    return undefined;
  }

  /**
   * What a worker makes of a message; with the answer it ends, and with it goes all its memory.
   * @template Made
   * @param {Worker} worker @param {object} message @param {Transferable[]} given @param {Signal} signal
   * @param {(said: any) => unknown} heard what it says before; a promise that is rejected ends it
   * @returns {Promise<Made>}
   */
  async there(worker, message, given, signal, heard) {
    const end = new AbortController();
    try {
      return await new Promise((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason), { signal: end.signal });
        worker.onmessage = ({ data }) => {
          if (data.made) resolve(data.made);
          else if (data.error) reject(new Error(data.error));
          else Promise.resolve(heard(data)).catch(reject);
        };
        worker.onerror = (event) => reject(new Error(event.message || 'the worker ended'));
        worker.postMessage(message, given);
      });
    } finally {
      end.abort();
      worker.terminate();
    }
  }

  /**
   * What is made on the page.
   * @template Made
   * @param {WebAssembly.Module} module @param {(bound: any) => Promise<Made>} run
   */
  async here(module, run) {
    const isNew = !this.glue;
    // Browsers remember an import that failed by its address.
    this.glue ??= import(`${address(`${this.name}.js`)}${this.failures ? `?${this.failures}` : ''}`).then(async (bound) => {
      await bound.default({ module_or_path: module });
      return bound;
    }).catch((error) => {
      this.glue = undefined;
      this.failures += 1;
      throw error;
    });
    const bound = await this.glue;
    // Nobody else is in the last instance: its memory goes with it.
    if (!this.running && !isNew) bound.__wbg_reset_state();
    this.running += 1;
    try {
      return await run(bound);
    } catch (error) {
      // After a trap nothing of that instance may be called again.
      if (error instanceof WebAssembly.RuntimeError) this.glue = undefined;
      throw error;
    } finally {
      this.running -= 1;
    }
  }
}

/** Lets the page go on. @returns {Promise<unknown>} */
export function rest() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve(undefined);
    };
    port2.postMessage(0);
  });
}
