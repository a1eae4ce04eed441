// What a frame of a session costs, two views of 1,024² pixels on an emulated headset, and what three.js's WebXR takes for the
// same model: `cargo xtask bench --room`. three.js draws with its own environment, and without the shadow that ours has.
import { build } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launch, open, serve } from './harness.mjs';
import { HEAD, SERVED } from './room.mjs';

const FRAMES = 8;
const ROUNDS = 3;
/** Both eyes beside each other. */
const SETUP = { device: 'quest3', framebuffer: [2048, 1024] };

const PEER = `
import { AmbientLight, PerspectiveCamera, PMREMGenerator, Scene, WebGLRenderer } from 'three';
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';
import { RoomEnvironment } from 'three/addons/environments/RoomEnvironment.js';
const renderer = new WebGLRenderer({ antialias: true, alpha: true });
document.body.append(renderer.domElement);
renderer.xr.enabled = true;
const scene = new Scene();
scene.environment = new PMREMGenerator(renderer).fromScene(new RoomEnvironment(), 0.04).texture;
const camera = new PerspectiveCamera();
const { scene: model } = await new GLTFLoader().loadAsync('/lamp.glb');
model.position.set(0, 0.9, -0.8);
scene.add(model);
renderer.setAnimationLoop(() => renderer.render(scene, camera));
globalThis.enter = async () => {
  const session = await navigator.xr.requestSession('immersive-ar', { requiredFeatures: ['local'], optionalFeatures: ['local-floor'] });
  await renderer.xr.setSession(session);
};
globalThis.calls = () => renderer.info.render.calls;
globalThis.ready = true;
`;

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** The page's CPU milliseconds a frame, and those within the frame's callback. */
async function cost(tab, session) {
  const seconds = async () => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return processInfo.filter(({ type }) => type === 'renderer').reduce((sum, { cpuTime }) => sum + cpuTime, 0);
  };
  const before = await seconds();
  const [inside, frames] = await tab.evaluate(async (count) => {
    const { room } = globalThis;
    const first = room.frames;
    room.costs.length = 0;
    for (let turn = 0; room.frames < first + count; turn += 1) {
      // A head is never still.
      room.device.position.set(0.05 * Math.sin(turn), 1.3, 0.2);
      await new Promise((resolve) => setTimeout(resolve, 8));
    }
    return [room.costs.reduce((sum, one) => sum + one, 0), room.frames - first];
  }, FRAMES);
  return { page: 1000 * (await seconds() - before) / frames, inside: inside / frames };
}

async function measured(name, browser, site, path, enter) {
  const session = await browser.newBrowserCDPSession();
  const seen = await open(browser, `${site.origin}${path}`, { before: (page) => page.addInitScript((setup) => { globalThis.roomSetup = setup; }, SETUP) });
  await enter(seen.page);
  await seen.page.waitForTimeout(3000);
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await cost(seen.page, session));
  const [page, inside] = [median(rounds.map(({ page }) => page)), median(rounds.map(({ inside }) => inside))];
  // At once: software draws such pictures slowly.
  console.log(`${name.padEnd(10)} ${page.toFixed(2)} ms of the page's process, ${inside.toFixed(2)} ms of them in the frame's callback`);
  const picture = await seen.page.evaluate(() => globalThis.room.picture());
  const pixels = Buffer.from(picture.data, 'base64');
  let drawn = 0;
  for (let i = 3; i < pixels.length; i += 4) drawn += pixels[i] > 200 ? 1 : 0;
  if (!drawn) throw new Error(`${name} drew nothing`);
  await seen.close();
  return { page, inside };
}

export async function room() {
  const stdin = { contents: PEER, resolveDir: fileURLToPath(new URL('../../', import.meta.url)), loader: 'js' };
  const { outputFiles: [peer] } = await build({ stdin, bundle: true, format: 'esm', minify: true, write: false });
  const start = '<!doctype html><meta charset="utf-8"><title>room</title>';
  const site = await serve({ csp: false, pages: {
    ...SERVED, '/peer.js': peer.text, '/lamp.glb': await readFile(new URL('../../assets/lamp.glb', import.meta.url)),
    '/ours.html': `${start}${HEAD}<script type="module" src="/anprobe.js"></script><anprobe-viewer id="v" src="/lamp.glb" backend="webgl" ar alt="A lamp"></anprobe-viewer>`,
    '/peer.html': `${start}${HEAD}<script type="module" src="/peer.js"></script>`,
  } });
  const browser = await launch('webgl');
  console.log(`\nA session on an emulated headset, two views of 1,024², lamp: CPU for a frame, median of ${ROUNDS} × ${FRAMES} frames`);
  const ours = await measured('ours', browser, site, '/ours.html', async (page) => {
    await page.waitForFunction(() => document.querySelector('#v').loaded && document.querySelector('#v').canActivateAR);
    await page.locator('#v').getByRole('button', { name: /room/ }).first().click();
    await page.evaluate(() => {
      const { controllers } = globalThis.room.device;
      for (const hand of ['left', 'right']) controllers[hand].position.set(0, 1.3, 0);
      controllers.right.quaternion.set(Math.sin(-0.5), 0, 0, Math.cos(-0.5));
    });
    await page.waitForFunction(() => document.querySelector('#v').room?.hint === 'tap', undefined, { timeout: 60_000 });
    const trigger = (value) => page.evaluate((value) => globalThis.room.device.controllers.right.updateButtonValue('trigger', value), value);
    await trigger(1);
    await page.waitForTimeout(300);
    await trigger(0);
    await page.waitForFunction(() => document.querySelector('#v').getAttribute('ar-status') === 'object-placed');
  });
  const theirs = await measured('three.js', browser, site, '/peer.html', async (page) => {
    await page.waitForFunction(() => globalThis.ready);
    await page.evaluate(() => globalThis.enter());
  });
  console.log(`ratio      ${(ours.page / theirs.page).toFixed(2)} ×, callback ${(ours.inside / theirs.inside).toFixed(2)} ×`);
  await browser.close();
  await site.close();
}
