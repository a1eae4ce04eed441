// How far one picture is from another: on the whole of it, and on the silhouette, where a white page cannot flatter.
import { differenceCiede2000 } from 'culori';
import { ssim } from 'ssim.js';

const difference = differenceCiede2000();
/** ssim.js slides a Gaussian window of 11 × 11 within the picture, so that its map starts here. */
const MARGIN_PX = 5;

/** Linear light of each sRGB byte. */
const LINEAR = Float64Array.from({ length: 256 }, (_, level) => {
  const value = level / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

/** A pixel in CIELAB under D65, as culori writes it; its own converters make an object for each step of each pixel. */
function lab(data, at) {
  const [r, g, b] = [LINEAR[data[at]], LINEAR[data[at + 1]], LINEAR[data[at + 2]]];
  const x = (0.4123907992659593 * r + 0.357584339383878 * g + 0.1804807884018343 * b) / 0.9504559270516716;
  const y = 0.2126390058715102 * r + 0.715168678767756 * g + 0.0721923153607337 * b;
  const z = (0.0193308187155918 * r + 0.119194779794626 * g + 0.9505321522496607 * b) / 1.0890577507598784;
  const [fx, fy, fz] = [x, y, z].map((value) => (value > 216 / 24389 ? Math.cbrt(value) : (value * 24389 / 27 + 16) / 116));
  return { mode: 'lab65', l: 116 * fy - 16, a: 500 * (fx - fy), b: 200 * (fy - fz) };
}

/** Mean ΔE2000 of the pixels in `mask`. */
export function deltaE(a, b, mask) {
  let [sum, count] = [0, 0];
  for (let pixel = 0; pixel < mask.length; pixel += 1) {
    if (!mask[pixel]) continue;
    const at = 4 * pixel;
    count += 1;
    if (a.data[at] === b.data[at] && a.data[at + 1] === b.data[at + 1] && a.data[at + 2] === b.data[at + 2]) continue;
    sum += difference(lab(a.data, at), lab(b.data, at));
  }
  return count ? sum / count : 0;
}

/** Peak signal to noise in dB, over red, green and blue; `Infinity` for equal pictures. */
export function psnr(a, b) {
  let sum = 0;
  for (let at = 0; at < a.data.length; at += 1) {
    if (at % 4 !== 3) sum += (a.data[at] - b.data[at]) ** 2;
  }
  const mean = sum / (0.75 * a.data.length);
  return mean === 0 ? Infinity : 10 * Math.log10(255 ** 2 / mean);
}

/** Structural similarity (Wang et al. 2004) of the luma: its mean over the whole picture and over `mask`. */
export function similarity(a, b, mask) {
  // Without this the package shrinks pictures first.
  const { mssim, ssim_map: map } = ssim(a, b, { downsample: false, ssim: 'fast' });
  let [sum, count] = [0, 0];
  for (let y = 0; y < map.height; y += 1) {
    for (let x = 0; x < map.width; x += 1) {
      if (!mask[(y + MARGIN_PX) * a.width + x + MARGIN_PX]) continue;
      sum += map.data[y * map.width + x];
      count += 1;
    }
  }
  return { whole: mssim, silhouette: count ? sum / count : 1 };
}

/** Where either is. */
export function union(a, b) {
  return a.map((value, at) => value | b[at]);
}

/** Intersection over union: 1 for the same silhouette. */
export function iou(a, b) {
  let [both, either] = [0, 0];
  for (let pixel = 0; pixel < a.length; pixel += 1) {
    both += a[pixel] & b[pixel];
    either += a[pixel] | b[pixel];
  }
  return either ? both / either : 1;
}

/** Every figure for two shots, each `{ picture, mask }`. */
export function compare(a, b) {
  const mask = union(a.mask, b.mask);
  const { whole, silhouette } = similarity(a.picture, b.picture, mask);
  return {
    ssim: whole, psnr: psnr(a.picture, b.picture), ssimSilhouette: silhouette,
    deltaE: deltaE(a.picture, b.picture, mask), iou: iou(a.mask, b.mask),
  };
}

/** The value in the middle. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return sorted.length % 2 ? sorted[Math.floor(half)] : (sorted[half - 1] + sorted[half]) / 2;
}
