// The viewers: each shows one model in one light from one camera, over white, and says what the model covers.
import { decode, open } from '../pages/harness.mjs';

/** A subpixel of four makes 64 levels; below this it is noise. */
const COVERED_LEVELS = 10;
const STILL_TRIES = 40;

/**
 * What a model covers, from the same view over white and over black.
 * @param {{ data: Uint8Array }} white
 * @param {{ data: Uint8Array }} black
 */
export function coverage(white, black) {
  const mask = new Uint8Array(white.data.length / 4);
  for (let pixel = 0; pixel < mask.length; pixel += 1) {
    const at = 4 * pixel;
    const through = Math.max(...[0, 1, 2].map((channel) => white.data[at + channel] - black.data[at + channel]));
    mask[pixel] = through < 255 - COVERED_LEVELS ? 1 : 0;
  }
  return mask;
}

/** Waits until a page's script has run. */
async function ready(tab) {
  for (let round = 0; round < 600; round += 1) {
    if (await tab.page.evaluate(() => globalThis.ready)) return;
    if (tab.errors.length) throw new Error(`its page failed: ${tab.errors[0]}`);
    await tab.page.waitForTimeout(100);
  }
  throw new Error('its page does not start');
}

/** Khronos glTF Sample Viewer, which is the reference. */
export class Khronos {
  #tab;

  static async start(browser, origin) {
    const viewer = new Khronos();
    viewer.#tab = await open(browser, `${origin}/khronos.html`);
    await ready(viewer.#tab);
    return viewer;
  }

  /** The box that the model fills: `{ min, max }` in metres. */
  async load(url, light, size) {
    return this.#tab.page.evaluate((job) => globalThis.load(job), { url, light, size });
  }

  /** Of the model loaded last. */
  async shoot(camera) {
    const [white, black] = await this.#tab.page.evaluate((job) => [globalThis.draw(job, 1), globalThis.draw(job, 0)], camera);
    return pair(bytes(white), bytes(black));
  }
}

/** An element that takes model-viewer's attributes: model-viewer, or ours. */
export class Element {
  #tab;

  static async start(browser, origin, { tag, script, backend }, size) {
    const viewer = new Element();
    const query = new URLSearchParams({ tag, script, ...(backend && { backend }) });
    const context = { viewport: { width: size, height: size }, deviceScaleFactor: 1 };
    viewer.#tab = await open(browser, `${origin}/element.html?${query}`, { context });
    await ready(viewer.#tab);
    return viewer;
  }

  async shoot(url, light, size, camera) {
    const { page } = this.#tab;
    const got = await page.evaluate((job) => globalThis.show(job), { url, light, size, camera });
    const off = [got.orbit.radius / camera.radius - 1, (got.fov - camera.fov) / camera.fov];
    if (off.some((value) => Math.abs(value) > 1e-3)) {
      throw new Error(`its camera is elsewhere: radius ${got.orbit.radius} m, field of view ${got.fov}deg`);
    }
    const white = await this.#still();
    await page.evaluate(() => globalThis.behind('black'));
    const black = await this.#still();
    await page.evaluate(() => globalThis.behind('white'));
    return pair(white, black);
  }

  /** A picture that has stopped changing and is not empty. */
  async #still() {
    let last;
    for (let round = 0; round < STILL_TRIES; round += 1) {
      const next = await this.#tab.page.screenshot({ animations: 'disabled' });
      if (last?.equals(next) && !empty(next)) return next;
      last = next;
      await this.#tab.page.waitForTimeout(60);
    }
    throw new Error('its picture does not come to rest, or stays empty');
  }
}

function empty(png) {
  const { data } = decode(png);
  for (let at = 4; at < data.length; at += 4) {
    if (data[at] !== data[0] || data[at + 1] !== data[1] || data[at + 2] !== data[2]) return false;
  }
  return true;
}

function bytes(url) {
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}

function pair(whitePng, blackPng) {
  const white = decode(whitePng);
  return { picture: white, black: blackPng, mask: coverage(white, decode(blackPng)) };
}
