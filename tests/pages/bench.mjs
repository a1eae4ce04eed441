// `cargo xtask bench`: what a frame costs the page's process, as ratios to a frame of the smallest scene, so that the
// figures mean the same on every machine. The camera moves before each frame; nothing else happens.
import { BACKENDS, launch, open, serve } from './harness.mjs';
import { ball, grid } from './models.mjs';

const FRAMES = 20;
const ROUNDS = 5;
const SCENES = [
  { name: 'one node, 36 triangles', model: 'one', orbit: 'auto' },
  { name: '2,000 nodes, all seen', model: 'grid', orbit: 'auto' },
  { name: '2,000 nodes, a few seen', model: 'grid', orbit: '3m' },
  { name: '1,000,000 triangles', model: 'million', orbit: 'auto' },
];
const MODELS = { one: grid(1), grid: grid(2000), million: ball(1_000_000) };

const page = '<!doctype html><meta charset="utf-8"><title>bench</title><script type="module" src="/anprobe.js"></script>';
const pages = { '/bench.html': page };
for (const [name, bytes] of Object.entries(MODELS)) pages[`/${name}.glb`] = bytes;

/** CPU seconds of all pages' processes so far; the browser has some of its own, which do nothing here. */
async function seconds(session) {
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  return processInfo.filter((info) => info.type === 'renderer').reduce((sum, info) => sum + info.cpuTime, 0);
}

/** CPU milliseconds of the page's process for one frame. */
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
  return (1000 * (await seconds(session) - before)) / FRAMES;
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

async function measure(backend) {
  const site = await serve({ pages, csp: false });
  const browser = await launch(backend);
  const session = await browser.newBrowserCDPSession();
  const rows = [];
  for (const scene of SCENES) {
    const seen = await open(browser, `${site.origin}/bench.html`);
    await seen.page.evaluate(({ model, orbit }) => new Promise((resolve, reject) => {
      const viewer = document.createElement('anprobe-viewer');
      viewer.style.cssText = 'display:block;width:128px;height:96px';
      viewer.setAttribute('min-camera-orbit', 'auto auto 0m');
      viewer.setAttribute('camera-orbit', `0deg 75deg ${orbit}`);
      viewer.setAttribute('src', `/${model}.glb`);
      viewer.addEventListener('load', resolve, { once: true });
      viewer.addEventListener('error', (event) => reject(new Error(JSON.stringify(event.detail))), { once: true });
      document.body.append(viewer);
    }), scene);
    const rounds = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await cost(seen.page, session));
    rows.push({ name: scene.name, ms: median(rounds), least: Math.min(...rounds), most: Math.max(...rounds) });
    print(rows);
    await seen.close();
  }
  await browser.close();
  await site.close();
}

/** The row that came last, at once: on a software GPU a row takes a minute. */
function print(rows) {
  const { name, ms, least, most } = rows.at(-1);
  const ratio = (ms / rows[0].ms).toFixed(2).padStart(6);
  console.log(`${name.padEnd(26)} ${ratio} × (${ms.toFixed(2)} ms; ${least.toFixed(2)} to ${most.toFixed(2)})`);
}

for (const backend of BACKENDS) {
  console.log(`\n${backend}: CPU of the page's process for a frame at 128×96, median of ${ROUNDS} × ${FRAMES} frames`);
  await measure(backend);
}
