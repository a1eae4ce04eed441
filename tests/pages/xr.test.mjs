// The product in a room, on an emulated phone and headset: what is asked, what is seen, how it is moved, and how it ends.
// DOM overlay, touches, light and the room are stand-ins of ours (`tests/xr/room.js`).
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { box, isGreen, isRed, stage, viewer } from './fixtures.mjs';
import { decode } from './harness.mjs';
import { LAYERS, SERVED, enter, extent } from './room.mjs';

const SHIELD = '#v{position:absolute;inset:0;width:100%;height:100%}';
/** A box of half a metre that may be red or green, and may have a green lid. */
const sized = (name, more = {}) => box({ required: { nodes: [{ name, mesh: 0, scale: [0.5, 0.5, 0.5], ...more.node }], ...more.file } });
const unlit = (colour) => ({ pbrMetallicRoughness: { baseColorFactor: [...colour, 1] }, extensions: { KHR_materials_unlit: {} } });
const choice = (id, number, name, effects) => ({ id, number, name, effects });
const PRODUCT = {
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
const HALF = 'scale="0.5 0.5 0.5"';
const isBox = ([r, g, b, a]) => a > 200 && isRed([r, g, b]);
const isClear = ([, , , a]) => a === 0;

const close = (found, wanted, most, what = '') => assert.ok(Math.abs(found - wanted) <= most, `${what} ${found}, not ${wanted} ± ${most}`);
const at = (pose) => pose.slice(12, 15);
const scaleOf = (pose) => Math.hypot(...pose.slice(0, 3));

describe('webgl', () => {
  let it;
  before(async () => { it = await stage('webgl', { pages: { ...SERVED, ...PRODUCT, '/full.css': SHIELD } }); });
  afterEach(() => it.tidy());
  after(() => it?.close());

  const head = '<link rel="stylesheet" href="/full.css">';
  const phone = (attributes = '', setup = {}, more = {}) => enter(it, viewer(`ar ${attributes}`), { device: 'phone', overlay: true, ...setup }, { head, ...more });
  const goggles = (attributes = '', setup = {}, more = {}) => enter(it, viewer(`ar ${attributes}`), { device: 'quest3', ...setup }, { head, width: 1000, height: 500, ...more });

  /** From the first look to a product that stands. */
  async function placed(room) {
    await room.look([0, 1.4, 0], -0.7);
    await room.begin();
    await room.until(() => document.querySelector('#v').room?.hint === 'tap');
    await room.touch(0.5, 0.5);
    await room.until(() => document.querySelector('#v').getAttribute('ar-status') === 'object-placed');
  }

  for (const { name, framebuffer } of LAYERS) {
    test(`a phone, ${name}: find the floor, place, drag, twist, pinch with a rest at true size, end`, async () => {
      const room = await phone(HALF, { framebuffer });
      const kind = framebuffer ? 'buffer' : 'canvas';
      await room.until(() => document.querySelector('#v').getAttribute('ar-status') === 'not-presenting');
      await room.shot(`phone-${kind}-0-page`);
      await room.look([0, 1.4, 0], 0.6);
      await room.begin();
      const asked = await room.page.evaluate(() => globalThis.room.asked);
      assert.deepEqual(asked.map(({ mode, required, active }) => [mode, required, active]), [['immersive-ar', ['local'], true]]);
      assert.deepEqual(asked[0].optional, ['local-floor', 'hit-test', 'anchors', 'dom-overlay', 'depth-sensing', 'plane-detection']);
      // The sky has no floor.
      await room.frames(3);
      assert.equal((await room.state()).hint, 'look-floor');
      const sky = await room.picture(`phone-${kind}-1-sky`);
      assert.equal(extent(sky, isClear).count, sky.width * sky.height, 'the room is seen through');
      await room.look([0, 1.4, 0], -0.7);
      await room.until(() => document.querySelector('#v').room.hint === 'tap');
      const reticle = await room.picture(`phone-${kind}-2-reticle`);
      const white = extent(reticle, ([r, g, b, a]) => a > 200 && r > 200 && g > 200 && b > 200);
      assert.ok(white.count > 50, `the footprint is seen: ${white.count}`);
      await room.shot(`phone-${kind}-2-reticle-page`);
      await room.touch(0.5, 0.5);
      await room.until(() => document.querySelector('#v').getAttribute('ar-status') === 'object-placed');
      const pose = await room.placed();
      close(at(pose)[1], 0.25, 0.006, 'its middle is half its height above the floor:');
      close(scaleOf(pose), 1, 0.003, 'true size');
      const stands = await room.picture(`phone-${kind}-3-placed`);
      await room.shot(`phone-${kind}-3-placed-page`);
      const box = extent(stands, isBox);
      assert.ok(box.count > 500, `${box.count} pixels of the product`);
      assert.ok(isClear(stands.at(3, 3)) && isClear(stands.at(stands.width - 4, 3)), 'clear around it');
      // Right side up: it stands where the floor was tapped, so that most of it is above the middle.
      assert.ok(stands.height / 2 - box.top > box.bottom - stands.height / 2, `upright: ${JSON.stringify(box)}`);
      // Its size as a pinhole sees it.
      const focal = stands.height / 2 / Math.tan(1.1 / 2);
      const distance = Math.hypot(at(pose)[0], 1.4 - at(pose)[1], at(pose)[2]);
      const seen = (box.right - box.left) / focal * distance;
      assert.ok(seen > 0.49 && seen < 0.62, `half a metre wide, its near edge a little more: ${seen}`);

      // Drag: by a finger on it.
      await room.down(2, 0.5, 0.5);
      await room.frames();
      await room.move(2, 0.65, 0.5);
      await room.frames();
      await room.up(2);
      const dragged = await room.placed();
      assert.ok(at(dragged)[0] - at(pose)[0] > 0.1, `${at(dragged)}`);
      close(at(dragged)[1], at(pose)[1], 1e-4, 'stays on the floor');
      // Twist: by two.
      const pair = async (id, x, y) => room.down(id, x, y);
      await pair(3, 0.4, 0.5);
      await pair(4, 0.6, 0.5);
      await room.frames();
      // As far apart as before: 0.12 of the width are 0.069 of the height.
      await room.move(3, 0.42, 0.5 + 0.0343);
      await room.move(4, 0.58, 0.5 - 0.0343);
      await room.frames();
      await room.up(3);
      await room.up(4);
      const twisted = await room.placed();
      assert.ok(Math.abs(twisted[2] - dragged[2]) > 0.1, 'turned');
      // Pinch: a little does nothing.
      const spread = async (halves) => {
        await pair(5, 0.5 - halves[0], 0.5);
        await pair(6, 0.5 + halves[0], 0.5);
        for (const half of halves) {
          await room.move(5, 0.5 - half, 0.5);
          await room.move(6, 0.5 + half, 0.5);
          await room.frames(1);
        }
        await room.up(5);
        await room.up(6);
        await room.frames(1);
      };
      await spread([0.2, 0.21]);
      close(scaleOf(await room.placed()), 1, 1e-5, 'held at true size');
      await spread([0.1, 0.15, 0.2]);
      const scale = scaleOf(await room.placed());
      close(scale, 2 / 1.1, 0.1, 'scaled');
      await room.picture(`phone-${kind}-4-scaled`);
      await room.shot(`phone-${kind}-4-scaled-page`);
      await room.page.getByRole('button', { name: '1:1' }).click();
      await room.frames();
      close(scaleOf(await room.placed()), 1, 1e-5, 'and back');
      await room.page.getByRole('button', { name: 'Leave the room' }).click();
      await room.until(() => document.querySelector('#v').getAttribute('ar-status') === 'not-presenting');
      assert.equal(await room.page.evaluate(() => document.querySelector('#v').getAttribute('ar-tracking')), 'not-tracking');
      assert.deepEqual((await room.heard()).filter(([name]) => name === 'ar-status').map(([, status]) => status), ['session-started', 'object-placed', 'not-presenting']);
      await room.settle();
      await room.shot(`phone-${kind}-5-page`);
      assert.deepEqual([room.errors, room.violations], [[], []]);
    });
  }

  /** What a headset draws: left and right half. */
  const halves = (picture) => [[0, picture.width / 2], [picture.width / 2, picture.width]];
  const trigger = async (room, hand, value) => {
    await room.page.evaluate(([hand, value]) => globalThis.room.device.controllers[hand].updateButtonValue('trigger', value), [hand, value]);
    await room.frames(3);
  };
  const aim = (room, hand, [x, y, z], pitch = 0, yaw = 0) => room.page.evaluate(([hand, [x, y, z], pitch, yaw]) => {
    const controller = globalThis.room.device.controllers[hand];
    controller.position.set(x, y, z);
    const [a, b] = [pitch / 2, yaw / 2];
    controller.quaternion.set(Math.sin(a) * Math.cos(b), Math.cos(a) * Math.sin(b), -Math.sin(a) * Math.sin(b), Math.cos(a) * Math.cos(b));
  }, [hand, [x, y, z], pitch, yaw]);

  for (const { name, framebuffer } of LAYERS) {
    test(`a headset, ${name}: placed by a controller at true size on the floor, each eye right side up, parallax right`, async () => {
      const room = await goggles(HALF, { framebuffer: framebuffer && [1600, 800] });
      const kind = framebuffer ? 'buffer' : 'canvas';
      await room.look([0, 1.6, 0], -0.35);
      await aim(room, 'right', [0.2, 1.3, -0.2], -0.6);
      await aim(room, 'left', [-0.2, 1.3, -0.2], -0.6);
      await room.begin();
      await room.until(() => document.querySelector('#v').room?.hint === 'tap');
      await room.picture(`headset-${kind}-1-reticle`);
      await trigger(room, 'right', 1);
      await trigger(room, 'right', 0);
      await room.until(() => document.querySelector('#v').getAttribute('ar-status') === 'object-placed');
      const pose = await room.placed();
      close(at(pose)[1], 0.25, 1e-4, 'it stands on the floor:');
      close(scaleOf(pose), 1, 1e-4, 'true size');
      await aim(room, 'right', [0.6, 1.0, 0.4], 1.2);
      await aim(room, 'left', [-0.6, 1.0, 0.4], 1.2);
      await room.frames(3);
      const eyes = await room.picture(`headset-${kind}-2-placed`);
      const [left, right] = halves(eyes).map((range) => extent(eyes, isBox, range));
      assert.ok(left.count > 300 && right.count > 300, `${left.count} ${right.count}`);
      // What is nearer than endless is farther to the left in the right eye: by the eyes' distance over the product's.
      const focal = eyes.height / 2 / Math.tan(Math.PI / 4);
      const ahead = Math.cos(0.35) * -at(pose)[2] - Math.sin(0.35) * (at(pose)[1] - 1.6) - 0.25;
      const shift = ((left.left + left.right) - (right.left + right.right - eyes.width)) / 2;
      const wanted = 0.063 * focal / ahead;
      assert.ok(shift / wanted > 0.85 && shift / wanted < 1.2, `parallax ${shift}, not ${wanted}`);
      close(left.top, right.top, 1, 'eyes are level');
      assert.ok(isClear(eyes.at(2, eyes.height - 3)) && isClear(eyes.at(eyes.width - 3, 2)), 'clear passthrough');
      const state = await room.state();
      assert.ok(state.menu, 'no page is seen: a menu stands in the room');
      await room.page.evaluate(() => globalThis.room.session.end());
      await room.until(() => document.querySelector('#v').getAttribute('ar-status') === 'not-presenting');
      assert.deepEqual([room.errors, room.violations], [[], []]);
    });
  }

  test('two controllers scale what may be scaled, and never what is fixed', async () => {
    const room = await goggles(`${HALF} ar-scale="fixed"`);
    await room.look([0, 1.6, 0], -0.35);
    await aim(room, 'right', [0.1, 1.3, -0.2], -0.6);
    await aim(room, 'left', [-0.1, 1.3, -0.2], -0.6);
    await room.begin();
    await room.until(() => document.querySelector('#v').room?.hint === 'tap');
    await trigger(room, 'right', 1);
    await trigger(room, 'right', 0);
    await room.until(() => document.querySelector('#v').getAttribute('ar-status') === 'object-placed');
    const spread = async () => {
      await trigger(room, 'right', 1);
      await trigger(room, 'left', 1);
      for (const half of [0.15, 0.2, 0.3, 0.4]) {
        await aim(room, 'right', [half, 1.3, -0.2], -0.6);
        await aim(room, 'left', [-half, 1.3, -0.2], -0.6);
        await room.frames(2);
      }
      await trigger(room, 'right', 0);
      await trigger(room, 'left', 0);
      await aim(room, 'right', [0.1, 1.3, -0.2], -0.6);
      await aim(room, 'left', [-0.1, 1.3, -0.2], -0.6);
      await room.frames(2);
    };
    await spread();
    close(scaleOf(await room.placed()), 1, 1e-5, 'fixed');
    await room.page.evaluate(() => { document.querySelector('#v').arScale = 'auto'; });
    await spread();
    const scale = scaleOf(await room.placed());
    assert.ok(scale > 1.5 && scale < 4.1, `${scale}`);
  });

  test('a refusal leaves the button, says why, and the next tap works', async () => {
    const room = await phone(HALF, { refuse: 'NotAllowedError' });
    await room.tap();
    await room.until(() => document.querySelector('#v').getAttribute('ar-status') === 'failed');
    const said = room.page.locator('#v').getByRole('dialog');
    assert.match(await said.innerText(), /allow/);
    await room.shot('phone-refused');
    await said.getByRole('button', { name: 'Close' }).click();
    await room.page.evaluate(() => { globalThis.room.refuse = undefined; });
    await room.look([0, 1.4, 0], -0.7);
    await room.begin();
    assert.equal(await room.status(), 'session-started');
    assert.deepEqual(room.errors, []);
  });

  test('without a tap the browser says no, and the page hears it', async () => {
    const room = await phone(HALF, { activation: true });
    await room.until(() => document.querySelector('#v').canActivateAR === true);
    await room.page.evaluate(() => document.querySelector('#v').activateAR());
    assert.equal(await room.status(), 'failed');
    assert.equal(await room.page.evaluate(() => globalThis.room.asked[0].active), false);
    await room.page.locator('#v').getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await room.begin();
    assert.equal(await room.page.evaluate(() => globalThis.room.asked[1].active), true);
    assert.deepEqual(room.errors, []);
  });

  test('a session without hit tests places on the floor that is there', async () => {
    const room = await phone(HALF, { hits: false });
    await placed(room);
    close(at(await room.placed())[1], 0.25, 1e-3, 'on the floor');
    assert.deepEqual(room.errors, []);
  });

  test('tracking that is lost is said, and the product waits', async () => {
    const room = await phone(HALF);
    await placed(room);
    const before = await room.placed();
    await room.page.evaluate(() => { globalThis.room.lost = true; });
    await room.until(() => document.querySelector('#v').getAttribute('ar-tracking') === 'not-tracking');
    assert.equal((await room.state()).hint, 'lost');
    await room.shot('phone-lost');
    await room.page.evaluate(() => { globalThis.room.lost = false; });
    await room.until(() => document.querySelector('#v').getAttribute('ar-tracking') === 'tracking');
    assert.deepEqual((await room.placed()).map((one) => Math.round(one * 1e4)), before.map((one) => Math.round(one * 1e4)));
  });

  const loses = (room) => room.page.evaluate(() => globalThis.room.session.renderState.baseLayer.context.getExtension('WEBGL_lose_context').loseContext());
  for (const { name, framebuffer } of LAYERS) {
    test(`a lost context ends the session, and the page has its picture again, ${name}`, async () => {
      const room = await phone(HALF, { framebuffer });
      await placed(room);
      await loses(room);
      await room.until(() => document.querySelector('#v').getAttribute('ar-status') === 'not-presenting');
      await room.event('load', 2, 60_000);
      const error = await room.event('error');
      assert.deepEqual([error.type, error.code], ['webglcontextlost', 'GRAPHICS_LOST']);
      assert.equal(await room.page.evaluate(() => globalThis.room.session.ended ?? document.querySelector('#v').getAttribute('ar-tracking')), 'not-tracking');
      const frames = await room.page.evaluate(() => globalThis.room.frames);
      await room.page.waitForTimeout(400);
      assert.ok(await room.page.evaluate(() => globalThis.room.frames) - frames <= 1, 'no picture is drawn into nothing');
      await room.settle();
      const { data } = decode(await room.page.screenshot());
      let red = 0;
      for (let i = 0; i < data.length; i += 4) red += isRed([data[i], data[i + 1], data[i + 2]]) ? 1 : 0;
      assert.ok(red > 5000, `the page shows the product: ${red}`);
      await placed(room);
      assert.equal(await room.page.evaluate(() => globalThis.room.sessions), 2);
      assert.ok(extent(await room.picture(), isBox).count > 500);
    });
  }

  test('a session may begin while the model is on its way', async () => {
    it.site.faults['/box.glb'] = { delay: 4000, times: 1 };
    const room = await phone(HALF, {}, { waits: false });
    await room.look([0, 1.4, 0], -0.7);
    await room.begin();
    assert.equal((await room.state())?.hint ?? 'loading', 'loading');
    await room.until(() => document.querySelector('#v').room?.hint === 'tap');
    await room.touch(0.5, 0.5);
    await room.until(() => document.querySelector('#v').getAttribute('ar-status') === 'object-placed');
    assert.ok(extent(await room.picture(), isBox).count > 500);
  });

  test('what is nearer in the room hides the product', async () => {
    const room = await phone(HALF, { depth: [0.6, 6] });
    await placed(room);
    await room.frames(3);
    const picture = await room.picture('phone-depth');
    const box = extent(picture, isBox);
    assert.ok(box.count > 300 && box.left >= picture.width / 2 - 1, `only the right half: ${JSON.stringify(box)}`);
    await room.page.evaluate(() => { globalThis.roomSetup.depth = [6, 6]; });
    await room.frames(3);
    assert.ok(extent(await room.picture(), isBox).left < picture.width / 2 - 20);
    assert.deepEqual(room.errors, []);
  });

  describe('a product', () => {
    const product = (attributes = '', setup = {}) => enter(it, `<anprobe-viewer id="v" product="/p/box.json" alt="A box" interaction-prompt="none" ar ${attributes}></anprobe-viewer>`,
      { device: 'phone', overlay: true, ...setup }, { head });
    const isLid = ([r, g, b, a]) => a > 200 && isGreen([r, g, b]);

    async function owned(setup) {
      const room = await product('', setup);
      await room.page.evaluate(() => {
        const viewer = document.querySelector('#v');
        viewer.owned = viewer.code;
        viewer.select('lid', 'flat');
      });
      await placed(room);
      return room;
    }

    test('options are changed in the room, by the panel over the camera', async () => {
      const room = await product();
      await placed(room);
      assert.equal(extent(await room.picture('phone-option-before'), isLid).count, 0);
      await room.page.getByRole('button', { name: 'Options' }).click();
      const panel = room.page.locator('#v anprobe-panel');
      await panel.getByRole('radio', { name: 'Green' }).or(panel.getByRole('button', { name: 'Green' })).first().click();
      await room.until(() => document.querySelector('#v').configuration.values.paint === 'green');
      await room.frames(4);
      const after = await room.picture('phone-option-after');
      assert.ok(extent(after, isLid).count > 300);
      await room.shot('phone-option-page');
      await room.page.evaluate(() => globalThis.room.session.end());
      await room.until(() => document.querySelector('#v').getAttribute('ar-status') === 'not-presenting');
      assert.equal(await room.page.evaluate(() => document.querySelector('#v').configuration.values.paint), 'green', 'the choice stays');
      assert.deepEqual([room.errors, room.violations], [[], []]);
    });

    test('before and after by one tap', async () => {
      const room = await owned();
      assert.ok(extent(await room.picture('phone-after'), isLid).count > 100);
      await room.page.getByRole('button', { name: 'Before/after' }).click();
      await room.until(() => document.querySelector('#v').room.before);
      await room.frames(3);
      const before = await room.picture('phone-before');
      assert.ok(extent(before, isLid).count === 0 && extent(before, isBox).count > 100);
      await room.page.getByRole('button', { name: 'Before/after' }).click();
      await room.frames(3);
      assert.ok(extent(await room.picture(), isLid).count > 100);
    });

    test('on the thing that is owned: aligned by fine steps, then only the upgrade is seen', async () => {
      const room = await owned();
      await room.page.getByRole('button', { name: 'On my own' }).click();
      await room.until(() => document.querySelector('#v').room.align === 'aligning');
      await room.frames(4);
      await room.until(() => document.querySelector('#v').room.hint === 'align');
      // The shaders of lines come when they are wanted.
      const isLine = ([r, g, b, a]) => a > 200 && r > 200 && g > 150 && b < 90;
      let outline;
      for (const end = Date.now() + 20_000; ; await room.frames(3)) {
        outline = await room.picture('phone-align');
        if (extent(outline, isLine).count > 100) break;
        assert.ok(Date.now() < end, 'an outline is seen');
      }
      await room.shot('phone-align-page');
      assert.equal(extent(outline, isBox).count, 0, 'what is owned is seen through');
      const line = extent(outline, isLine);
      assert.ok(line.count < 0.1 * (line.right - line.left) * (line.bottom - line.top), `thin: ${JSON.stringify(line)}`);
      const from = await room.placed();
      await room.page.getByRole('button', { name: 'Right', exact: true }).click();
      await room.frames();
      const to = await room.placed();
      close(at(to)[0] - at(from)[0], 0.002, 2e-4, 'a fine step');
      await room.page.getByRole('button', { name: 'Done' }).click();
      await room.until(() => document.querySelector('#v').room.align === 'aligned');
      await room.frames(4);
      const upgrade = await room.picture('phone-aligned');
      await room.shot('phone-aligned-page');
      const lid = extent(upgrade, isLid);
      assert.ok(lid.count > 100 && extent(upgrade, isBox).count + extent(upgrade, isLine).count === 0, 'the upgrade alone');
      // Its shadow lies on the real box: black of some alpha below the lid, above where the box stands.
      const shade = extent(upgrade, ([r, g, b, a]) => a > 4 && a < 250 && r < 30 && g < 30 && b < 30);
      assert.ok(shade.count > 50 && shade.bottom > lid.bottom, `shadow on what is owned: ${JSON.stringify(shade)}`);
      // From the floor one sees the lid's edge alone: the box before it hides the rest.
      await room.look([0, 0.25, 0.2], 0);
      await room.frames(4);
      const low = await room.picture('phone-aligned-low');
      const above = await room.page.evaluate(() => globalThis.room.soon((session, frame) => {
        const view = frame.getViewerPose(globalThis.room.space).views[0];
        const inverse = view.transform.inverse.matrix;
        const [x, y, z] = [0, 0.5, document.querySelector('#v')[Symbol.for('anprobe.placed')]()[14] + 0.25];
        const seen = [0, 1, 2].map((row) => inverse[row] * x + inverse[4 + row] * y + inverse[8 + row] * z + inverse[12 + row]);
        return 0.5 - 0.5 * view.projectionMatrix[5] * seen[1] / -seen[2];
      }));
      const edge = extent(low, isLid);
      assert.ok(edge.count > 50 && edge.bottom <= above * low.height + 2, `hidden by what is owned: ${JSON.stringify(edge)}, ${above * low.height}`);
      await room.look([0, 1.4, 0], -0.7);
      await room.page.getByRole('button', { name: 'Before/after' }).click();
      await room.frames(3);
      assert.equal(extent(await room.picture(), isLid).count, 0);
    });

    test('on the thing that is owned: laid by three points that are tapped on it', async () => {
      const room = await owned();
      // The real one stands elsewhere, and turned: its top and its front are surfaces of the room.
      const [angle, x, z] = [0.5, 0.12, -1.55];
      const corners = await room.page.evaluate(([angle, x, z]) => {
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        const pose = (a, b, c, d) => Float32Array.from([...a, 0, ...b, 0, ...c, 0, ...d, 1]);
        globalThis.room.surfaces.push(
          { name: 'top', matrix: pose([c, 0, -s], [0, 1, 0], [s, 0, c], [x, 0.5, z]), half: [0.26, 0.26] },
          { name: 'front', matrix: pose([c, 0, -s], [s, 0, c], [0, -1, 0], [x + 0.25 * s, 0.25, z + 0.25 * c]), half: [0.26, 0.26] },
        );
        const at = ([u, y, w]) => [x + c * u + s * w, y, z - s * u + c * w];
        return { 'Left, top': at([-0.24, 0.5, 0.24]), 'Right, top': at([0.24, 0.5, 0.24]), 'Back, top': at([0.24, 0.5, -0.24]), 'Left, below': at([-0.24, 0.02, 0.25]) };
      }, [angle, x, z]);
      await room.page.getByRole('button', { name: 'On my own' }).click();
      await room.page.getByRole('button', { name: 'By three points' }).click();
      const tapNext = async (wrong) => {
        const { point } = await room.until(() => document.querySelector('#v').room.point && document.querySelector('#v').room);
        const [u, v] = await room.page.evaluate((point) => globalThis.room.soon((session, frame) => {
          const view = frame.getViewerPose(globalThis.room.space).views[0];
          const inverse = view.transform.inverse.matrix;
          const [x, y, z] = [0, 1, 2].map((row) => inverse[row] * point[0] + inverse[4 + row] * point[1] + inverse[8 + row] * point[2] + inverse[12 + row]);
          return [0.5 + 0.5 * view.projectionMatrix[0] * x / -z, 0.5 - 0.5 * view.projectionMatrix[5] * y / -z];
        }), wrong ?? corners[point]);
        await room.touch(u, v);
        return point;
      };
      await tapNext();
      await room.shot('phone-points-page');
      await tapNext([-0.9, 0, -2.5]);
      await tapNext();
      await room.until(() => document.querySelector('#v').room.trouble);
      assert.match(await room.page.locator('#v .ar-hint').innerText(), /do not fit|not where|mixed up/);
      await room.shot('phone-points-trouble-page');
      await room.page.getByRole('button', { name: 'By hand' }).click();
      await room.page.getByRole('button', { name: 'By three points' }).click();
      const named = [await tapNext(), await tapNext(), await tapNext()];
      assert.equal(new Set(named).size, 3);
      await room.until(() => document.querySelector('#v').room.off !== null);
      const pose = await room.placed();
      close(at(pose)[0], x, 0.01, 'where it is:');
      close(at(pose)[2], z, 0.01, 'where it is:');
      close(Math.atan2(pose[8], pose[10]), angle, 0.02, 'turned as it is:');
      close(pose[5], 1, 1e-3, 'upright:');
      assert.match(await room.page.locator('#v .ar-hint').innerText(), /Laid by the points/);
      await room.frames(6);
      await room.picture('phone-points');
      await room.shot('phone-points-laid-page');
      assert.deepEqual([room.errors, room.violations], [[], []]);
    });

    test('does it fit: a known gap, what is left, and the numbers come back to the page', async () => {
      const room = await product('', { planes: true });
      await room.look([0, 1.4, 0], -0.7);
      await room.begin();
      await room.until(() => document.querySelector('#v').room?.hint === 'tap');
      await room.page.getByRole('button', { name: 'Does it fit?' }).click();
      // Where points of the floor are on the screen.
      const spots = await room.page.evaluate(() => globalThis.room.soon((session, frame) => {
        const view = frame.getViewerPose(globalThis.room.space).views[0];
        const inverse = view.transform.inverse.matrix;
        const projection = view.projectionMatrix;
        return [[-0.4, 0, -1.6], [0.4, 0, -1.6], [0, 0, -1.3], [0, 0, -1.8]].map((point) => {
          const [x, y, z] = [0, 1, 2].map((row) => inverse[row] * point[0] + inverse[4 + row] * point[1] + inverse[8 + row] * point[2] + inverse[12 + row]);
          return [0.5 + 0.5 * projection[0] * x / -z, 0.5 - 0.5 * projection[5] * y / -z];
        });
      }));
      for (const [x, y] of spots) await room.touch(x, y);
      await room.page.getByRole('button', { name: 'Does not matter' }).click();
      await room.frames();
      await room.shot('phone-fit');
      const { sides } = await room.state();
      assert.deepEqual(sides.map(({ axis, verdict }) => [axis, verdict]), [['width', 'fits'], ['depth', 'close']]);
      close(sides[0].have, 0.8, 0.005, 'the width');
      close(sides[1].have, 0.5, 0.005, 'the depth');
      assert.match(await room.page.locator('#v .ar-room ul').innerText(), /Too close to tell/);
      await room.page.evaluate(() => globalThis.room.session.end());
      await room.until(() => document.querySelector('#v').getAttribute('ar-status') === 'not-presenting');
      const gap = await room.page.evaluate(() => document.querySelector('#v').measuredGap);
      close(gap.width, 0.8, 0.005);
      close(gap.depth, 0.5, 0.005);
      assert.equal(gap.height, 0);
      assert.ok(gap.uncertainty.width > 0.005 && gap.uncertainty.width < 0.05, `${gap.uncertainty.width}`);
      // And into the panel's own fields, where the page has one.
      await room.page.evaluate(async () => {
        await import('/anprobe_panel.js');
        const panel = document.createElement('anprobe-panel');
        panel.setAttribute('for', 'v');
        panel.style.cssText = 'position:absolute;inset:0;overflow:auto;background:#fff';
        document.body.append(panel);
      });
      await room.until(() => document.querySelector('anprobe-panel').reveal && (document.querySelector('anprobe-panel').reveal('anprobe-space'), true));
      const fold = room.page.locator('#h-anprobe-space button');
      if (await fold.isVisible() && await fold.getAttribute('aria-expanded') !== 'true') await fold.click();
      const part = room.page.locator('anprobe-panel [part=fit]');
      await part.locator('input[name=width]').waitFor({ state: 'attached' });
      await room.until(() => document.querySelector('anprobe-panel').shadowRoot.querySelector('input[name=width]').value);
      const typed = await part.locator('input').evaluateAll((inputs) => inputs.map(({ value }) => value));
      assert.deepEqual(typed.map((text) => Math.round(Number(text))), [80, 0, 50]);
      assert.match(await part.textContent(), /Measured in your room, ± \d/);
      assert.match(await part.locator('.verdict').textContent(), /Too close to tell/);
      assert.deepEqual(room.errors, []);
    });

    test('a headset turns choices by its menu', async () => {
      const room = await enter(it, '<anprobe-viewer id="v" product="/p/box.json" alt="A box" interaction-prompt="none" ar></anprobe-viewer>', { device: 'quest3' }, { head, width: 1000, height: 500 });
      await room.look([0, 1.6, 0]);
      await room.begin();
      await room.until(() => document.querySelector('#v').room?.menu?.group === 'Paint');
      // The menu stands to the left, 0.28 m below the eyes: its arrow to the right of the choice.
      const cell = await room.page.evaluate(() => [...document.querySelector('#v')[Symbol.for('anprobe.menu')]()]);
      const [from, to] = [cell.slice(0, 3), cell.slice(3, 6)];
      const away = to.map((one, i) => one - from[i]);
      const length = Math.hypot(...away);
      await aim(room, 'right', from, Math.asin(away[1] / length), Math.atan2(-away[0], -away[2]));
      await room.frames(3);
      await room.until(() => document.querySelector('#v').room.menu.under === 5);
      await room.picture('headset-menu');
      await trigger(room, 'right', 1);
      await trigger(room, 'right', 0);
      await room.until(() => document.querySelector('#v').configuration.values.paint === 'green');
      assert.equal((await room.state()).placed, false, 'a press on the menu places nothing');
    });
  });

  test('a wall takes what is for walls', async () => {
    const room = await phone(`${HALF} ar-placement="wall"`);
    await room.look([0, 1.4, 0], -0.7);
    await room.begin();
    await room.frames(3);
    assert.equal((await room.state()).hint, 'look-wall');
    await room.look([0, 1.4, 0], 0.05);
    await room.until(() => document.querySelector('#v').room.hint === 'tap');
    await room.touch(0.5, 0.5);
    await room.until(() => document.querySelector('#v').getAttribute('ar-status') === 'object-placed');
    close(at(await room.placed())[2], -3 + 0.25, 0.006, 'its back is at the wall:');
    await room.picture('phone-wall');
  });

  test('the room lights the product', async () => {
    const room = await enter(it, '<anprobe-viewer id="v" src="/demo/assets/lamp.glb" alt="A lamp" interaction-prompt="none" ar xr-environment></anprobe-viewer>', { device: 'phone', overlay: true, light: true }, { head });
    await room.look([0, 1.0, 0], -0.6);
    await room.begin();
    await room.until(() => document.querySelector('#v').room?.hint === 'tap');
    await room.touch(0.5, 0.5);
    await room.until(() => document.querySelector('#v').getAttribute('ar-status') === 'object-placed');
    const mean = async (name) => {
      await room.page.waitForTimeout(2500);
      await room.frames(3);
      const { data } = await room.picture(name);
      const sum = [0, 0, 0, 0];
      for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 250) [0, 1, 2, 3].forEach((part) => { sum[part] += part < 3 ? data[i + part] : 1; });
      return sum.slice(0, 3).map((one) => one / sum[3]);
    };
    const [r, , b] = await mean('phone-light-white');
    await room.page.evaluate(() => { globalThis.room.light = { direction: [0, 1, 0], intensity: [3, 0.3, 0.1], ambient: [0.9, 0.15, 0.05] }; });
    const [red, , blue] = await mean('phone-light-red');
    assert.ok(red / blue > 1.5 * (r / b), `${r}/${b} became ${red}/${blue}`);
    assert.deepEqual(room.errors, []);
  });

  test('virtual reality: a stage with a floor, the product at true size', async () => {
    const room = await goggles(HALF, { only: 'immersive-vr' });
    await room.until(() => document.querySelector('#v').canActivateAR === true);
    assert.match(await room.page.locator('#v').getByRole('button', { name: /VR/ }).innerText(), /VR/);
    await room.look([0, 1.6, 0], -0.3);
    await room.begin();
    await room.until(() => document.querySelector('#v').getAttribute('ar-status') === 'object-placed');
    close(at(await room.placed())[1], 0.25, 1e-4, 'on the floor');
    await room.frames(4);
    const eyes = await room.picture('vr-stage');
    assert.equal(extent(eyes, isClear).count, 0, 'nothing shines through');
    assert.ok(extent(eyes, isBox).count > 300);
  });

  test('nothing stays behind after many sessions', async () => {
    const room = await enter(it, '<anprobe-viewer id="v" product="/p/box.json" alt="A box" interaction-prompt="none" ar></anprobe-viewer>', { device: 'phone', overlay: true, depth: [6, 6] }, { head, before: (page) => page.addInitScript(() => {
      const counts = globalThis.counts = {};
      for (const kind of ['Buffer', 'Texture', 'Framebuffer', 'Renderbuffer', 'VertexArray', 'Program', 'Sampler']) {
        counts[kind] = 0;
        for (const [name, step] of [['create', 1], ['delete', -1]]) {
          const own = WebGL2RenderingContext.prototype[`${name}${kind}`];
          WebGL2RenderingContext.prototype[`${name}${kind}`] = function (...given) {
            if (step > 0 || given[0]) counts[kind] += step;
            return own.apply(this, given);
          };
        }
      }
    }) });
    const tools = await room.page.context().newCDPSession(room.page);
    await tools.send('Performance.enable');
    await room.page.evaluate(() => {
      const viewer = document.querySelector('#v');
      viewer.owned = viewer.code;
      viewer.select('lid', 'flat');
    });
    await room.look([0, 1.4, 0], -0.7);
    const once = async () => {
      await room.begin();
      await room.until(() => document.querySelector('#v').room?.hint === 'tap');
      await room.touch(0.5, 0.5);
      await room.page.getByRole('button', { name: 'On my own' }).click();
      await room.until(() => document.querySelector('#v').room.hint === 'align');
      await room.page.getByRole('button', { name: 'Done' }).click();
      await room.frames(3);
      await room.page.getByRole('button', { name: 'Options' }).click();
      await room.page.evaluate(() => globalThis.room.session.end());
      await room.until(() => document.querySelector('#v').getAttribute('ar-status') === 'not-presenting');
      await room.settle();
    };
    const held = async () => {
      // The emulator, and this room, keep their last session.
      await room.page.evaluate(() => {
        Object.assign(globalThis.room, { session: undefined, space: undefined, touches: [], costs: [], asked: [] });
        globalThis.heard.length = 0;
      });
      for (let i = 0; i < 3; i += 1) await tools.send('HeapProfiler.collectGarbage');
      const { metrics } = await tools.send('Performance.getMetrics');
      const metric = (name) => metrics.find((one) => one.name === name).value;
      const counts = await room.page.evaluate(() => ({ ...globalThis.counts, elements: document.querySelector('#v').shadowRoot.querySelectorAll('*').length }));
      return { counts: { ...counts, listeners: metric('JSEventListeners') }, nodes: metric('Nodes'), heap: metric('JSHeapUsedSize') };
    };
    for (let i = 0; i < 3; i += 1) await once();
    const first = await held();
    const many = Number(process.env.XR_SESSIONS ?? 8);
    for (let i = 0; i < many / 2; i += 1) await once();
    const half = await held();
    for (let i = many / 2; i < many; i += 1) await once();
    const last = await held();
    console.log(`# held after 3 sessions ${JSON.stringify(first)}, after ${3 + many / 2} ${JSON.stringify(half)}, after ${3 + many} ${JSON.stringify(last)}`);
    assert.deepEqual(last.counts, first.counts);
    // Not a session's own: each question of this test is a script that the browser keeps.
    const [kilobytes, nodes] = [(last.heap - half.heap) / 1024 / (many / 2), (last.nodes - first.nodes) / many];
    assert.ok(kilobytes < 64 && nodes < 1, `${kilobytes} kB and ${nodes} nodes a session`);
    assert.deepEqual(room.errors, []);
  });
});

