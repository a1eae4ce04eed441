import { encode } from './uqr.js';

/** More modules than this no phone reads from a screen at arm's length. */
const MOST = 125;
/** Light modules around the code, as the standard wants them. */
const QUIET = 4;

/**
 * Draws a text as QR code; false where it says too much for one.
 * @param {HTMLCanvasElement} canvas @param {string} text
 */
export function drawQr(canvas, text) {
  let code;
  try {
    code = encode(text, { ecc: text.length > 400 ? 'L' : 'M', border: QUIET });
  } catch {
    return false;
  }
  const { size, data } = code;
  if (size > MOST + 2 * QUIET) return false;
  const context = canvas.getContext('2d');
  if (!context) return false;
  // Whole pixels for each module: blurred edges are hard to read.
  const scale = Math.max(3, Math.floor(640 / size));
  canvas.width = canvas.height = size * scale;
  // Dark on light in every theme: not all readers take it the other way round.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = '#000';
  data.forEach((row, y) => row.forEach((dark, x) => {
    if (dark) context.fillRect(x * scale, y * scale, scale, scale);
  }));
  return true;
}
