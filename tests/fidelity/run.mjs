// `cargo xtask fidelity`: how close Anprobe's picture is to the Khronos viewer's, and whether model-viewer's is closer.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dist, launch, serve, decode } from '../pages/harness.mjs';
import { corpus, models, out, root } from './corpus.mjs';
import { studio } from './light.mjs';
import { compare, deltaE, median, union } from './metrics.mjs';
import { sheenAlbedo } from './sheen.mjs';
import { sheet, table } from './sheet.mjs';
import { Element, Khronos, coverage } from './viewers.mjs';

/** Raise it when a reference would come out differently for the same model, light and versions. */
const REVISION = 2;
const SUN = 'qwantani_afternoon_puresky_1k.hdr';
const FOV_DEG = 30;
const [THETA_DEG, PHI_DEG] = [20, 75];
/** Of the picture's width or height. */
const FILLED = 0.94;
const TARGETS = { ssimSilhouette: 0.95, deltaE: { soft: 2, sun: 3 }, backends: 1, iou: 0.99 };
/** What is no worse to the eye: a tenth of the least difference that one sees. */
const EQUAL = { deltaE: 0.1, ssim: 0.005 };

function options(args) {
  const wanted = { models: [], light: 'both', size: 512, only: undefined, native: false, strict: false };
  for (let at = 0; at < args.length; at += 1) {
    const name = args[at];
    if (name === '--models') while (args[at + 1] && !args[at + 1].startsWith('--')) wanted.models.push(args[at += 1]);
    else if (name === '--light') wanted.light = args[at += 1];
    else if (name === '--size') wanted.size = Number(args[at += 1]);
    else if (name === '--only') wanted.only = args[at += 1];
    else if (name === '--native') wanted.native = true;
    else if (name === '--strict') wanted.strict = true;
    else throw new Error(`what is ${name}? I know --models, --light, --size, --only, --native and --strict`);
  }
  if (!['soft', 'sun', 'both'].includes(wanted.light)) throw new Error('--light takes soft, sun or both');
  if (!(wanted.size >= 64 && wanted.size <= 2048)) throw new Error('--size takes 64 to 2048 pixels');
  return wanted;
}

async function lights(wanted) {
  const found = {};
  if (wanted !== 'sun') found.soft = studio();
  if (wanted !== 'soft') {
    const sun = await readFile(join(corpus, SUN)).catch(() => undefined);
    if (sun) found.sun = sun;
    else console.error(`\n!!! NO LIGHT WITH A SUN: ${SUN} is not in the corpus !!!\n`);
  }
  return found;
}

async function version(name) {
  return JSON.parse(await readFile(join(root, 'node_modules', name, 'package.json'), 'utf8')).version;
}

/** Every file that the pages ask for. */
async function site(all, light) {
  const here = (name) => readFile(new URL(name, import.meta.url));
  const khronos = join(root, 'node_modules/@khronosgroup/gltf-viewer/dist');
  const pages = {
    '/khronos.html': await here('khronos.html'),
    '/element.html': await here('element.html'),
    '/khronos/gltf-viewer.module.js': await readFile(join(khronos, 'gltf-viewer.module.js')),
    '/khronos/libs/mikktspace_bg.wasm': await readFile(join(khronos, 'libs/mikktspace_bg.wasm')),
    '/assets/images/lut_sheen_E.png': sheenAlbedo(),
    '/model-viewer.js': await readFile(join(root, 'node_modules/@google/model-viewer/dist/model-viewer.min.js')),
  };
  for (const [name, bytes] of Object.entries(light)) pages[`/lights/${name}.hdr`] = bytes;
  for (const model of all) Object.assign(pages, model.files);
  return serve({ root: dist, pages, csp: false });
}

