/** @import { Host } from './host.js' */

/**
 * A customer's pictures and words on the product: where they go and how large is said in Rust, the browser draws them.
 * The pictures are kept here, by name; no byte of them leaves the page.
 */

/** @type {WeakMap<object, Map<string, Blob>>} */
const albums = new WeakMap();

/** @typedef {{ kind: 'text' | 'picture', content: string, placePx: number[], safeZonePx: number[], ink: string }} Layer */

/** Keeps a picture under the name of its contents. @param {object} element @param {Blob} picture */
export async function remember(element, picture) {
  const bytes = await picture.arrayBuffer();
  // Without a secure context there is no digest; then equal pictures have different names.
  const name = crypto.subtle
    ? [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))].slice(0, 12).map((byte) => byte.toString(16).padStart(2, '0')).join('')
    : String(crypto.getRandomValues(new Uint32Array(2)).join('-'));
  // Refused here, and not when it is drawn.
  (await createImageBitmap(new Blob([bytes], { type: picture.type }))).close();
  restore(element, new Map([[name, new Blob([bytes], { type: picture.type })]]));
  return name;
}

/** All pictures of an element, by name. @param {object} element @returns {Map<string, Blob>} */
export function pictures(element) {
  return albums.get(element) ?? new Map();
}

/** Takes pictures that were kept elsewhere, under their names. @param {object} element @param {Map<string, Blob>} known */
export function restore(element, known) {
  albums.set(element, new Map([...pictures(element), ...known]));
}

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
    for (const layer of layers) {
      context.save();
      context.beginPath();
      context.rect(layer.placePx[0], layer.placePx[1], layer.placePx[2], layer.placePx[3]);
      context.clip();
      if (layer.kind === 'text') write(context, layer);
      else await paint(context, layer, pictures(element).get(layer.content));
      context.restore();
    }
    const { data } = context.getImageData(0, 0, widthPx, heightPx, { colorSpace: 'srgb' });
    return [(raw) => raw.pixels(request, widthPx, heightPx, new Uint8Array(data.buffer))];
  });
}

/** Words in the middle, as large as the safe zone allows. @param {OffscreenCanvasRenderingContext2D} context @param {Layer} layer */
function write(context, { content, placePx: [x, y, width, height], safeZonePx: [sides, ends], ink }) {
  const size = 100;
  const font = (/** @type {number} */ pixels) => `600 ${pixels}px "Helvetica Neue", Helvetica, Arial, sans-serif`;
  context.font = font(size);
  const { width: wide, actualBoundingBoxAscent: above, actualBoundingBoxDescent: below } = context.measureText(content);
  const fitting = Math.min((width - 2 * sides) / Math.max(wide, 1), (height - 2 * ends) / Math.max(above + below, 1));
  const scale = Math.max(fitting, 0);
  context.font = font(size * scale);
  context.textAlign = 'center';
  context.fillStyle = ink;
  context.fillText(content, x + width / 2, y + height / 2 + ((above - below) / 2) * scale);
}

/** A picture that fills its place. @param {OffscreenCanvasRenderingContext2D} context @param {Layer} layer @param {Blob} [picture] */
async function paint(context, { placePx: [x, y, width, height] }, picture) {
  // A code from elsewhere may name a picture that is not on this device.
  if (!picture) return;
  const bitmap = await createImageBitmap(picture);
  const scale = Math.max(width / bitmap.width, height / bitmap.height);
  const [wide, high] = [bitmap.width * scale, bitmap.height * scale];
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, x + (width - wide) / 2, y + (height - high) / 2, wide, high);
  bitmap.close();
}