describe('webgpu', () => {
  let it;
  before(async () => { it = await stage('webgpu', { pages: { ...SERVED, ...PRODUCT, '/full.css': SHIELD } }); });
  afterEach(() => it.tidy());
  after(() => it?.close());

  const head = '<link rel="stylesheet" href="/full.css">';
  const asked = () => it.code.log.filter(({ path }) => path.includes('webgl_product'));
  const backend = (room) => room.statistics().then(({ backend }) => backend);

  test('the module for rooms comes when a finger comes, leads with what is chosen, and gives it back', async () => {
    it.code.log.length = 0;
    const saves = (page) => page.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }));
    const room = await enter(it, '<anprobe-viewer id="v" product="/p/box.json" alt="A box" interaction-prompt="none" ar></anprobe-viewer>', { device: 'phone', overlay: true, framebuffer: [400, 700] }, { head, before: saves });
    await room.until(() => document.querySelector('#v').canActivateAR === true);
    await room.page.waitForTimeout(500);
    assert.equal(await backend(room), 'webgpu');
    console.log(`# fetched before the tap: ${it.code.log.reduce((sum, { bytes }) => sum + bytes, 0)} bytes, of WebGL2's module ${asked().length}`);
    assert.deepEqual(asked(), [], 'nothing of it is fetched in vain');
    await room.page.evaluate(() => document.querySelector('#v').select('paint', 'green'));
    const before = (await room.statistics()).bufferBytes;
    assert.ok(before > 0);
    await room.page.locator('#v').getByRole('button', { name: /room/ }).hover();
    for (const end = Date.now() + 30_000; !asked().some(({ path }) => path.endsWith('.wasm')); await room.page.waitForTimeout(50)) assert.ok(Date.now() < end);
    await room.look([0, 1.4, 0], -0.7);
    await room.begin();
    assert.equal(await backend(room), 'webgl', 'the room leads');
    await room.until(() => document.querySelector('#v').room?.hint === 'tap', undefined, 60_000);
    await room.touch(0.5, 0.5);
    await room.until(() => document.querySelector('#v').getAttribute('ar-status') === 'object-placed');
    const green = ([r, g, b, a]) => a > 200 && isGreen([r, g, b]);
    assert.ok(extent(await room.picture('phone-from-webgpu'), green).count > 300, 'what was chosen is seen');
    await room.page.evaluate(() => document.querySelector('#v').select('lid', 'flat'));
    await room.page.evaluate(() => globalThis.room.session.end());
    await room.until(() => document.querySelector('#v').getAttribute('ar-status') === 'not-presenting');
    await room.until(() => document.querySelector('#v').loaded && document.querySelector('#v').configuration?.values.lid === 'flat', undefined, 60_000);
    assert.equal(await backend(room), 'webgpu', 'the page goes on');
    assert.equal(await room.page.evaluate(() => document.querySelector('#v').configuration.values.paint), 'green');
    assert.deepEqual([room.errors, room.violations], [[], []]);
  });

  test("the room's own context may be lost: the session ends, and the page goes on with what is chosen", async () => {
    const room = await enter(it, '<anprobe-viewer id="v" product="/p/box.json" alt="A box" interaction-prompt="none" ar></anprobe-viewer>', { device: 'phone', overlay: true, framebuffer: [400, 700] }, { head });
    await room.page.evaluate(() => document.querySelector('#v').select('paint', 'green'));
    await room.look([0, 1.4, 0], -0.7);
    const stands = async () => {
      await room.begin();
      await room.until(() => document.querySelector('#v').room?.hint === 'tap', undefined, 60_000);
      await room.touch(0.5, 0.5);
      await room.until(() => document.querySelector('#v').getAttribute('ar-status') === 'object-placed');
    };
    await stands();
    await room.page.evaluate(() => document.querySelector('#v').select('lid', 'flat'));
    await room.frames(4);
    await room.page.evaluate(() => globalThis.room.session.renderState.baseLayer.context.getExtension('WEBGL_lose_context').loseContext());
    await room.until(() => ['not-presenting', 'failed'].includes(document.querySelector('#v').getAttribute('ar-status')));
    await room.until(() => document.querySelector('#v').loaded && document.querySelector('#v').configuration?.values.lid === 'flat', undefined, 60_000);
    assert.equal(await backend(room), 'webgpu', 'the page goes on');
    assert.equal(await room.page.evaluate(() => document.querySelector('#v').configuration.values.paint), 'green');
    await room.settle();
    // Another instance for rooms takes over.
    await stands();
    const green = ([r, g, b, a]) => a > 200 && isGreen([r, g, b]);
    assert.ok(extent(await room.picture('phone-after-loss'), green).count > 300);
    assert.deepEqual(room.errors, []);
  });
});