/** Where one looks from, so that the box just fits. */
function camera({ min, max }) {
  const extent = Math.hypot(...max.map((value, axis) => value - min[axis]));
  const target = max.map((value, axis) => (value + min[axis]) / 2);
  const [theta, phi] = [THETA_DEG, PHI_DEG].map((degrees) => (degrees * Math.PI) / 180);
  const right = [Math.cos(theta), 0, -Math.sin(theta)];
  const back = [Math.sin(phi) * Math.sin(theta), Math.cos(phi), Math.sin(phi) * Math.cos(theta)];
  const up = [-Math.cos(phi) * Math.sin(theta), Math.sin(phi), -Math.cos(phi) * Math.cos(theta)];
  const tangent = Math.tan((FOV_DEG * Math.PI) / 360) * FILLED;
  let radius = 0;
  for (let corner = 0; corner < 8; corner += 1) {
    const point = target.map((value, axis) => ((corner >> axis) & 1 ? max : min)[axis] - value);
    const along = (axis) => axis.reduce((sum, value, at) => sum + value * point[at], 0);
    radius = Math.max(radius, Math.max(Math.abs(along(right)), Math.abs(along(up))) / tangent + along(back));
  }
  return { target, radius, extent, theta: THETA_DEG, phi: PHI_DEG, fov: FOV_DEG };
}

/** Pictures that are kept from one run to the next. */
class Cache {
  #key(parts) {
    return createHash('sha256').update(JSON.stringify([REVISION, ...parts])).digest('hex').slice(0, 24);
  }

  #file(name) {
    return join(out, 'cache', name);
  }

  async value(parts, make) {
    const file = this.#file(`${this.#key(parts)}.json`);
    const kept = await readFile(file, 'utf8').catch(() => undefined);
    if (kept) return JSON.parse(kept);
    const made = await make();
    await writeFile(file, JSON.stringify(made));
    return made;
  }

  async shot(parts, make) {
    const key = this.#key(parts);
    const names = [this.#file(`${key}.png`), this.#file(`${key}-black.png`)];
    const [white, black] = await Promise.all(names.map((name) => readFile(name).catch(() => undefined)));
    if (white && black) {
      const picture = decode(white);
      return { picture, mask: coverage(picture, decode(black)) };
    }
    const made = await make();
    await Promise.all([writeFile(names[0], made.picture.png), writeFile(names[1], made.black)]);
    return made;
  }
}

/** Starts at the first call only: a run from the cache needs no peer. */
function once(make) {
  let made;
  return () => (made ??= make());
}

/** One model in one light in every viewer. */
async function row(model, light, setting) {
  const { size, cache, viewers, versions, digests } = setting;
  const khronos = [model.hash, digests[light], 'khronos', versions.khronos, size];
  let loaded = false;
  const load = async () => {
    const box = await (await viewers.khronos()).load(model.url, light, size);
    loaded = true;
    return box;
  };
  const view = camera(await cache.value([...khronos, 'box'], load));
  const shots = {
    reference: await cache.shot([...khronos, view], async () => {
      if (!loaded) await load();
      return (await viewers.khronos()).shoot(view);
    }),
  };
  const found = { name: model.name, light, path: model.path, camera: view, shots, misses: [] };
  const draw = async (name, make) => {
    try {
      shots[name] = await make();
      found[name] = compare(shots.reference, shots[name]);
    } catch (error) {
      found.misses.push(`${name}: ${String(error.message ?? error).split('\n')[0].slice(0, 160)}`);
    }
  };
  const element = (name) => async () => (await viewers[name]()).shoot(model.url, light, size, view);
  await draw('peer', () => cache.shot([model.hash, digests[light], 'model-viewer', versions.peer, size, view], element('peer')));
  for (const name of ['webgpu', 'webgl']) await draw(name, element(name));
  if (shots.webgpu && shots.webgl) {
    found.backends = deltaE(shots.webgpu.picture, shots.webgl.picture, union(shots.webgpu.mask, shots.webgl.mask));
  }
  return found;
}

