/** @import { AnprobePanel } from './panel.js' */
/** @import { Design, Entry } from './kept.js' */
import { freshId } from './kept.js';

/** How large the small picture of a design is, in pixels: twice that on screen. */
const SMALL = { width: 192, height: 144 };

/** The address by which designs of a product are found again. @param {AnprobePanel} panel */
export function productOf({ viewer }) {
  return viewer.product ? new URL(viewer.product, document.baseURI).href : '';
}

/**
 * What a viewer shows, ready to be kept.
 * @param {AnprobePanel} panel @param {Design['kind']} kind @param {string} name @returns {Promise<Entry>}
 */
export async function captured(panel, kind, name) {
  const { viewer } = panel;
  const { code, owned = '' } = viewer.configuration ?? { code: '' };
  const pictures = viewer.pictures();
  /** @type {Design} */
  const design = {
    id: freshId(), kind, name, product: productOf(panel), productName: viewer.sheet?.name ?? '', code, owned, savedMs: Date.now(), pictures: [...pictures.keys()],
  };
  try {
    // A browser that writes no WebP writes PNG.
    design.picture = await viewer.toBlob({ mimeType: 'image/webp', qualityArgument: 0.85, ...SMALL });
  } catch {
    // Kept without one: the product does not stand yet.
  }
  return { design, pictures };
}

/** Hands a file over to the browser's downloads. @param {Blob} file @param {string} name */
export function download(file, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // Some browsers begin to read it later.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** A name for a file. @param {string[]} parts @param {string} ending */
export function fileName(parts, ending) {
  const name = parts.join('-').normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '').slice(0, 80);
  return `${name || 'anprobe'}.${ending}`;
}

/** Draws a picture onto a canvas; pages that allow no `blob:` pictures show it so. @param {HTMLCanvasElement} canvas @param {Blob} picture */
export async function draw(canvas, picture) {
  try {
    const bitmap = await createImageBitmap(picture);
    const ratio = Math.max(canvas.width / bitmap.width, canvas.height / bitmap.height);
    const [wide, high] = [bitmap.width * ratio, bitmap.height * ratio];
    canvas.getContext('2d')?.drawImage(bitmap, (canvas.width - wide) / 2, (canvas.height - high) / 2, wide, high);
    bitmap.close();
  } catch {
    // The place stays empty.
  }
}
