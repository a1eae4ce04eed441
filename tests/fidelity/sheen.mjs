// The directional albedo of sheen. The Khronos viewer reads it from a picture that its npm package lacks, so this
// integrates it from the same terms: Estevez and Kulla, "Production Friendly Microfacet Sheen BRDF" (2017).
import { PNG } from 'pngjs';

const SIDE = 64;
const ELEVATIONS = 48;
const AZIMUTHS = 48;

/** Fitted shadowing of the paper, section 3. */
function lambda(cosine, alpha) {
  const t = (1 - alpha) ** 2;
  const mix = (from, to) => from + (to - from) * t;
  const [a, b, c] = [mix(21.5473, 25.3245), mix(3.82987, 3.32435), mix(0.19823, 0.16801)];
  const [d, e] = [mix(-1.9776, -1.27393), mix(-4.32054, -4.85967)];
  const fit = (x) => a / (1 + b * x ** c) + d * x + e;
  return Math.exp(cosine < 0.5 ? fit(cosine) : 2 * fit(0.5) - fit(1 - cosine));
}

/** The part of light from `cosine` that white sheen of this roughness scatters. */
function albedo(cosine, roughness) {
  const alpha = Math.max(roughness, 0.02) ** 2;
  const [vx, vz] = [Math.sqrt(1 - cosine * cosine), cosine];
  const seen = lambda(cosine, alpha);
  let sum = 0;
  for (let i = 0; i < ELEVATIONS; i += 1) {
    const lz = (i + 0.5) / ELEVATIONS;
    const side = Math.sqrt(1 - lz * lz);
    const visible = Math.min(1, 1 / ((1 + seen + lambda(lz, alpha)) * 4 * cosine * lz));
    for (let j = 0; j < AZIMUTHS; j += 1) {
      const lx = side * Math.cos((Math.PI * (j + 0.5)) / AZIMUTHS);
      const half = (vz + lz) ** 2 / (2 + 2 * (vx * lx + vz * lz));
      const distribution = ((2 + 1 / alpha) * Math.max(0, 1 - half) ** (0.5 / alpha)) / (2 * Math.PI);
      sum += distribution * visible * lz;
    }
  }
  return (2 * Math.PI * sum) / (ELEVATIONS * AZIMUTHS);
}

/** A PNG: the cosine to the viewer goes right, roughness down. */
export function sheenAlbedo() {
  const png = new PNG({ width: SIDE, height: SIDE });
  for (let y = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE; x += 1) {
      const level = Math.round(255 * Math.min(1, albedo((x + 0.5) / SIDE, (y + 0.5) / SIDE)));
      png.data.set([level, level, level, 255], 4 * (y * SIDE + x));
    }
  }
  return PNG.sync.write(png);
}