/** What misses its target in one of our pictures. */
function missed(ours, peer) {
  const found = [];
  if (peer && ours.deltaE > peer.deltaE + EQUAL.deltaE) found.push(`ΔE ${ours.deltaE.toFixed(2)}, model-viewer ${peer.deltaE.toFixed(2)}`);
  if (peer && ours.ssimSilhouette < peer.ssimSilhouette - EQUAL.ssim) {
    found.push(`SSIM ${ours.ssimSilhouette.toFixed(3)}, model-viewer ${peer.ssimSilhouette.toFixed(3)}`);
  }
  if (ours.iou < TARGETS.iou) found.push(`IoU ${ours.iou.toFixed(3)}`);
  return found;
}

/** Adds to a row what misses its target; once, where both backends miss it alike. */
function judge(found) {
  const { peer, webgpu, webgl, misses } = found;
  const [first, second] = [webgpu, webgl].map((ours) => (ours ? missed(ours, peer) : []));
  misses.push(...first.map((miss) => (second.includes(miss) ? miss : `WebGPU ${miss}`)));
  misses.push(...second.filter((miss) => !first.includes(miss)).map((miss) => `WebGL2 ${miss}`));
  if (found.backends > TARGETS.backends) misses.push(`backends: ΔE ${found.backends.toFixed(2)}`);
  if (found.native > TARGETS.backends) misses.push(`native: ΔE ${found.native.toFixed(2)}`);
}

/** Lets the native test draw the same pictures, and measures them against those of the browser. */
async function native(rows, light, size) {
  const picture = (found) => join(out, 'pictures', `${found.name}-${light}-native.png`);
  const jobs = rows.map((found) => {
    const { theta, phi, fov, radius, target, extent } = found.camera;
    return [found.path, join(out, `${light}.hdr`), picture(found), size, theta, phi, fov, radius, ...target, extent / 2].join('\t');
  });
  const list = join(out, 'native.txt');
  await writeFile(list, jobs.join('\n'));
  const args = ['test', '--quiet', '--test', 'picture', '--', '--ignored', '--exact', 'fidelity::what_the_browser_drew'];
  const env = { ...process.env, ANPROBE_FIDELITY: list, REQUIRE_GPU: '1' };
  const { status } = spawnSync(process.env.CARGO ?? 'cargo', args, { cwd: root, env, stdio: 'inherit' });
  if (status !== 0) console.error('!!! the native pictures could not be drawn !!!');
  for (const found of rows) {
    const bytes = await readFile(picture(found)).catch(() => undefined);
    if (status === 0 && bytes && found.shots.webgpu) found.native = deltaE(found.shots.webgpu.picture, decode(bytes), found.shots.webgpu.mask);
  }
}

/** The medians of a light against the targets. */
function summary(light, rows) {
  const of = (name, figure) => median(rows.filter((found) => found[name]).map((found) => found[name][figure]));
  const lines = [`medians, ${light} light (${rows.length} models)`];
  let count = 0;
  const say = (text, held) => {
    count += held ? 0 : 1;
    lines.push(`  ${held ? 'ok  ' : 'MISS'} ${text}`);
  };
  lines.push(`       model-viewer: silhouette SSIM ${of('peer', 'ssimSilhouette').toFixed(3)}, ΔE ${of('peer', 'deltaE').toFixed(2)}`);
  for (const name of ['webgpu', 'webgl']) {
    const [ssim, distance] = [of(name, 'ssimSilhouette'), of(name, 'deltaE')];
    say(`${name}: silhouette SSIM ${ssim.toFixed(3)}, at least ${TARGETS.ssimSilhouette}`, ssim >= TARGETS.ssimSilhouette);
    say(`${name}: ΔE ${distance.toFixed(2)}, at most ${TARGETS.deltaE[light].toFixed(1)}`, distance <= TARGETS.deltaE[light]);
  }
  const drawn = rows.filter((found) => found.native !== undefined).map((found) => found.native);
  if (drawn.length) lines.push(`       native: ΔE ${median(drawn).toFixed(2)} to WebGPU, at most ${Math.max(...drawn).toFixed(2)}`);
  const far = rows.filter((found) => found.misses.length);
  say(`${rows.length - far.length} of ${rows.length} models hold every target of their own`, !far.length);
  return { text: lines.join('\n'), count };
}

