// A page whose customer has a phone or a headset: the emulator, the synthetic room of `tests/xr/`, and its pixels.
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { PNG } from 'pngjs';
import { box, isRed } from './fixtures.mjs';

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
  const until = async (act, argument, timeout = 60_000) => {
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

export const SHIELD = '#v{position:absolute;inset:0;width:100%;height:100%}';
/** A box of half a metre that may be red or green, and may have a green lid. */
const sized = (name, more = {}) => box({ required: { nodes: [{ name, mesh: 0, scale: [0.5, 0.5, 0.5], ...more.node }], ...more.file } });
const unlit = (colour) => ({ pbrMetallicRoughness: { baseColorFactor: [...colour, 1] }, extensions: { KHR_materials_unlit: {} } });
const choice = (id, number, name, effects) => ({ id, number, name, effects });
export const PRODUCT = {
  '/p/box.glb': sized('box'),
  '/p/lid.glb': box({ required: { nodes: [{ name: 'lid', mesh: 0, translation: [0, 0.62, 0], scale: [0.7, 0.2, 0.7] }], materials: [[0, 1, 0], [0, 1, 0], [0, 1, 0]].map(unlit) } }),
  '/p/box.json': JSON.stringify({
    anprobe: 1, id: 'box', name: 'Box', models: [{ id: 'box', src: 'box.glb' }, { id: 'lid', src: 'lid.glb' }],
    groups: [
      { id: 'paint', number: 1, name: 'Paint', choices: [choice('red', 1, 'Red', [{ variant: 'Red' }]), choice('green', 2, 'Green', [{ variant: 'Green' }])] },
      { id: 'lid', number: 2, name: 'Lid', choices: [choice('none', 1, 'None', []), choice('flat', 2, 'Flat', [{ mount: { part: 'lid', socket: 'box' } }])] },
    ],
    price: { currency: 'EUR', base: 1000 },
    align: [['a', 'Left, top', [-0.24, 0.25, 0.24]], ['b', 'Right, top', [0.24, 0.25, 0.24]], ['c', 'Back, top', [0.24, 0.25, -0.24]], ['d', 'Left, below', [-0.24, -0.23, 0.25]]]
      .map(([id, name, position]) => ({ id, name, position })),
  }),
};
export const HALF = 'scale="0.5 0.5 0.5"';
export const isBox = ([r, g, b, a]) => a > 200 && isRed([r, g, b]);
export const isClear = ([, , , a]) => a === 0;

export const close = (found, wanted, most, what = '') => assert.ok(Math.abs(found - wanted) <= most, `${what} ${found}, not ${wanted} ± ${most}`);
export const at = (pose) => pose.slice(12, 15);
export const scaleOf = (pose) => Math.hypot(...pose.slice(0, 3));

/** From the first look to a product that stands. */
export async function placed(room) {
  await room.look([0, 1.4, 0], -0.7);
  await room.begin();
  await room.until(() => document.querySelector('#v').room?.hint === 'tap');
  await room.touch(0.5, 0.5);
  await room.until(() => document.querySelector('#v').getAttribute('ar-status') === 'object-placed');
}

/** What a headset draws: left and right half. */
export const halves = (picture) => [[0, picture.width / 2], [picture.width / 2, picture.width]];
export const trigger = async (room, hand, value) => {
  await room.page.evaluate(([hand, value]) => globalThis.room.device.controllers[hand].updateButtonValue('trigger', value), [hand, value]);
  await room.frames(3);
};
export const aim = (room, hand, [x, y, z], pitch = 0, yaw = 0) => room.page.evaluate(([hand, [x, y, z], pitch, yaw]) => {
  const controller = globalThis.room.device.controllers[hand];
  controller.position.set(x, y, z);
  const [a, b] = [pitch / 2, yaw / 2];
  controller.quaternion.set(Math.sin(a) * Math.cos(b), Math.cos(a) * Math.sin(b), -Math.sin(a) * Math.sin(b), Math.cos(a) * Math.cos(b));
}, [hand, [x, y, z], pitch, yaw]);
