/**
 * Files and addresses for a phone's own viewer: iOS Quick Look and Android's Scene Viewer. Fetched when one is wanted; what
 * goes into a file is decided in Rust, here the browser decodes and encodes pictures.
 */

/**
 * What a file is made from. `call` reaches the viewer in Rust and gives undefined while there is none; `draw` and `prepared`
 * are those of product-print.js, of the module that keeps the customer's pictures.
 * @typedef {object} Source
 * @property {HTMLElement} element
 * @property {<T>(act: (raw: any) => T) => T | undefined} call
 * @property {typeof import('./product-print.js').draw} draw
 * @property {typeof import('./product-print.js').prepared} prepared
 */

/**
 * @typedef {object} UsdzOptions
 * @property {'floor' | 'table' | 'wall' | 'any'} [placement] `floor` without it
 * @property {number} [maxTextureSize] the longest side of a texture, pixels; 2048 without it
 */

/** `[uri, base, print, longest side, scale, bias]`, as `filePicture` has it. @typedef {[string | null, string | null, string | null, number, number[], number[]]} Wanted */

/** The type of what {@link quickLook} gives. */
export const USDZ = 'model/vnd.usdz+zip';

/** JPEG's loss cannot be seen in the room. */
const QUALITY = 0.92;

/** One file at a time: Rust keeps one plan. @type {Promise<unknown>} */
let turn = Promise.resolve();

/**
 * A USDZ of the product as it is shown. An element does the same as `toUsdz()`.
 * @param {Source} source @param {UsdzOptions} [options] @returns {Promise<Blob>}
 */
export function quickLook(source, options) {
  const made = turn.then(() => make(source, options));
  turn = made.catch(() => {});
  return made;
}

/** @param {Source} source @param {UsdzOptions} [options] */
async function make(source, { placement = 'floor', maxTextureSize = 2048 } = {}) {
  const count = source.call((raw) => /** @type {number | undefined} */ (raw.planUsdz(placement, maxTextureSize)));
  for (let at = 0; at < (count ?? 0); at += 1) {
    const wanted = source.call((raw) => /** @type {string | undefined} */ (raw.filePicture(at)));
    if (!wanted) continue;
    try {
      const bytes = await picture(source, at, JSON.parse(wanted));
      source.call((raw) => raw.giveFile(at, bytes));
    } catch (error) {
      // Rust says which picture the file lacks; this is why.
      console.warn(error);
    }
  }
  const bytes = source.call((raw) => /** @type {Uint8Array<ArrayBuffer> | undefined} */ (raw.writeFile()));
  if (!bytes) throw new DOMException('there is nothing to show yet', 'InvalidStateError');
  return new Blob([bytes], { type: USDZ });
}

/** A picture of the file, encoded. @param {Source} source @param {number} at @param {Wanted} wanted @returns {Promise<Uint8Array>} */
async function picture(source, at, [uri, base, print, longest, scale, bias]) {
  const own = source.call((raw) => /** @type {Uint8Array<ArrayBuffer> | undefined} */ (raw.fileSource(at)));
  const original = own ?? await download(source.element, uri ?? '', base);
  const type = source.call((raw) => /** @type {string} */ (raw.fileType(at, original)));
  if (!type) return original;
  const bitmap = await createImageBitmap(new Blob([original]), { premultiplyAlpha: 'none', colorSpaceConversion: 'none' });
  /** @type {{ widthPx: number, heightPx: number, layers: import('./product-print.js').Layer[] }} */
  const { widthPx, heightPx, layers } = print ? JSON.parse(print) : { widthPx: bitmap.width, heightPx: bitmap.height, layers: [] };
  const shrink = Math.min(1, longest / Math.max(widthPx, heightPx));
  const [width, height] = [widthPx, heightPx].map((side) => Math.max(1, Math.round(side * shrink)));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { colorSpace: 'srgb', willReadFrequently: true });
  if (!context) throw new Error('there is no canvas to draw on');
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  // Lines that help with placing are not on the product.
  const seen = layers.filter(({ kind }) => kind !== 'outline');
  context.scale(width / widthPx, height / heightPx);
  source.draw(context, seen, await source.prepared(source.element, seen));
  change(context, width, height, scale, bias);
  const encoded = await canvas.convertToBlob({ type, quality: QUALITY });
  return new Uint8Array(await encoded.arrayBuffer());
}

/** @param {OffscreenCanvasRenderingContext2D} context @param {number} width @param {number} height @param {number[]} scale @param {number[]} bias */
function change(context, width, height, scale, bias) {
  if (scale.every((factor) => factor === 1) && bias.every((more) => more === 0)) return;
  const image = context.getImageData(0, 0, width, height, { colorSpace: 'srgb' });
  const tables = scale.map((factor, channel) => Uint8ClampedArray.from({ length: 256 }, (_, value) => value * factor + 255 * bias[channel]));
  image.data.forEach((value, at, data) => { data[at] = tables[at % 4][value]; });
  context.putImageData(image, 0, 0);
}

/** @param {HTMLElement} element @param {string} uri @param {string | null} base */
async function download(element, uri, base) {
  const page = document.baseURI;
  const credentials = element.hasAttribute('with-credentials') ? 'include' : 'same-origin';
  const response = await fetch(new URL(uri, base ? new URL(base, page) : page), { credentials });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/**
 * What comes behind the address of a file for Quick Look, `#` included; what is not of Apple's form is left out and said.
 * @param {Source} source
 * @param {Record<string, string>} parameters by Apple's names: `allowsContentScaling`, `canonicalWebPageURL`, `callToAction`,
 *   `checkoutTitle`, `checkoutSubtitle`, `price`, `custom`, `customHeight`, `applePayButtonType`
 */
export function quickLookFragment({ call }, parameters) {
  return call((raw) => /** @type {string} */ (raw.quickLookFragment(Object.keys(parameters), Object.values(parameters)))) ?? '';
}

/**
 * The address that opens Scene Viewer; undefined, and said why, when the file has no `https:` address.
 * @param {Source} source
 * @param {{ template: string, code?: string, title?: string, link?: string, sound?: string, fallback?: string, only?: boolean,
 *   resizable?: boolean, vertical?: boolean }} wanted `template`: the hosted file, with `{code}` where its configuration's code goes
 */
export function sceneViewerUrl({ call }, { template, code = '', title = '', link = '', sound = '', fallback = '', ...flags }) {
  const { only = false, resizable = true, vertical = false } = flags;
  const set = Object.entries({ only, resizable, vertical }).filter(([, is]) => is).map(([name]) => name).join(' ');
  return call((raw) => {
    const relative = /** @type {string} */ (raw.sceneViewerFile(template, code));
    const file = String(new URL(relative, document.baseURI));
    return /** @type {string | undefined} */ (raw.sceneViewerUrl(file, title, link, sound, fallback, set));
  });
}