async function main() {
  const wanted = options(process.argv.slice(2));
  await mkdir(join(out, 'cache'), { recursive: true });
  await mkdir(join(out, 'pictures'), { recursive: true });
  const light = await lights(wanted.light);
  const all = await models(wanted.models, wanted.only);
  const shown = all.filter((model) => !model.skip);
  for (const { name, skip } of all.filter((model) => model.skip)) console.log(`left out: ${name}, ${skip}`);
  const server = await site(shown, light);
  const browser = await launch('webgpu');
  const ours = (backend) => once(() => Element.start(browser, server.origin, { tag: 'anprobe-viewer', script: '/anprobe.js', backend }, wanted.size));
  const viewers = {
    khronos: once(() => Khronos.start(browser, server.origin)),
    peer: once(() => Element.start(browser, server.origin, { tag: 'model-viewer', script: '/model-viewer.js' }, wanted.size)),
    webgpu: ours('webgpu'),
    webgl: ours('webgl'),
  };
  const versions = { khronos: await version('@khronosgroup/gltf-viewer'), peer: await version('@google/model-viewer') };
  const digests = Object.fromEntries(Object.entries(light).map(([name, bytes]) => [name, createHash('sha256').update(bytes).digest('hex')]));
  const setting = { size: wanted.size, cache: new Cache(), viewers, versions, digests };

  const results = {};
  const texts = ['# How close to the reference', ''];
  let count = 0;
  for (const name of Object.keys(light)) {
    const rows = [];
    for (const model of shown) {
      const start = Date.now();
      const found = await row(model, name, setting).catch((error) => ({ failed: error }));
      if (found.failed) {
        console.log(`left out: ${model.name}, the reference failed: ${String(found.failed.message).split('\n')[0]}`);
        continue;
      }
      rows.push(found);
      const figure = (key) => (found[key] ? `ΔE ${found[key].deltaE.toFixed(2).padStart(5)} SSIM ${found[key].ssimSilhouette.toFixed(3)}` : 'not drawn'.padEnd(19));
      console.log(`${name} ${model.name.padEnd(24)} model-viewer ${figure('peer')} | WebGPU ${figure('webgpu')} | WebGL2 ${figure('webgl')} | ${((Date.now() - start) / 1000).toFixed(1)} s`);
      for (const [viewer, shot] of Object.entries(found.shots)) await writeFile(join(out, 'pictures', `${model.name}-${name}-${viewer}.png`), shot.picture.png);
    }
    if (!rows.length) continue;
    if (wanted.native) {
      await writeFile(join(out, `${name}.hdr`), light[name]);
      await native(rows, name, wanted.size);
    }
    for (const found of rows) {
      judge(found);
      for (const miss of found.misses) console.log(`MISS ${name} ${found.name}: ${miss}`);
    }
    await writeFile(join(out, `${name}.png`), await sheet(browser, rows));
    const { text, count: more } = summary(name, rows);
    console.log(`\n${text}\n`);
    count += more;
    texts.push(table(name, rows), '', '```', text, '```', '');
    results[name] = rows.map(({ shots, path, ...figures }) => figures);
  }
  await writeFile(join(out, 'fidelity.md'), texts.join('\n'));
  await writeFile(join(out, 'fidelity.json'), JSON.stringify({ versions, size: wanted.size, targets: TARGETS, results }, undefined, 1));
  console.log(`pictures, sheets and tables: ${out}`);
  await browser.close();
  await server.close();
  if (wanted.strict && count) process.exitCode = 1;
}

await main();
