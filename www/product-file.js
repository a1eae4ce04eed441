/** @import { Layer } from './product-print.js' */
import { draw, prepared } from './product-print.js';

/** A surface as a file to print from: the customer's own pictures, at its size. */

/** @typedef {{ name: string, widthPx: number, heightPx: number, dpi: number, layers: Layer[] }} Printed */

/** @param {object} element @param {Printed} printed */
export async function printFile(element, { name, widthPx, heightPx, dpi, layers }) {
  const canvas = new OffscreenCanvas(widthPx, heightPx);
  const context = canvas.getContext('2d', { colorSpace: 'srgb' });
  if (!context) throw new Error('there is no canvas to draw on');
  const bitmaps = await prepared(element, layers, true);
  draw(context, layers, bitmaps);
  for (const bitmap of bitmaps.values()) bitmap.close();
  const png = await canvas.convertToBlob({ type: 'image/png' });
  const bytes = withSize(new Uint8Array(await png.arrayBuffer()), Math.round(dpi / 0.0254));
  return new File([bytes], name, { type: 'image/png' });
}

/** Signature, and the first chunk, which is the header: 4 bytes length, 4 name, 13 content, 4 check. */
const HEAD = 8 + 25;

/**
 * A PNG that says how large it is to be printed (pHYs, PNG 3rd edition §11.3.4.3).
 * @param {Uint8Array<ArrayBuffer>} png @param {number} perMetre pixels
 */
export function withSize(png, perMetre) {
  const chunk = new DataView(new ArrayBuffer(4 + 4 + 9 + 4));
  chunk.setUint32(0, 9);
  [...'pHYs'].forEach((letter, at) => chunk.setUint8(4 + at, letter.charCodeAt(0)));
  chunk.setUint32(8, perMetre);
  chunk.setUint32(12, perMetre);
  chunk.setUint8(16, 1);
  chunk.setUint32(17, check(new Uint8Array(chunk.buffer, 4, 13)));
  const bytes = new Uint8Array(png.length + chunk.byteLength);
  bytes.set(png.subarray(0, HEAD));
  bytes.set(new Uint8Array(chunk.buffer), HEAD);
  bytes.set(png.subarray(HEAD), HEAD + chunk.byteLength);
  return bytes;
}

/** CRC-32 of ISO 3309. @param {Uint8Array} bytes */
function check(bytes) {
  let rest = 0xffffffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit += 1) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
  }
  return (rest ^ 0xffffffff) >>> 0;
}
