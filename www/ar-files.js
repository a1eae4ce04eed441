/**
 * Files and addresses for a phone's own viewer: iOS Quick Look and Android's Scene Viewer. Fetched when one is wanted; what
 * goes into a file is decided in Rust, here the browser decodes and encodes pictures.
 */

/** @import { Source } from './file-pictures.js' */
import { download, painted } from './file-pictures.js';

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

/** The type of what {@link glb} gives. */
export const GLB = 'model/gltf-binary';

/** A texture of a GLB is no larger unless more is asked for, pixels. */
const TEXTURE_PX = 2048;

/** One file at a time: Rust keeps one plan. @type {Promise<unknown>} */
let turn = Promise.resolve();

/**
 * A USDZ of the product as it is shown. An element does the same as `toUsdz()`.
 * @param {Source} source @param {UsdzOptions} [options] @returns {Promise<Blob>}
 */
export function quickLook(source, { placement = 'floor', maxTextureSize = TEXTURE_PX } = {}) {
  return made(source, USDZ, (raw) => raw.planUsdz(placement, maxTextureSize));
}

/**
 * A GLB of the product as it is configured. An element does the same as `exportScene()`.
 * @param {Source} source @param {{ maxTextureSize?: number, animations?: boolean }} [options] @returns {Promise<Blob>}
 */
export function glb(source, { maxTextureSize = TEXTURE_PX, animations = false } = {}) {
  return made(source, GLB, (raw) => raw.planGlb(pixels(maxTextureSize), animations));
}

/**
 * A GLB of some parts that can be printed, as they are configured.
 * @param {Source} source @param {string[]} ids @param {ArrayLike<number>} place of the product's space in the file's, by columns
 * @param {boolean} [quick] made at once instead of small @returns {Promise<Blob>}
 */
export function glbOfParts(source, ids, place, quick = false) {
  return made(source, GLB, (raw) => raw.planPrintGlb(ids, Float32Array.from(place), TEXTURE_PX, quick));
}

/** Rust takes whole pixels; a page may say `Infinity`. @param {number} size */
function pixels(size) {
  return Math.min(Math.max(1, Math.round(Number(size) || TEXTURE_PX)), 16_384);
}

/** @param {Source} source @param {string} type @param {(raw: any) => number | undefined} plan @returns {Promise<Blob>} */
function made(source, type, plan) {
  const file = turn.then(() => make(source, type, plan));
  turn = file.catch(() => {});
  return file;
}

/** @param {Source} source @param {string} type @param {(raw: any) => number | undefined} plan */
async function make(source, type, plan) {
  const count = source.call(plan);
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
  // The page has its turn between the two halves.
  await new Promise((resolve) => setTimeout(resolve));
  const bytes = source.call((raw) => /** @type {Uint8Array<ArrayBuffer> | undefined} */ (raw.writeFile()));
  if (!bytes) throw new DOMException('there is nothing to show yet', 'InvalidStateError');
  return new Blob([bytes], { type });
}

/** A picture of the file, encoded. @param {Source} source @param {number} at @param {Wanted} wanted @returns {Promise<Uint8Array>} */
async function picture(source, at, [uri, base, print, longest, scale, bias]) {
  const own = source.call((raw) => /** @type {Uint8Array<ArrayBuffer> | undefined} */ (raw.fileSource(at)));
  const original = own ?? await download(source.element, uri ?? '', base);
  const type = source.call((raw) => /** @type {string} */ (raw.fileType(at, original)));
  if (!type) return original;
  const { canvas, context, width, height } = await painted(source, original, print, longest);
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
