// A page whose customer has a phone or a headset: the emulator, the synthetic room of `tests/xr/`, and its pixels.
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { PNG } from 'pngjs';

const file = (path) => fileURLToPath(new URL(path, import.meta.url));
const emulator = await readFile(createRequire(import.meta.url).resolve('iwer/package.json').replace('package.json', 'build/iwer.min.js'), 'utf8');
const room = await readFile(file('../xr/room.js'), 'utf8');
const TO = file('../../target/xr/');

/** What pages around a room are served. */
export const SERVED = { '/iwer.js': emulator, '/room.js': room };
/** Before the element's module. */
export const HEAD = '<script src="/iwer.js"></script><script src="/room.js"></script>';

/** The two kinds of layer: what the emulator gives, and what devices give. */
export const LAYERS = [{ name: 'the canvas itself', framebuffer: undefined }, { name: 'a framebuffer of its own', framebuffer: [800, 1400] }];

/** Opens a page in a room. `setup` as `tests/xr/room.js` reads it. */
export async function enter(it, body, setup, { width = 400, height = 700, head = '', waits = true, ...more } = {}) {
  const shown = await it.show(body, {
    page: { head: HEAD + head },
    context: { viewport: { width, height }, reducedMotion: 'reduce', permissions: [] },
    before: async (page) => {
      await page.addInitScript((setup) => { globalThis.roomSetup = setup; }, { framebuffer: undefined, ...setup });
      await page.addInitScript(() => {
        globalThis.heard = [];
        for (const name of ['ar-status', 'ar-tracking', 'ar-room']) document.addEventListener(name, ({ detail }) => globalThis.heard.push([name, detail.status ?? detail.hint]), true);
      });
      await more.before?.(page);
    },
  });
  const { page } = shown;
  if (waits) await shown.event('load', 1, 60_000);
  const until = async (act, argument, timeout = 30_000) => {
    const text = `(${act})(${JSON.stringify(argument)})`;
    for (const end = Date.now() + timeout; ; await page.waitForTimeout(60)) {
      const found = await page.evaluate(text);
      if (found) return found;
      assert.ok(Date.now() < end, `waited for ${act}`);
    }
  };
  const frames = (count = 2) => page.evaluate(async (count) => {
    for (const end = globalThis.room.frames + count; globalThis.room.frames < end;) await new Promise((resolve) => setTimeout(resolve, 10));
  }, count);
  const api = {
    ...shown, until, frames,
    state: () => page.evaluate(() => document.querySelector('#v').room),
    status: () => page.evaluate(() => document.querySelector('#v').getAttribute('ar-status')),
    heard: () => page.evaluate(() => globalThis.heard),
    placed: () => page.evaluate(() => [...document.querySelector('#v')[Symbol.for('anprobe.placed')]()]),
    /** Into the room by the button. */
    tap: async () => {
      await until(() => document.querySelector('#v').canActivateAR === true);
      await page.locator('#v').getByRole('button', { name: /room|VR/ }).first().click();
    },
    begin: async (wait = true) => {
      await api.tap();
      if (wait) await until(() => document.querySelector('#v').getAttribute('ar-status') === 'session-started' || document.querySelector('#v').getAttribute('ar-status') === 'object-placed');
    },
    look: (position, pitch = 0, yaw = 0) => page.evaluate(([[x, y, z], pitch, yaw]) => {
      const { device } = globalThis.room;
      device.position.set(x, y, z);
      const [a, b] = [pitch / 2, yaw / 2];
      device.quaternion.set(Math.sin(a) * Math.cos(b), Math.cos(a) * Math.sin(b), -Math.sin(a) * Math.sin(b), Math.cos(a) * Math.cos(b));
    }, [position, pitch, yaw]),
    down: (id, x, y) => page.evaluate(([id, x, y]) => globalThis.room.down(id, x, y), [id, x, y]),
    move: (id, x, y) => page.evaluate(([id, x, y]) => globalThis.room.move(id, x, y), [id, x, y]),
    up: (id) => page.evaluate((id) => globalThis.room.up(id), id),
    touch: async (x, y) => {
      await api.down(1, x, y);
      await frames(2);
      await api.up(1);
      await frames(2);
    },
    /** The layer's pixels, also as a file. */
    picture: async (name) => {
      const { width, height, data, error } = await page.evaluate(() => globalThis.room.picture());
      assert.equal(error, 0, 'no error of WebGL');
      const pixels = Buffer.from(data, 'base64');
      const at = (x, y) => [...pixels.subarray(4 * (Math.floor(y) * width + Math.floor(x)), 4 * (Math.floor(y) * width + Math.floor(x)) + 4)];
      if (name) {
        const png = new PNG({ width, height });
        pixels.copy(png.data);
        // As the room would be seen behind it: grey.
        for (let i = 0; i < pixels.length; i += 4) {
          const left = 1 - pixels[i + 3] / 255;
          for (const part of [0, 1, 2]) png.data[i + part] = Math.min(255, pixels[i + part] + 190 * left);
          png.data[i + 3] = 255;
        }
        await mkdir(TO, { recursive: true });
        await writeFile(`${TO}${name}.png`, PNG.sync.write(png));
      }
      return { width, height, data: pixels, at };
    },
    /** What the customer sees. */
    shot: async (name) => {
      await mkdir(TO, { recursive: true });
      await page.screenshot({ path: `${TO}${name}.png` });
    },
  };
  return api;
}

/** The box of pixels for which `is` holds, in a part of a picture, and how many there are. */
export function extent({ width, height, data }, is, [left, right] = [0, width]) {
  const found = { left: Infinity, right: -1, top: Infinity, bottom: -1, count: 0 };
  for (let y = 0; y < height; y += 1) {
    for (let x = left; x < right; x += 1) {
      const at = 4 * (y * width + x);
      if (!is(data.subarray(at, at + 4))) continue;
      found.left = Math.min(found.left, x);
      found.right = Math.max(found.right, x);
      found.top = Math.min(found.top, y);
      found.bottom = Math.max(found.bottom, y);
      found.count += 1;
    }
  }
  return found;
}
