// The yardsticks of `cargo xtask fidelity`, on pictures whose distance is known.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compare, deltaE, iou, psnr } from './metrics.mjs';

const SIDE = 32;

/** A picture whose pixel at (x, y) is `color(x, y)`. */
function paint(color) {
  const data = new Uint8ClampedArray(4 * SIDE * SIDE);
  for (let y = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE; x += 1) data.set([...color(x, y), 255], 4 * (y * SIDE + x));
  }
  return { width: SIDE, height: SIDE, data };
}

const mask = (inside) => Uint8Array.from({ length: SIDE * SIDE }, (_, at) => (inside(at % SIDE, Math.floor(at / SIDE)) ? 1 : 0));
const half = mask((x) => x < SIDE / 2);
const stripes = (shift) => paint((x) => (((x + shift) >> 2) % 2 ? [200, 40, 40] : [60, 60, 160]));

test('a picture is equal to itself', () => {
  const shot = { picture: stripes(0), mask: half };
  const { ssim, ssimSilhouette, deltaE: distance, iou: overlap, psnr: noise } = compare(shot, shot);
  assert.deepEqual([distance, overlap, noise], [0, 1, Infinity]);
  // Sums in the window round.
  assert.ok(Math.abs(ssim - 1) < 1e-6 && Math.abs(ssimSilhouette - 1) < 1e-6, `${ssim} ${ssimSilhouette}`);
});

test('a pattern that has moved by half its width is found out', () => {
  const found = compare({ picture: stripes(0), mask: half }, { picture: stripes(2), mask: half });
  assert.ok(found.ssimSilhouette < 0.5, `SSIM ${found.ssimSilhouette}`);
  assert.ok(found.psnr < 20, `PSNR ${found.psnr}`);
});

test('colours are as far apart as CIEDE2000 says', () => {
  const all = mask(() => true);
  // Pure red and pure green: 86.608 by Lindbloom's calculator under D65; greys 119 and 120: one level is a small step.
  assert.ok(Math.abs(deltaE(paint(() => [255, 0, 0]), paint(() => [0, 255, 0]), all) - 86.608) < 0.05);
  const step = deltaE(paint(() => [119, 119, 119]), paint(() => [120, 120, 120]), all);
  assert.ok(step > 0.2 && step < 0.5, `${step}`);
});

test('only the silhouette counts where it should', () => {
  const a = paint(() => [200, 200, 200]);
  const b = paint((x) => (x < SIDE / 2 ? [200, 200, 200] : [20, 20, 20]));
  assert.equal(deltaE(a, b, half), 0);
  assert.ok(deltaE(a, b, mask(() => true)) > 20);
});

test('a silhouette that has moved overlaps less', () => {
  assert.equal(iou(half, mask((x) => x >= 4 && x < 4 + SIDE / 2)), 12 / 20);
});

test('noise is measured in decibels', () => {
  const found = psnr(paint(() => [100, 100, 100]), paint(() => [110, 110, 110]));
  assert.ok(Math.abs(found - 28.13) < 0.01, `${found}`);
});
