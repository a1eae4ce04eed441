/** @import { Room } from './ar.js' */
/** @import { Stage } from './stage.js' */
/** @import { Host } from './host.js' */

/**
 * WebXR draws with WebGL2. A page on WebGPU has an instance of its own for the room: it takes the page's snapshot, leads
 * until the session ends, and gives it back. A page on WebGL2 draws with what it has.
 */

/** Modules of this name draw in rooms. */
const ABLE = 'webgl_product';
let tries = 0;

/** The stage for rooms, one for all elements of the page. @type {Promise<Stage> | undefined} */
let apart;

export class Handover {
  /** @param {Room} room */
  constructor(room) {
    this.room = room;
    /** Where the page's own pictures are made. @type {Stage | undefined} */
    this.page = undefined;
    /** The viewer that draws in the room. @type {Host | undefined} */
    this.host = undefined;
  }

  /** @param {Stage} stage */
  stands(stage) {
    if (stage !== this.own) this.page = stage;
  }

  /** The stage for rooms, while there is one. @type {Stage | undefined} */
  own = undefined;

  /** Fetches what a session needs, as soon as one is likely. @returns {Promise<Stage>} */
  async warm() {
    const { page } = this;
    if (!page) throw new Error('there is no viewer yet');
    if (page.name === ABLE) {
      // Some machines have a second graphics device for headsets, to which the context moves.
      await /** @type {any} */ (page.canvas?.getContext('webgl2'))?.makeXRCompatible?.();
      return page;
    }
    apart ??= made(page);
    try {
      return await apart;
    } catch (error) {
      // The next one who asks tries anew.
      apart = undefined;
      throw error;
    }
  }

  /** Lets the room's instance lead. @param {Stage} stage */
  lead(stage) {
    const { shell } = this.room;
    if (stage !== this.page) {
      this.own = stage;
      stage.fall = (code, error) => this.fell(stage, code, error);
      shell.host?.keep();
      shell.host?.close(true);
      shell.host = undefined;
      shell.appear(stage);
    }
    const host = this.host = shell.host;
    if (!host) throw new Error('the viewer for the room could not start');
    // The session's own frames show what changes.
    host.redraw = () => {};
    /** @type {any} */ (host).orderSession = (/** @type {string} */ order, /** @type {Float32Array} */ pose) => this.room.session?.order(order, pose);
    // A page may have asked for the product with a tap of its own.
    /** @type {any} */ (shell.element).dismissPoster();
    return host;
  }

  /** The page's own instance takes over again. */
  back() {
    const { room: { shell }, host } = this;
    this.host = undefined;
    if (!host) return;
    const { raw } = host;
    if (raw) host.call((raw) => raw.sessionEnded());
    delete (/** @type {any} */ (host).redraw);
    if (shell.host !== host) return;
    if (!this.own) return host.redraw();
    host.keep();
    host.close(true);
    shell.host = undefined;
    shell.loaded = false;
    shell.start();
  }

  /** The room's context or instance is gone: the session with it, and the page goes on. @param {Stage} stage @param {string} code @param {unknown} error */
  async fell(stage, code, error) {
    if (!stage.raw) return;
    const { shell, session } = this.room;
    if (code === 'GRAPHICS_LOST') this.host?.keep();
    stage.raw = undefined;
    apart = undefined;
    this.own = undefined;
    const { host } = this;
    this.host = undefined;
    host?.close(false);
    if (shell.host === host) shell.host = undefined;
    shell.loaded = false;
    shell.report(code, error, 'webglcontextlost');
    await session?.stop();
    this.room.ended('failed');
    shell.start();
  }
}

/** @param {Stage} page @returns {Promise<Stage>} */
async function made(page) {
  const Kind = /** @type {typeof Stage} */ (page.constructor);
  const beside = (/** @type {string} */ name) => new URL(`./anprobe_${name}`, import.meta.url);
  const module = fetch(beside(`${ABLE}.wasm`));
  module.catch(() => {});
  // Its own copy of the glue: another element of the page may have an instance of the same module.
  const glue = await import(String(beside(`${ABLE}.js?room${tries++ || ''}`)));
  await glue.default({ module_or_path: module });
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('webgl2', /** @type {any} */ ({ antialias: false, depth: false, stencil: false, xrCompatible: true }));
  if (!context) throw new Error('WebGL2 is not available');
  const stage = new Kind('webgl', ABLE, glue, page.product);
  await stage.open(canvas);
  return stage;
}
