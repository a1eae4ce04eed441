// A photographer's studio as a panorama: soft boxes, nothing brighter than 10, made in code so that it needs no licence.

const WIDTH_PX = 512;
const HEIGHT_PX = 256;

/** Soft boxes: where (degrees; azimuth 0 is +X, 90 is +Z), how large (half angles), and their radiance. */
const BOXES = [
  { azimuth: 140, elevation: 40, half: [28, 18], radiance: [8, 7.8, 7.4] },
  { azimuth: 35, elevation: 25, half: [16, 30], radiance: [3, 3.1, 3.3] },
  { azimuth: 270, elevation: 50, half: [40, 8], radiance: [5, 5, 5] },
  { azimuth: 90, elevation: 84, half: [60, 8], radiance: [4, 4, 4] },
];

/** 0 below `from`, 1 above `to`, smooth between. */
function smooth(from, to, x) {
  const t = Math.min(1, Math.max(0, (x - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

/** What comes from this direction, linear RGB. */
function radiance(azimuth, elevation) {
  const wall = 0.25 + 0.35 * smooth(-40, 60, elevation);
  const out = [wall, wall, wall * 1.03];
  for (const box of BOXES) {
    const turn = Math.abs(((azimuth - box.azimuth + 540) % 360) - 180);
    const edge = smooth(1, 0.8, turn / box.half[0]) * smooth(1, 0.8, Math.abs(elevation - box.elevation) / box.half[1]);
    box.radiance.forEach((value, channel) => { out[channel] += edge * value; });
  }
  return out;
}

/** Shared exponent bytes of a colour (Ward, "Real Pixels", Graphics Gems II). */
function rgbe(color) {
  const largest = Math.max(...color);
  if (largest < 1e-32) return [0, 0, 0, 0];
  const exponent = Math.ceil(Math.log2(largest * (256 / 255)));
  const scale = 256 / 2 ** exponent;
  return [...color.map((value) => Math.min(255, Math.floor(value * scale))), exponent + 128];
}

/** The studio as the bytes of a Radiance `.hdr`. */
export function studio() {
  const head = `#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y ${HEIGHT_PX} +X ${WIDTH_PX}\n`;
  const parts = [Buffer.from(head, 'latin1')];
  for (let y = 0; y < HEIGHT_PX; y += 1) {
    const planes = [[], [], [], []];
    for (let x = 0; x < WIDTH_PX; x += 1) {
      // The picture's middle column is +X, where azimuth is 0.
      const azimuth = 360 * ((x + 0.5) / WIDTH_PX - 0.5);
      const elevation = 90 - 180 * ((y + 0.5) / HEIGHT_PX);
      rgbe(radiance(azimuth, elevation)).forEach((byte, plane) => planes[plane].push(byte));
    }
    parts.push(Buffer.from([2, 2, WIDTH_PX >> 8, WIDTH_PX & 255]));
    for (const plane of planes) {
      // Literal runs only: every reader takes them.
      for (let at = 0; at < WIDTH_PX; at += 128) parts.push(Buffer.from([128, ...plane.slice(at, at + 128)]));
    }
  }
  return Buffer.concat(parts);
}
