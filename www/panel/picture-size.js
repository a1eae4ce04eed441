/**
 * How many pixels a picture has, from its first bytes: a small file may claim more than a device can hold, which is to
 * be known before it is decoded.
 * @param {Uint8Array} bytes of a PNG, JPEG or WebP @returns {number} 0 where it is none
 */
export function pixelsOf(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const says = (/** @type {number} */ at, /** @type {string} */ text) => [...text].every((letter, i) => bytes[at + i] === letter.charCodeAt(0));
  try {
    if (says(1, 'PNG') && says(12, 'IHDR')) return view.getUint32(16) * view.getUint32(20);
    if (says(0, 'RIFF') && says(8, 'WEBP')) return webp(view, says);
    if (view.getUint16(0) === 0xffd8) return jpeg(view);
  } catch {
    // It ends too early.
  }
  return 0;
}

/** @param {DataView} view @param {(at: number, text: string) => boolean} says */
function webp(view, says) {
  const three = (/** @type {number} */ at) => (view.getUint16(at, true) | (view.getUint8(at + 2) << 16)) + 1;
  if (says(12, 'VP8X')) return three(24) * three(27);
  if (says(12, 'VP8 ')) return (view.getUint16(26, true) & 0x3fff) * (view.getUint16(28, true) & 0x3fff);
  if (!says(12, 'VP8L')) return 0;
  const both = view.getUint32(21, true);
  return ((both & 0x3fff) + 1) * (((both >> 14) & 0x3fff) + 1);
}

/** @param {DataView} view */
function jpeg(view) {
  for (let at = 2; ;) {
    const marker = view.getUint16(at);
    if (marker >> 8 !== 0xff) return 0;
    // Start of a frame, which is not a table (C4, C8, CC).
    if (marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker)) return view.getUint16(at + 5) * view.getUint16(at + 7);
    at += 2 + view.getUint16(at + 2);
  }
}
