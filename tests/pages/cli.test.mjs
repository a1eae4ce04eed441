// The designer's command draws what a customer sees: its pictures beside those of both backends.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { after, before, describe, test } from 'node:test';
import { BACKENDS, decode, launch, open, serve } from './harness.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const SIDE = 400;
/** Product, answers, attributes and the most ΔE: metal and a print, glass, paint. */
const CASES = [
  ['lamp', ['finish=terracotta', 'shade=printed', 'arm=36'], { 'shadow-intensity': '1' }],
  ['case', ['finish=clear'], {}],
  ['car', ['paint=graphite'], { 'camera-orbit': '40deg 70deg auto' }],
  // Words: engraved, and printed in two fonts with letters of both of their files. Browsers round how far each letter goes.
  ['lamp', ['engraving={"text":"Für Mia","font":"Jost"}'], { 'camera-orbit': '0deg 60deg 0.35m', 'camera-target': '0m 0.02m 0m' }, 1.5],
  ['case', ['name={"text":"Łódź & Bär","font":"Caveat","y":-2500,"rotation":150}', 'finish=gloss'], {}, 1.5],
];

/** A code as the name of a file. */
const fileName = (code) => code.replace(/[A-Z]/g, (letter) => `${letter.toLowerCase()}~`);


/** The command as `cargo test` or `cargo build` left it. */
async function command() {
  for (const profile of ['release', 'debug']) {
    const path = join(root, 'target', profile, process.platform === 'win32' ? 'anprobe.exe' : 'anprobe');
    if (await access(path).then(() => true, () => false)) return path;
  }
  return undefined;
}

/** Lightness and the two colour axes of CIELAB, D65. */
function lab([red, green, blue]) {
  const [r, g, b] = [red, green, blue].map((byte) => {
    const value = byte / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const [x, y, z] = [
    (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
    0.2126 * r + 0.7152 * g + 0.0722 * b,
    (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
  ].map((t) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** The mean ΔE of 1976, over white, where either picture shows something. */
function meanDeltaE(one, other) {
  let sum = 0;
  let count = 0;
  const over = (data, i) => [0, 1, 2].map((channel) => data[i + channel] * data[i + 3] / 255 + 255 - data[i + 3]);
  for (let i = 0; i < one.data.length; i += 4) {
    if (one.data[i + 3] === 0 && other.data[i + 3] === 0) continue;
    const [a, b] = [lab(over(one.data, i)), lab(over(other.data, i))];
    sum += Math.hypot(...a.map((value, axis) => value - b[axis]));
    count += 1;
  }
  return sum / count;
}

describe('the command and the browser', async () => {
  const anprobe = await command();
  const skip = anprobe ? false : 'the command is not built: cargo build --bin anprobe';
  const run = async (...args) => (await promisify(execFile)(anprobe, args, { cwd: root })).stdout;
  let site;
  let folder;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anprobe-'));
    site = await serve({ pages: { '/v.html': '<!doctype html><script type="module" src="/anprobe.js"></script><body></body>' } });
  });
  after(async () => {
    await site?.close();
    if (folder) await rm(folder, { recursive: true });
  });

  for (const backend of BACKENDS) {
    test(`${backend} shows what the command draws`, { skip }, async () => {
      const browser = await launch(backend);
      try {
        for (const [at, [product, answers, attributes, most = 1]] of CASES.entries()) {
          const file = join('assets', `${product}.json`);
          const { code } = JSON.parse(await run('code', file, ...answers, '--format', 'json').catch((error) => error.stdout));
          const out = join(folder, `${backend}-${at}`);
          const set = Object.entries(attributes).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
          await run('render', file, `--config=${code}`, '--size', `${SIDE}`, '--out', out, ...set);
          const drawn = decode(await readFile(join(out, `${fileName(code)}.png`)));
          const { page, close } = await open(browser, `${site.origin}/v.html`);
          const bytes = await page.evaluate(async ({ product, code, attributes, side }) => {
            const viewer = document.createElement('anprobe-viewer');
            const all = { product: `/demo/assets/${product}.json`, config: code, 'interaction-prompt': 'none', ...attributes };
            for (const [name, value] of Object.entries(all)) viewer.setAttribute(name, value);
            viewer.style.cssText = `display:block;width:${side}px;height:${side}px`;
            const stands = new Promise((resolve) => viewer.addEventListener('load', resolve, { once: true }));
            document.body.append(viewer);
            await stands;
            const blob = await viewer.toBlob({ width: side, height: side });
            return [...new Uint8Array(await blob.arrayBuffer())];
          }, { product, code, attributes, side: SIDE });
          await close();
          const apart = meanDeltaE(drawn, decode(new Uint8Array(bytes)));
          console.log(`${backend}: ${product} ${answers.join(' ')} ΔE ${apart.toFixed(3)}`);
          assert.ok(apart <= most, `${product} ${answers}: ΔE ${apart}`);
        }
      } finally {
        await browser.close();
      }
    });
  }
});
