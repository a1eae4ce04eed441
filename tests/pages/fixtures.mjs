// Small models made here, pages around them, and what every test of the element waits for.
import { PNG } from 'pngjs';
import { CSP, launch, open, serve } from './harness.mjs';

/**
 * Each backend; with one of them the element's own files come from another origin, which the page names. What that may
 * change does not depend on the backend, and `embed.test.mjs` asks for it on both.
 */
export const PLACES = [
  { name: 'webgpu', backend: 'webgpu', elsewhere: false },
  { name: 'webgl, the code on another origin', backend: 'webgl', elsewhere: true },
];

/** Corners of a box, face by face, with the normals of its faces. */
function boxGeometry() {
  const positions = [];
  const normals = [];
  for (const axis of [0, 1, 2]) {
    for (const side of [1, -1]) {
      const [u, v] = [(axis + 1) % 3, (axis + 2) % 3];
      const corner = (a, b) => {
        const point = [0, 0, 0];
        [point[axis], point[u], point[v]] = [side * 0.5, a * side * 0.5, b * 0.5];
        positions.push(...point);
        const normal = [0, 0, 0];
        normal[axis] = side;
        normals.push(...normal);
      };
      [[-1, -1], [1, -1], [1, 1], [-1, -1], [1, 1], [-1, 1]].forEach(([a, b]) => corner(a, b));
    }
  }
  return [positions, normals].map((list) => Buffer.from(Float32Array.from(list).buffer));
}

/** Wraps JSON and binary data as GLB. */
export function glb(json, ...buffers) {
  const pad = (bytes, filler) => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4, filler)]);
  const text = pad(Buffer.from(JSON.stringify(json)), ' ');
  const data = pad(Buffer.concat(buffers), 0);
  const word = (...numbers) => Buffer.from(Uint32Array.from(numbers).buffer);
  return Buffer.concat([
    word(0x46546c67, 2, 12 + 8 + text.length + 8 + data.length),
    word(text.length, 0x4e4f534a), text, word(data.length, 0x004e4942), data,
  ]);
}

/**
 * A box of 1 m that is red and, unlit, looks the same from every side; its variants `Green` and `Blue` are what they
 * say, its animation `Slide` moves it for one second. `texels`: a texture of so many pixels of noise, uncompressed.
 */
export function box({ extensionsRequired, required = {}, texels = 0 } = {}) {
  const [positions, normals] = boxGeometry();
  const times = Buffer.from(Float32Array.of(0, 1).buffer);
  const moves = Buffer.from(Float32Array.of(0, 0, 0, 0.5, 0, 0).buffer);
  const ballast = Buffer.alloc(texels * 4, 7);
  const parts = [positions, normals, times, moves, ballast].filter((part) => part.length);
  let byteOffset = 0;
  const bufferViews = parts.map((part) => {
    const view = { buffer: 0, byteOffset, byteLength: part.length };
    byteOffset += part.length;
    return view;
  });
  const colours = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];
  return glb({
    asset: { version: '2.0' },
    extensionsUsed: ['KHR_materials_unlit', 'KHR_materials_variants', ...(extensionsRequired ?? [])],
    extensionsRequired,
    extensions: { KHR_materials_variants: { variants: [{ name: 'Red' }, { name: 'Green' }, { name: 'Blue' }] } },
    scene: 0,
    scenes: [{ nodes: [0] }],
    nodes: [{ mesh: 0 }],
    meshes: [{ primitives: [{
      attributes: { POSITION: 0, NORMAL: 1 },
      material: 0,
      extensions: { KHR_materials_variants: { mappings: [0, 1, 2].map((i) => ({ material: i, variants: [i] })) } },
    }] }],
    materials: colours.map((colour) => ({
      pbrMetallicRoughness: { baseColorFactor: [...colour, 1] }, extensions: { KHR_materials_unlit: {} },
    })),
    animations: [{
      name: 'Slide',
      channels: [{ sampler: 0, target: { node: 0, path: 'translation' } }],
      samplers: [{ input: 2, output: 3 }],
    }],
    accessors: [
      { bufferView: 0, componentType: 5126, count: 36, type: 'VEC3', min: [-0.5, -0.5, -0.5], max: [0.5, 0.5, 0.5] },
      { bufferView: 1, componentType: 5126, count: 36, type: 'VEC3' },
      { bufferView: 2, componentType: 5126, count: 2, type: 'SCALAR', min: [0], max: [1] },
      { bufferView: 3, componentType: 5126, count: 2, type: 'VEC3' },
    ],
    bufferViews,
    buffers: [{ byteLength: byteOffset }],
    ...required,
  }, ...parts);
}

