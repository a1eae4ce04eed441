/** @import { Shell } from './shell.js' */

/**
 * Files that a page has in its hands and shows: they have no address, so that a page whose policy allows neither `blob:` nor
 * `data:` can show them, too.
 */

/** How the address of a file begins that is asked for nowhere. */
const HELD = 'anprobe-file:';
/** The one file that each element shows. @type {WeakMap<object, { address: string, file: Blob }>} */
const held = new WeakMap();
let number = 0;

/** Its viewer gets the file from here. @param {Shell} shell */
export function hold({ element, host }) {
  if (!host) return;
  const { download } = host;
  host.download = async (request, url, base, signal) => {
    const known = held.get(element);
    if (known?.address !== url) return download.call(host, request, url, base, signal);
    return new Uint8Array(await known.file.arrayBuffer());
  };
}

/** What `<anprobe-viewer>` gets of it; `this` is the element. @extends {HTMLElement} */
export class InFiles {
  /** Shows a file that has no address: a GLB with all in itself. It takes the place of `src`. @param {Blob} file */
  showFile(file) {
    const address = `${HELD}${++number}`;
    held.set(this, { address, file });
    /** @type {HTMLElement} */ (/** @type {unknown} */ (this)).setAttribute('src', address);
  }
}
