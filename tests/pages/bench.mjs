// `cargo xtask bench`: what a frame costs the page's process, as ratios to a frame of the smallest scene, so that the
// figures mean the same on every machine; and what it costs the browser's GPU process, which draws in software. The camera
// moves before each frame; nothing else happens. `--than DIR` measures the build in DIR as well, for ratios to it; `--only NAME`
// measures what has NAME in its name. Then what products cost (`engine.mjs`); `--engine` measures these alone, `--interaction`
// what a customer waits for alone (`interaction.mjs`), `--room` a session in a room beside three.js's (`room-cost.mjs`).
import { readFile, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { corpus } from '../fidelity/corpus.mjs';
import { BACKENDS, dist, launch, open, serve } from './harness.mjs';
import { engine } from './engine.mjs';
import { interaction } from './interaction.mjs';
import { ball, grid } from './models.mjs';
import { room } from './room-cost.mjs';

const FRAMES = 20;
const ROUNDS = 5;
const SCENES = [
  { name: 'one node, 36 triangles', model: 'one.glb', orbit: 'auto' },
  { name: '2,000 nodes, all seen', model: 'grid.glb', orbit: 'auto' },
  { name: '2,000 nodes, a few seen', model: 'grid.glb', orbit: '3m' },
  { name: '1,000,000 triangles', model: 'million.glb', orbit: 'auto' },
  { name: 'lamp', model: 'lamp.glb', orbit: 'auto', size: [512, 512] },
  { name: 'shoe', model: 'MaterialsVariantsShoe.gltf', orbit: 'auto', size: [512, 512] },
];
const MODELS = { one: grid(1), grid: grid(2000), million: ball(1_000_000) };

const page = '<!doctype html><meta charset="utf-8"><title>bench</title><script type="module" src="/anprobe.js"></script>';
const pages = { '/bench.html': page };
for (const [name, bytes] of Object.entries(MODELS)) pages[`/${name}.glb`] = bytes;
pages['/lamp.glb'] = await readFile(new URL('../../assets/lamp.glb', import.meta.url));
const shoe = `${corpus}/MaterialsVariantsShoe`;
const parts = await readdir(shoe, { recursive: true, withFileTypes: true }).catch(() => console.warn(`SKIPPED: the shoe, there is no ${shoe}`));
for (const part of parts?.filter((part) => part.isFile()) ?? []) {
  const path = join(part.parentPath ?? part.path, part.name);
  pages[`/${relative(shoe, path)}`] = await readFile(path);
}

/** CPU seconds so far of all pages' processes (the browser has some of its own, which do nothing here) and of the GPU's. */
async function seconds(session) {
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  return ['renderer', 'GPU'].map((type) => processInfo.filter((info) => info.type === type).reduce((sum, info) => sum + info.cpuTime, 0));
}

/** CPU milliseconds of both for one frame. */
async function cost(tab, session) {
  const before = await seconds(session);
  await tab.evaluate(async (frames) => {
    const viewer = document.querySelector('anprobe-viewer');
    const { phi, radius } = viewer.getCameraOrbit();
    for (let frame = 0; frame < frames; frame += 1) {
      viewer.cameraOrbit = `${20 * Math.sin(frame)}deg ${phi}rad ${radius}m`;
      viewer.jumpCameraToGoal();
      await new Promise(requestAnimationFrame);
    }
  }, FRAMES);
  const after = await seconds(session);
  return after.map((value, i) => (1000 * (value - before[i])) / FRAMES);
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** The value behind an option. */
function option(name) {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

const [than, only] = [option('--than'), option('--only') ?? ''];

async function measure(backend, root) {
  const site = await serve({ root, pages, csp: false });
  const browser = await launch(backend);
  const session = await browser.newBrowserCDPSession();
  const rows = [];
  for (const scene of SCENES.filter(({ name, model }) => pages[`/${model}`] && name.includes(only))) {
    const seen = await open(browser, `${site.origin}/bench.html`);
    await seen.page.evaluate(({ model, orbit, size: [width, height] = [128, 96] }) => new Promise((resolve, reject) => {
      const viewer = document.createElement('anprobe-viewer');
      viewer.style.cssText = `display:block;width:${width}px;height:${height}px`;
      viewer.setAttribute('min-camera-orbit', 'auto auto 0m');
      viewer.setAttribute('camera-orbit', `0deg 75deg ${orbit}`);
      viewer.setAttribute('src', `/${model}`);
      viewer.addEventListener('load', resolve, { once: true });
      viewer.addEventListener('error', (event) => reject(new Error(JSON.stringify(event.detail))), { once: true });
      document.body.append(viewer);
    }), scene);
    const rounds = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await cost(seen.page, session));
    const [page, gpu] = [0, 1].map((i) => rounds.map((figures) => figures[i]));
    rows.push({ name: scene.name, ms: median(page), least: Math.min(...page), most: Math.max(...page), gpu: median(gpu) });
    print(rows);
    await seen.close();
  }
  await browser.close();
  await site.close();
  return rows;
}

/** The row that came last, at once: on a software GPU a row takes a minute. */
function print(rows) {
  const { name, ms, least, most, gpu } = rows.at(-1);
  const ratio = (ms / rows[0].ms).toFixed(2).padStart(6);
  console.log(`${name.padEnd(26)} ${ratio} × (${ms.toFixed(2)} ms; ${least.toFixed(2)} to ${most.toFixed(2)}), GPU ${gpu.toFixed(1)} ms`);
}

if (process.argv.includes('--room')) {
  await room();
  process.exit();
}
const alone = ['--engine', '--interaction'].some((name) => process.argv.includes(name));
const shown = alone ? [] : BACKENDS;
for (const backend of shown) {
  console.log(`\n${backend}: CPU of the page's process for a frame at 128×96 (products: 512×512), median of ${ROUNDS} × ${FRAMES} frames`);
  const rows = await measure(backend, dist);
  if (!than) continue;
  console.log(`\n${backend}: the same of ${than}`);
  const others = await measure(backend, than);
  console.log(`\n${backend}: as a multiple of it`);
  for (const [i, { name, ms, gpu }] of rows.entries()) {
    console.log(`${name.padEnd(26)} ${(ms / others[i].ms).toFixed(2).padStart(6)} × page, ${(gpu / others[i].gpu).toFixed(2)} × GPU`);
  }
}
if (process.argv.includes('--interaction')) await interaction({ only });
else await engine(only);