/** A `.gltf` of a red box whose buffer and texture lie beside it, under names that addresses must escape. */
export function boxBeside() {
  const [positions, normals] = boxGeometry();
  const uvs = Buffer.alloc(36 * 8);
  const png = new PNG({ width: 2, height: 2 });
  for (let i = 0; i < png.data.length; i += 4) png.data.set([255, 0, 0, 255], i);
  const gltf = {
    asset: { version: '2.0' },
    extensionsUsed: ['KHR_materials_unlit'],
    scenes: [{ nodes: [0] }],
    nodes: [{ mesh: 0 }],
    meshes: [{ primitives: [{ attributes: { POSITION: 0, NORMAL: 1, TEXCOORD_0: 2 }, material: 0 }] }],
    materials: [{ pbrMetallicRoughness: { baseColorTexture: { index: 0 } }, extensions: { KHR_materials_unlit: {} } }],
    textures: [{ source: 0 }],
    images: [{ uri: 'parts/red%231%3F.png' }],
    accessors: [
      { bufferView: 0, componentType: 5126, count: 36, type: 'VEC3', min: [-0.5, -0.5, -0.5], max: [0.5, 0.5, 0.5] },
      { bufferView: 1, componentType: 5126, count: 36, type: 'VEC3' },
      { bufferView: 2, componentType: 5126, count: 36, type: 'VEC2' },
    ],
    bufferViews: [0, 1, 2].map((i) => ({ buffer: 0, byteOffset: i * 432, byteLength: [432, 432, 288][i] })),
    buffers: [{ uri: 'box%20100%25.bin', byteLength: 1152 }],
  };
  return {
    '/beside/box.gltf': JSON.stringify(gltf),
    '/beside/box 100%.bin': Buffer.concat([positions, normals, uvs]),
    '/beside/parts/red#1?.png': PNG.sync.write(png),
  };
}

/** Whether a colour is mostly red, green or blue. */
export const isRed = ([r, g, b]) => r > 120 && g < 90 && b < 90;
export const isGreen = ([r, g, b]) => g > 120 && r < 110 && b < 110;
export const isBlue = ([r, g, b]) => b > 120 && r < 110 && g < 110;

/** The part of a picture for which `is` holds. */
export function part(picture, is) {
  let count = 0;
  for (let i = 0; i < picture.data.length; i += 4) count += is(picture.data.subarray(i, i + 3)) ? 1 : 0;
  return count / (picture.width * picture.height);
}

/** Runs on the page: keeps what the browser gives away, so that a test can break it. */
export function keys() {
  globalThis.devices = [];
  globalThis.contexts = [];
  if (globalThis.GPUAdapter) {
    const request = GPUAdapter.prototype.requestDevice;
    GPUAdapter.prototype.requestDevice = async function (...args) {
      const device = await request.apply(this, args);
      globalThis.devices.push(device);
      return device;
    };
  }
  const get = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, ...args) {
    const context = get.call(this, kind, ...args);
    if (kind === 'webgl2' && context && !globalThis.contexts.includes(context)) globalThis.contexts.push(context);
    return context;
  };
}

/** Runs on the page: takes the graphics away. */
export const lose = () => {
  if (globalThis.devices.length) globalThis.devices.at(-1).destroy();
  else globalThis.contexts.at(-1).getExtension('WEBGL_lose_context').loseContext();
};

export const STYLE = 'html{color-scheme:light}body{margin:0;background:#fff}anprobe-viewer{width:200px;height:150px}';

