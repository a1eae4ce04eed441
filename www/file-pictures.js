/** Pictures of files that are made of the product: fetched, drawn with what of the customer's is on them. */

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
 * A picture of a model, drawn with what of the customer's is on it.
 * @param {Source} source @param {BlobPart} original encoded @param {string | null} print what is on it, JSON
 * @param {number} longest the longest side, pixels
 */
export async function painted({ element, draw, prepared }, original, print, longest) {
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
  draw(context, seen, await prepared(element, seen));
  return { canvas, context, width, height };
}

/**
 * @param {HTMLElement} element @param {string} uri @param {string | null} base @param {AbortSignal} [signal]
 */
export async function download(element, uri, base, signal) {
  const page = document.baseURI;
  const credentials = element.hasAttribute('with-credentials') ? 'include' : 'same-origin';
  const response = await fetch(new URL(uri, base ? new URL(base, page) : page), { credentials, signal });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
