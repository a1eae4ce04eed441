// The product in a room, on an emulated phone and headset: what is asked, what is seen, how it is moved, and how it ends.
// DOM overlay, touches, light and the room are stand-ins of ours (`tests/xr/room.js`).
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { isRed, stage, viewer } from './fixtures.mjs';
import { decode } from './harness.mjs';
import { HALF, LAYERS, PRODUCT, SERVED, SHIELD, aim, at, close, enter, extent, halves, isBox, isClear, placed, scaleOf, trigger } from './room.mjs';

describe('webgl', () => {
  let it;
  before(async () => { it = await stage('webgl', { pages: { ...SERVED, ...PRODUCT, '/full.css': SHIELD } }); });
  afterEach(() => it.tidy());
  after(() => it?.close());

  const head = '<link rel="stylesheet" href="/full.css">';
  const phone = (attributes = '', setup = {}, more = {}) => enter(it, viewer(`ar ${attributes}`), { device: 'phone', overlay: true, ...setup }, { head, ...more });
  const goggles = (attributes = '', setup = {}, more = {}) => enter(it, viewer(`ar ${attributes}`), { device: 'quest3', ...setup }, { head, width: 1000, height: 500, ...more });

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
    assert.equal(await room.page.evaluate(() => document.createElement('anprobe-viewer').canActivateAR), false, 'another one has no way');
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
    // Longer than a slow machine takes to the first frame.
    it.site.faults['/box.glb'] = { delay: 15_000, times: 1 };
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
});
