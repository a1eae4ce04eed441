/** @import { Host } from './host.js' */

/** @typedef {'webgpu' | 'webgl'} Backend */

/** So many falls within a minute, and the page is left in peace. */
const MOST_FALLS = 4;
const WINDOW_MS = 60_000;

/** By the module's name: the backend's, or with `_product`. @type {Map<string, Promise<Stage>>} */
const stages = new Map();
/** When each backend fell. @type {Record<Backend, number[]>} */
const falls = { webgpu: [], webgl: [] };
/** wasm-bindgen's modules that have run, with what belongs to them, and imports that failed: browsers remember a failure by its address. @type {Map<string, [any, any?]>} */
const glues = new Map();
let failures = 0;
/** @type {Promise<string> | undefined} */
let shaders;
/** @type {Promise<boolean> | undefined} */
let hasAdapter;

/** What no browser of this page can do. */
export class NoGraphics extends Error {}

/**
 * The one stage of this page for a backend; starts it when it is wanted for the first time.
 * @param {string} wish `auto`, `webgpu` or `webgl`
 * @param {unknown} product whether it must know products; one that does serves all
 */
export async function stageFor(wish, product) {
  const backend = await choose(wish);
  const able = `${backend}_product`;
  const name = product || stages.has(able) ? able : backend;
  let stage = stages.get(name);
  if (!stage) {
    stage = Stage.start(backend, name);
    stages.set(name, stage);
    // The next one who asks tries anew.
    stage.catch(() => stages.delete(name));
  }
  try {
    return await stage;
  } catch (error) {
    if (wish === 'auto' && backend === 'webgpu' && error instanceof NoGraphics) return stageFor('webgl', product);
    throw error;
  }
}

/**
 * Decides before any canvas has a context: one that was WebGPU's never becomes WebGL's.
 * @param {string} wish
 * @returns {Promise<Backend>}
 */
async function choose(wish) {
  if (wish === 'webgl') return 'webgl';
  const gpu = navigator.gpu;
  hasAdapter ??= gpu ? gpu.requestAdapter().then(Boolean, () => false) : Promise.resolve(false);
  if (await hasAdapter) return 'webgpu';
  if (wish === 'webgpu') throw new NoGraphics('WebGPU is not available');
  return 'webgl';
}

/** One Wasm instance with one graphics device, for all elements of the page. */
export class Stage {
  /**
   * @param {Backend} backend
   * @param {string} name
   * @param {any} glue wasm-bindgen's module
   * @param {any} [product] what elements with products can do beside showing
   */
  constructor(backend, name, glue, product) {
    this.backend = backend;
    this.name = name;
    this.glue = glue;
    this.product = product;
    /** On WebGL2 the canvas that owns the device; never on the page. @type {HTMLCanvasElement | undefined} */
    this.canvas = undefined;
    /** The counterpart in Rust; undefined while there is none. @type {any} */
    this.raw = undefined;
    /** @type {Set<Host>} */
    this.hosts = new Set();
    /** @type {Set<Host>} */
    this.dirty = new Set();
    this.framing = 0;
    this.generation = 0;
  }

  /** @param {Backend} backend @param {string} name */
  static async start(backend, name) {
    // Before a megabyte is fetched in vain.
    const canvas = owner(backend);
    // An instance that fell may still be there.
    glues.get(name)?.[0].__wbg_reset_state();
    const parts = glues.get(name) ?? await fetched(name, name === backend ? [name] : [name, 'product']);
    glues.set(name, parts);
    const stage = new Stage(backend, name, ...parts);
    const lost = canvas?.getContext('webgl2')?.isContextLost();
    await stage.open(lost ? owner(backend) : canvas);
    return stage;
  }

