/** @import { Host } from './host.js' */
import { ready, sized } from './product-fonts.js';
import { bitmapOf, picture } from './product-pictures.js';

/** A customer's pictures and words on the product: where they go and how large is said in Rust, the browser draws them. */

/**
 * @typedef {object} Layer
 * @property {'text' | 'picture' | 'outline'} kind
 * @property {string} content
 * @property {string} [font]
 * @property {number[]} clipPx
 * @property {number[]} centerPx
 * @property {number[]} boxPx
 * @property {boolean} covers
 * @property {number} turnDeg
 * @property {string} ink
 */

/** Words are measured at this size; as src/product/hint.rs has it. */
const MEASURED_AT = 100;

/**
 * Draws layers over one of the model's pictures and answers with its pixels.
 * @param {Host} host @param {object} element @param {number} request
 * @param {Uint8Array<ArrayBuffer> | undefined} bytes @param {string} mime
 * @param {string} url @param {string | undefined} base @param {string} order
 */
export function print(host, element, request, bytes, mime, url, base, order) {
  host.run(request, async (signal) => {
    /** @type {{ widthPx: number, heightPx: number, layers: Layer[] }} */
    const { widthPx, heightPx, layers } = JSON.parse(order);
    const beneath = bytes ?? await host.download(request, url, base, signal);
    if (!layers.length) return host.picture(request, beneath, mime);
    const canvas = new OffscreenCanvas(widthPx, heightPx);
    const context = canvas.getContext('2d', { colorSpace: 'srgb', willReadFrequently: true });
    if (!context) throw new Error('there is no canvas to draw on');
    const original = await createImageBitmap(new Blob([beneath], { type: mime }));
    context.drawImage(original, 0, 0, widthPx, heightPx);
    original.close();
    draw(context, layers, await prepared(element, layers));
    const { data } = context.getImageData(0, 0, widthPx, heightPx, { colorSpace: 'srgb' });
    return [(raw) => raw.pixels(request, widthPx, heightPx, new Uint8Array(data.buffer))];
  });
}

/**
 * Gets all that layers need: fonts, and pictures by name. A code from elsewhere may name one that is not on this device.
 * @param {object} element @param {Layer[]} layers @param {boolean} [whole] the pictures as they are kept, to be closed
 */
export async function prepared(element, layers, whole = false) {
  /** @type {Map<string, ImageBitmap>} */
  const bitmaps = new Map();
  await Promise.all(layers.map(async ({ kind, content, font = '' }) => {
    if (kind === 'text') return ready(font, content);
    const known = kind === 'picture' && !bitmaps.has(content) && picture(element, content);
    if (known) bitmaps.set(content, await bitmapOf(known, whole));
  }));
  return bitmaps;
}

/** How wide and high words are at a size of 100, and how far above their line. @param {Draws} context @param {string} text @param {string} font */
export function measured(context, text, font) {
  context.font = sized(font, MEASURED_AT);
  const { width, actualBoundingBoxLeft: left, actualBoundingBoxRight: right, actualBoundingBoxAscent: above, actualBoundingBoxDescent: below } = context.measureText(text);
  return { sides: [Math.max(width, left + right, 1), Math.max(above + below, 1)], above };
}

/** @typedef {CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D} Draws */

/** Draws what is prepared. @param {Draws} context @param {Layer[]} layers @param {Map<string, ImageBitmap>} bitmaps */
export function draw(context, layers, bitmaps) {
  context.imageSmoothingQuality = 'high';
  for (const layer of layers) {
    const { kind, content, clipPx: [left, top, width, height], centerPx: [x, y], turnDeg } = layer;
    context.save();
    context.beginPath();
    context.rect(left, top, width, height);
    context.clip();
    if (kind === 'outline') outline(context, layer);
    else {
      context.translate(x, y);
      context.rotate((turnDeg * Math.PI) / 180);
      const bitmap = bitmaps.get(content);
      if (kind === 'text') write(context, layer);
      else if (bitmap) {
        const scale = fitting(layer, [bitmap.width, bitmap.height]);
        const [wide, high] = [bitmap.width * scale, bitmap.height * scale];
        context.drawImage(bitmap, -wide / 2, -high / 2, wide, high);
      }
    }
    context.restore();
  }
}

/** How much larger the content gets. @param {Layer} layer @param {number[]} sides */
function fitting({ boxPx, covers }, sides) {
  const ratios = boxPx.map((side, at) => side / sides[at]);
  return covers ? Math.max(...ratios) : Math.min(...ratios);
}

/** @param {Draws} context @param {Layer} layer */
function write(context, layer) {
  const { content, font = '', ink } = layer;
  const { sides, above } = measured(context, content, font);
  const scale = fitting(layer, sides);
  if (!(scale > 0)) return;
  context.font = sized(font, MEASURED_AT * scale);
  context.textAlign = 'center';
  context.fillStyle = ink;
  context.fillText(content, 0, (above - sides[1] / 2) * scale);
}

/** The edge and the safe zone, dark on light and light on dark. @param {Draws} context @param {Layer} layer */
function outline(context, { clipPx: [left, top, width, height], centerPx: [x, y], boxPx: [wide, high] }) {
  const line = Math.max(width, height) / 240;
  for (const [style, offset] of /** @type {[string, number][]} */ ([['#000', 0], ['#fff', 1]])) {
    context.strokeStyle = style;
    context.lineWidth = line;
    const inset = line * (0.5 + offset);
    context.setLineDash([]);
    context.strokeRect(left + inset, top + inset, width - 2 * inset, height - 2 * inset);
    context.setLineDash([line * 4, line * 4]);
    context.lineDashOffset = offset * line * 4;
    context.strokeRect(x - wide / 2, y - high / 2, wide, high);
  }
}
