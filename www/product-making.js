/** @import { Shell } from './shell.js' */
/** @import { Stage } from './stage.js' */
import { draw, prepared } from './product-print.js';

/** Files of the product: what makes them is fetched when one is wanted. */

/** @type {WeakMap<object, Shell>} */
const shells = new WeakMap();

/** Elements whose canvas keeps its picture: on WebGL2 it is a copy. @type {WeakSet<object>} */
const copies = new WeakSet();

/** An element's present shell. @param {Shell} shell @param {Stage} stage */
export function supply(shell, stage) {
  shells.set(shell.element, shell);
  copies[stage.backend === 'webgl' ? 'add' : 'delete'](shell.element);
}

/** What a file is made from. @param {object} element */
function source(element) {
  return {
    element: /** @type {HTMLElement} */ (element),
    /** @type {<T>(act: (raw: any) => T) => T | undefined} */
    call: (act) => shells.get(element)?.call(act),
    draw, prepared,
    /** What is shown, where that can be copied: drawing it anew costs slow graphics more. */
    canvas: () => (copies.has(element) ? shells.get(element)?.host?.canvas : undefined),
    say: (/** @type {string} */ key) => shells.get(element)?.word(key) ?? '',
    language: () => shells.get(element)?.language() || 'en',
  };
}

/** @returns {Promise<typeof import('./ar-files.js')>} */
function files() {
  return import(String(new URL('./anprobe_files.js', import.meta.url)));
}

/** @returns {Promise<typeof import('./print.js')>} */
function printing() {
  return import(String(new URL('./anprobe_print.js', import.meta.url)));
}

/** The members that `<anprobe-viewer>` gets; `this` is the element. */
export class InMaking {
  /**
   * A USDZ of the product as it is shown, for iOS Quick Look: configured, with its prints, in true size.
   * @param {import('./ar-files.js').UsdzOptions} [options]
   * @returns {Promise<Blob>} `InvalidStateError` while nothing is shown
   */
  async toUsdz(options) {
    return (await files()).quickLook(source(this), options);
  }

  /** model-viewer's: the address of such a file, which the page revokes when it is done with it. */
  async prepareUSDZ() {
    return URL.createObjectURL(await this.toUsdz());
  }

  /**
   * A GLB of the product as it is configured.
   * @param {{ maxTextureSize?: number, animations?: boolean }} [options]
   */
  async exportScene(options) {
    return (await files()).glb(source(this), options);
  }

  /** What of this configuration can be printed. */
  printable() {
    return JSON.parse(source(this).call((raw) => raw.printParts()) ?? '[]');
  }

  /** What of it prints, and how. @param {import('./anprobe.js').PrintRequest} [request] */
  async printReport(request) {
    return (await printing()).report(source(this), request);
  }

  /** A part on a printer's bed, to be looked at. @param {import('./anprobe.js').PrintRequest} [request] */
  async seePrint(request) {
    return (await printing()).seen(source(this), request);
  }

  /** A file for a printer. @param {Parameters<typeof import('./print.js').file>[1]} request */
  async exportPrint(request) {
    return (await printing()).file(source(this), request);
  }
}