  /** Finds a device and watches it. @param {HTMLCanvasElement | undefined} canvas */
  async open(canvas) {
    const generation = ++this.generation;
    /** @param {string} message */
    const lost = (message) => {
      if (generation === this.generation) this.fall('GRAPHICS_LOST', new Error(message));
    };
    this.canvas = canvas;
    canvas?.addEventListener('webglcontextlost', (event) => {
      lost(/** @type {WebGLContextEvent} */ (event).statusMessage || 'the WebGL context was lost');
    });
    let raw;
    try {
      raw = await this.glue.Stage.create(this.canvas);
    } catch (error) {
      throw new NoGraphics(String(error));
    }
    this.raw = raw;
    this.longest = raw.maxTexturePx();
    raw.device()?.lost?.then((/** @type {{ message: string }} */ info) => lost(info.message || 'the device was lost'));
  }

  /** Fetches, once a page, the shaders that no first picture needs. */
  async equip() {
    const address = beside('shaders.txt');
    try {
      shaders ??= fetch(address).then((answer) => {
        if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
        return answer.text();
      });
      this.raw?.addShaders(await shaders);
    } catch (error) {
      // The next one who asks tries anew.
      shaders = undefined;
      throw new Error(`no ${address} (${error})`);
    }
  }

  /** @param {Host} host */
  redraw(host) {
    this.dirty.add(host);
    if (!this.framing) this.framing = requestAnimationFrame((now) => this.frames(now));
  }

  /** @param {number} now */
  frames(now) {
    this.framing = 0;
    const due = [...this.dirty];
    this.dirty.clear();
    for (const host of due) host.frame(now);
  }

  /** @param {Host} host */
  leave(host) {
    this.hosts.delete(host);
    this.dirty.delete(host);
  }

  /**
   * The instance or its device is gone: everyone gets off, and on again when there is a new one.
   * @param {string} code
   * @param {unknown} error
   * @param {Host} [culprit] in whose call it happened
   */
  async fall(code, error, culprit) {
    if (!this.raw) return;
    if (code === 'GRAPHICS_LOST') for (const host of this.hosts) host.keep();
    this.raw = undefined;
    this.generation += 1;
    const shells = [...this.hosts].map((host) => host.shell);
    const guilty = culprit?.shell;
    for (const host of this.hosts) host.close(false);
    this.hosts.clear();
    this.dirty.clear();
    const now = performance.now();
    const recent = falls[this.backend] = [...falls[this.backend].filter((then) => now - then < WINDOW_MS), now];
    const again = recent.length <= MOST_FALLS ? this.rise() : Promise.reject(new Error('the graphics keep failing'));
    stages.set(this.name, again);
    again.catch(() => {
      stages.delete(this.name);
      hasAdapter = undefined;
    });
    for (const shell of shells) shell.interrupted(code, error, shell === guilty, again);
  }

  /** A new instance from the same module. Frees all memory of the old one. */
  async rise() {
    // Calls into the old instance may still be on the stack.
    await new Promise((resolve) => setTimeout(resolve));
    if (document.hidden) {
      await new Promise((resolve) => document.addEventListener('visibilitychange', resolve, { once: true }));
    }
    this.canvas?.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext();
    this.glue.__wbg_reset_state();
    await this.open(owner(this.backend));
    return this;
  }
}

/** A module's glue, running, and what belongs to it. @param {string} name @param {string[]} parts @returns {Promise<[any, any?]>} */
async function fetched(name, parts) {
  // All at once; the glue is small and needs the module at once.
  const module = fetch(beside(`${name}.wasm`));
  module.catch(() => {});
  try {
    const fetched = /** @type {[any, any?]} */ (await Promise.all(parts.map((part) => import(String(beside(`${part}.js${failures ? `?${failures}` : ''}`))))));
    await fetched[0].default({ module_or_path: module });
    return fetched;
  } catch (error) {
    failures += 1;
    throw error;
  }
}

/** The address of one of the element's own files. @param {string} name */
function beside(name) {
  return new URL(`./anprobe_${name}`, import.meta.url);
}

/** On WebGL2 a canvas for the device. @param {Backend} backend */
function owner(backend) {
  if (backend === 'webgpu') return undefined;
  const canvas = document.createElement('canvas');
  if (canvas.getContext('webgl2', { antialias: false, depth: false, stencil: false })) return canvas;
  throw new NoGraphics('neither WebGPU nor WebGL2 is available');
}
