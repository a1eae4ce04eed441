/**
 * A customer's pictures, by the names of their contents. Where and when they were taken, and with what, is gone before they
 * are kept; no byte of them leaves the page.
 */

/** Larger ones are made smaller: so much can every phone draw. */
const MOST_PX = 16_000_000;
const MOST_SIDE = 8192;
/** A picture for a texture is no larger. */
const SKETCH_SIDE = 2048;

/** One picture; of one that is just taken back, width and height are 0 until they are known. @typedef {{ name: string, blob: Blob, width: number, height: number, sketch?: Promise<ImageBitmap> }} Kept */

/** @type {WeakMap<object, Map<string, Kept>>} */
const kept = new WeakMap();

/** @param {object} element */
function shelf(element) {
  /** @type {Map<string, Kept>} */
  const known = kept.get(element) ?? new Map();
  kept.set(element, known);
  return known;
}

/** All that is kept. @param {object} element @returns {Map<string, Blob>} */
export function pictures(element) {
  return new Map([...shelf(element)].map(([name, { blob }]) => [name, blob]));
}

/** One picture. @param {object} element @param {string} name */
export function picture(element, name) {
  return shelf(element).get(name);
}

/**
 * Keeps a picture and gives its name. One that came from here comes back under the same name.
 * @param {object} element @param {Blob} original
 */
export async function remember(element, original) {
  // Upright as its camera meant it. What is no picture is refused here, and not when it is drawn.
  const bitmap = await createImageBitmap(original);
  try {
    const scale = Math.min(1, MOST_SIDE / Math.max(bitmap.width, bitmap.height), Math.sqrt(MOST_PX / (bitmap.width * bitmap.height)));
    let bytes = new Uint8Array(await original.arrayBuffer());
    let type = scale === 1 ? bare(bytes) : '';
    let [width, height] = [bitmap.width, bitmap.height];
    if (!type) {
      [width, height] = [width, height].map((side) => Math.max(1, Math.floor(side * scale)));
      const again = await drawn(bitmap, width, height, original.type);
      type = again.type;
      bytes = new Uint8Array(await again.arrayBuffer());
    }
    const name = await named(bytes);
    const known = shelf(element);
    if (!known.get(name)?.width) known.set(name, { name, blob: new Blob([bytes], { type }), width, height });
    return name;
  } finally {
    bitmap.close();
  }
}

/** Takes pictures that were kept elsewhere, under their names. @param {object} element @param {Map<string, Blob>} known */
export async function restore(element, known) {
  const shelved = shelf(element);
  const fresh = [...known].filter(([name]) => !shelved.has(name));
  // At once: what needs them is opened next.
  for (const [name, blob] of fresh) shelved.set(name, { name, blob, width: 0, height: 0 });
  await Promise.all(fresh.map(async ([name, blob]) => {
    // Who wrote the file may not have cleaned it. Without a secure context names are chance.
    const own = await remember(element, blob).catch(() => '');
    const found = shelved.get(own);
    if (found) shelved.set(name, { ...found, name });
    else shelved.delete(name);
  }));
}

/** A name by contents. @param {Uint8Array<ArrayBuffer>} bytes */
async function named(bytes) {
  // Without a secure context there is no digest; then equal pictures have different names.
  if (!crypto.subtle) return String(crypto.getRandomValues(new Uint32Array(2)).join('-'));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].slice(0, 12).map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The picture as pixels alone. @param {ImageBitmap} bitmap @param {number} width @param {number} height @param {string} type */
async function drawn(bitmap, width, height, type) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('there is no canvas to draw on');
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  const photograph = type === 'image/jpeg' || (width * height > 1_000_000 && isOpaque(bitmap));
  return canvas.convertToBlob(photograph ? { type: 'image/jpeg', quality: 0.95 } : { type: 'image/png' });
}

/** Whether nothing shines through, as far as a small copy shows. @param {ImageBitmap} bitmap */
function isOpaque(bitmap) {
  const side = 64;
  const context = new OffscreenCanvas(side, side).getContext('2d', { willReadFrequently: true });
  if (!context) return false;
  context.drawImage(bitmap, 0, 0, side, side);
  return context.getImageData(0, 0, side, side).data.every((value, at) => at % 4 < 3 || value === 255);
}

/**
 * The type of a picture's bytes when they hold pixels and colours and nothing else; empty when they may hold more.
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
export function bare(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length > 8 && view.getUint32(0) === 0x89504e47) return isBarePng(view) ? 'image/png' : '';
  if (bytes.length > 4 && view.getUint16(0) === 0xffd8) return isBareJpeg(view) ? 'image/jpeg' : '';
  return '';
}

const PNG_PARTS = ['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'sBIT', 'bKGD', 'pHYs'];
const PROFILE = 'ICC_PROFILE';

/** @param {DataView} view */
function isBarePng(view) {
  let at = 8;
  while (at + 12 <= view.byteLength) {
    const name = String.fromCharCode(...[4, 5, 6, 7].map((place) => view.getUint8(at + place)));
    if (!PNG_PARTS.includes(name)) return false;
    at += 12 + view.getUint32(at);
    if (name === 'IEND') return at === view.byteLength;
  }
  return false;
}

/** Quantization, Huffman and arithmetic tables, restart intervals, frames, JFIF and Adobe's word on colours. @param {number} marker */
function isDrawing(marker) {
  return (marker >= 0xc0 && marker <= 0xcf) || [0xdb, 0xdd, 0xe0, 0xee].includes(marker);
}

/** What its colours mean; browsers write it, too. @param {DataView} view @param {number} at */
function isProfile(view, at) {
  return at + PROFILE.length <= view.byteLength && [...PROFILE].every((letter, place) => view.getUint8(at + place) === letter.charCodeAt(0));
}

/** @param {DataView} view */
function isBareJpeg(view) {
  let at = 2;
  while (at + 4 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) return false;
    const marker = view.getUint8(at + 1);
    if (marker === 0xda) break;
    if (!isDrawing(marker) && !(marker === 0xe2 && isProfile(view, at + 4))) return false;
    at += 2 + view.getUint16(at + 2);
  }
  // What begins here ends with the first end of a picture: cameras hang films behind it.
  while (at + 2 <= view.byteLength) {
    if (view.getUint8(at) === 0xff) {
      const marker = view.getUint8(at + 1);
      if (marker === 0xd9) return at + 2 === view.byteLength;
      // More tables and scans may come, but nothing that says anything.
      if (marker === 0xfe || (marker >= 0xe0 && marker <= 0xef)) return false;
    }
    at += 1;
  }
  return false;
}

/**
 * A picture to draw: small enough for a texture, or whole, which is to be closed.
 * @param {Kept} known @param {boolean} whole
 */
export function bitmapOf(known, whole) {
  if (whole) return createImageBitmap(known.blob);
  known.sketch ??= sketched(known);
  known.sketch.catch(() => { known.sketch = undefined; });
  return known.sketch;
}

/** @param {Kept} known */
function sketched({ blob, width, height }) {
  const scale = width ? SKETCH_SIDE / Math.max(width, height) : 1;
  if (scale >= 1) return createImageBitmap(blob);
  const [resizeWidth, resizeHeight] = [width, height].map((side) => Math.max(1, Math.round(side * scale)));
  return createImageBitmap(blob, { resizeWidth, resizeHeight, resizeQuality: 'high' });
}