/** A page with this body; `anprobe.js` comes from `code`. */
export function html(body, { code = '', lang = 'en', head = '' } = {}) {
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>test</title>`
    + `<meta name="viewport" content="width=device-width">${head}`
    + `<link rel="stylesheet" href="/style.css">`
    + `<script type="module" crossorigin src="${code}/anprobe.js"></script></head><body>${body}</body></html>`;
}

/** One viewer, `id=v`, whose picture is always red on white unless told otherwise. */
export function viewer(attributes = '') {
  return `<anprobe-viewer id="v" src="/box.glb" alt="A box" interaction-prompt="none" ${attributes}></anprobe-viewer>`;
}

/**
 * A site with a box and what else a test needs, and one browser for a backend. `code` is the site with the element's
 * own files: another one with `elsewhere`. Pages may connect to `friends`, which are origins.
 */
export async function stage(backend, { pages = {}, flags = [], elsewhere = false, friends = [], ...options } = {}) {
  const served = { '/style.css': STYLE, '/tall.css': '.tall{height:4000px}', '/box.glb': box(), ...pages };
  const other = elsewhere ? await serve() : undefined;
  const named = other ? CSP.replace(/(script|connect)-src 'self'/g, `$& ${other.origin}`) : CSP;
  const csp = named.replace("connect-src 'self'", ["connect-src 'self'", ...friends].join(' '));
  const site = await serve({ pages: served, csp, ...options });
  const code = other ?? site;
  const browser = await launch(backend, flags);
  let number = 0;
  const close = async () => {
    await browser.close();
    await Promise.all([site.close(), other?.close()]);
  };
  /** Opens a page with this body and keeps a diary of its viewer's events. */
  async function show(body, { page: settings, ...more } = {}) {
    const path = `/page${++number}`;
    served[path] = html(body, { code: other?.origin, ...settings });
    const opened = await open(browser, site.origin + path, { ...more, before: async (page) => {
      await page.addInitScript(diary);
      await more.before?.(page);
    } });
    return { ...opened, ...reader(opened.page) };
  }
  /** Closes what a test, failed or not, has left open. */
  const tidy = () => Promise.all(browser.contexts().map((context) => context.close()));
  return { site, code, browser, show, tidy, close };
}

/** Runs on the page: writes down every event of every viewer. */
function diary() {
  globalThis.diary = [];
  const names = ['load', 'error', 'progress', 'camera-change', 'model-visibility', 'poster-dismissed', 'variant-applied',
    'environment-change', 'play', 'pause', 'loop', 'finished', 'configuration-change', 'conflict'];
  for (const name of names) {
    document.addEventListener(name, ({ target, detail }) => {
      if (target?.localName === 'anprobe-viewer') globalThis.diary.push({ name, id: target.id, ...detail, ...(name === 'conflict' && { name }), sourceError: String(detail?.sourceError) });
    }, true);
  }
}

/** What the element's statistics are, in their order. */
const COUNTED = ['backend', 'pipelines', 'drawCalls', 'triangles', 'bufferBytes', 'textureBytes', 'frames', 'wasmBytes', 'viewers'];
/** Where the number of drawn frames is among them. */
export const FRAMES = COUNTED.indexOf('frames');

/** What tests ask a page. */
function reader(page) {
  const events = (name) => page.evaluate((name) => globalThis.diary.filter((entry) => !name || entry.name === name), name);
  /** Waits until there are `count` events of this name. */
  const event = async (name, count = 1, timeout = 60_000) => {
    await page.waitForFunction(([name, count]) => globalThis.diary.filter((entry) => entry.name === name).length >= count, [name, count], { timeout });
    return (await events(name))[count - 1];
  };
  /** Two frames later everything that was ordered is on the screen; where graphics are slow, when it is sharp. */
  const settle = () => page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const pending = () => [...document.querySelectorAll('anprobe-viewer')].some((viewer) => viewer[Symbol.for('anprobe.pending')]?.());
    await frame();
    for (const start = performance.now(); await frame(), pending() && performance.now() - start < 30_000;);
    await new Promise((resolve) => setTimeout(resolve, 50));
  });
  /** Waits until the camera rests and no picture is on its way: where pictures take long, they come behind the page. */
  const rest = async () => {
    await page.evaluate(async () => {
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const now = () => {
        const viewer = document.querySelector('anprobe-viewer');
        return `${viewer.getCameraOrbit()} ${viewer[Symbol.for('anprobe.statistics')]()}`;
      };
      let [before, still] = ['', 0];
      // What plays never ends.
      for (const end = performance.now() + 8000; still < 5 && performance.now() < end;) {
        await frame();
        const state = now();
        still = state === before ? still + 1 : 0;
        before = state;
      }
    });
    await settle();
  };
  const statistics = async (id = 'v') => {
    const figures = await page.evaluate((id) => document.getElementById(id)[Symbol.for('anprobe.statistics')](), id);
    return figures && Object.fromEntries(COUNTED.map((name, at) => [name, figures[at]]));
  };
  const orbit = () => page.evaluate(() => {
    const { theta, phi, radius } = document.querySelector('anprobe-viewer').getCameraOrbit();
    return { theta, phi, radius };
  });
  return { events, event, settle, rest, statistics, orbit };
}
