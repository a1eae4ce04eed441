// A product that is configured, in a room: options, before and after, the upgrade on the thing itself, whether it fits, and
// that nothing stays behind. What stands in for a device is in `tests/xr/room.js`.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { isGreen, stage } from './fixtures.mjs';
import { LAYERS, PRODUCT, SERVED, SHIELD, aim, at, close, enter, extent, halves, isBox, placed, trigger } from './room.mjs';

const head = '<link rel="stylesheet" href="/full.css">';

describe('webgl', () => {
  let it;
  before(async () => { it = await stage('webgl', { pages: { ...SERVED, ...PRODUCT, '/full.css': SHIELD } }); });
  afterEach(() => it.tidy());
  after(() => it?.close());

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
    await room.page.evaluate(() => {
      const { createAnchor } = globalThis.XRFrame.prototype;
      globalThis.anchors = [];
      globalThis.XRFrame.prototype.createAnchor = async function (pose, space) {
        const anchor = await createAnchor.call(this, pose, space);
        const kept = { x: pose.position.x, isThere: true };
        globalThis.anchors.push(kept);
        const end = anchor.delete.bind(anchor);
        anchor.delete = () => { kept.isThere = false; end(); };
        return anchor;
      };
    });
    const from = await room.placed();
    // Buttons are pressed between frames, and anchors made within one.
    for (let step = 0; step < 2; step += 1) {
      await room.page.getByRole('button', { name: 'Right', exact: true }).click();
      await room.frames(3);
    }
    const to = await room.placed();
    close(at(to)[0] - at(from)[0], 0.004, 4e-4, 'two fine steps');
    const anchors = await room.page.evaluate(() => globalThis.anchors.filter(({ isThere }) => isThere));
    assert.equal(anchors.length, 1, 'its last place is kept, and no other');
    close(anchors[0].x, at(to)[0], 1e-3, 'and it is the place');
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

  /** Points the right controller at a cell of the menu. */
  async function pointAt(room, name) {
    const cell = await room.page.evaluate((name) => [...document.querySelector('#v')[Symbol.for('anprobe.menu')](name)], name);
    const [from, to] = [cell.slice(0, 3), cell.slice(3, 6)];
    const away = to.map((one, i) => one - from[i]);
    await aim(room, 'right', from, Math.asin(away[1] / Math.hypot(...away)), Math.atan2(-away[0], -away[2]));
    await room.frames(3);
  }

  async function choose(room, name) {
    await pointAt(room, name);
    await trigger(room, 'right', 1);
    await trigger(room, 'right', 0);
  }

  const worn = (setup = {}) => enter(it, '<anprobe-viewer id="v" product="/p/box.json" alt="A box" interaction-prompt="none" ar></anprobe-viewer>', { device: 'quest3', ...setup }, { head, width: 1000, height: 500 });

  test('a headset turns choices by its menu', async () => {
    const room = await worn();
    await room.look([0, 1.6, 0]);
    await room.begin();
    await room.until(() => document.querySelector('#v').room?.menu?.group === 'Paint');
    // The menu stands to the left, 0.28 m below the eyes: its arrow to the right of the choice.
    await pointAt(room, 'choice-after');
    await room.until(() => document.querySelector('#v').room.menu.under === 5);
    await room.picture('headset-menu');
    await trigger(room, 'right', 1);
    await trigger(room, 'right', 0);
    await room.until(() => document.querySelector('#v').configuration.values.paint === 'green');
    assert.equal((await room.state()).placed, false, 'a press on the menu places nothing');
  });

  for (const { name, framebuffer } of LAYERS) {
    test(`a headset shows the upgrade on the thing that is owned, in both eyes, ${name}`, async () => {
      const room = await worn({ framebuffer: framebuffer && [1600, 800] });
      const kind = framebuffer ? 'buffer' : 'canvas';
      await room.page.evaluate(() => {
        const viewer = document.querySelector('#v');
        viewer.owned = viewer.code;
        viewer.select('lid', 'flat');
      });
      await room.look([0, 1.6, 0], -0.35);
      await aim(room, 'left', [-0.6, 1.0, 0.4], 1.2);
      await aim(room, 'right', [0.1, 1.3, -0.2], -0.6);
      await room.begin();
      await room.until(() => document.querySelector('#v').room?.hint === 'tap');
      await trigger(room, 'right', 1);
      await trigger(room, 'right', 0);
      await room.until(() => document.querySelector('#v').getAttribute('ar-status') === 'object-placed');
      await choose(room, 'own');
      await room.until(() => document.querySelector('#v').room.hint === 'align');
      const isLine = ([r, g, b, a]) => a > 200 && r > 200 && g > 150 && b < 90;
      const seen = async (is, name) => {
        const eyes = await room.picture(name);
        return halves(eyes).map((range) => extent(eyes, is, range));
      };
      for (const end = Date.now() + 20_000; (await seen(isLine)).some(({ count }) => count < 60); await room.frames(3)) assert.ok(Date.now() < end, 'an outline in both eyes');
      await seen(isLine, `headset-${kind}-align`);
      // The stick turns it finely.
      const before = await room.placed();
      await room.page.evaluate(() => globalThis.room.device.controllers.right.updateAxes('thumbstick', 1, 0));
      await room.page.waitForTimeout(400);
      await room.page.evaluate(() => globalThis.room.device.controllers.right.updateAxes('thumbstick', 0, 0));
      await room.frames(3);
      const after = await room.placed();
      const turned = Math.abs(Math.atan2(after[8], after[10]) - Math.atan2(before[8], before[10]));
      assert.ok(turned > 0.02 && turned < 0.6, `${turned}`);
      await choose(room, 'own');
      await room.until(() => document.querySelector('#v').room.align === 'aligned');
      await room.frames(4);
      const lids = await seen(isLid, `headset-${kind}-aligned`);
      const boxes = await seen(isBox);
      assert.ok(lids.every(({ count }) => count > 100) && boxes.every(({ count }) => count === 0), JSON.stringify([lids, boxes]));
      await choose(room, 'before-after');
      await room.frames(3);
      assert.deepEqual((await seen(isLid)).map(({ count }) => count), [0, 0]);
      assert.deepEqual([room.errors, room.violations], [[], []]);
    });
  }

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
    // The pictures of choices take their places whenever there is time, once: what a session left would grow in both halves.
    const grown = (now, before) => Object.keys(now).filter((name) => now[name] > before[name]);
    const [early, late] = [grown(half.counts, first.counts), grown(last.counts, half.counts)];
    assert.deepEqual(early.filter((name) => late.includes(name)), []);
    assert.deepEqual({ elements: last.counts.elements, listeners: last.counts.listeners }, { elements: first.counts.elements, listeners: first.counts.listeners });
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

  const asked = () => it.code.log.filter(({ path }) => path.includes('webgl_product'));
  const backend = (room) => room.statistics().then(({ backend }) => backend);

  test('the module for rooms comes when a finger comes, leads with what is chosen, and gives it back', async () => {
    it.code.log.length = 0;
    const saves = (page) => page.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }));
    const room = await enter(it, '<anprobe-viewer id="v" product="/p/box.json" alt="A box" interaction-prompt="none" ar></anprobe-viewer>', { device: 'phone', overlay: true, framebuffer: [400, 700] }, { head, before: saves });
    await room.until(() => document.querySelector('#v').canActivateAR === true);
    await room.page.waitForTimeout(500);
    assert.equal(await backend(room), 'webgpu');
    const fetched = it.code.log.filter(({ path }) => /\.(js|wasm|txt)$/.test(path));
    const sum = (log) => log.reduce((sum, { bytes }) => sum + bytes, 0);
    const own = fetched.filter(({ path }) => /\/(anprobe_)?ar(-\w+)?\.js$/.test(path));
    console.log(`# fetched before the tap: ${sum(fetched)} bytes of code, ${sum(own)} of them the button's: ${fetched.map(({ path, bytes }) => `${path} ${bytes}`).join(', ')}`);
    // As they are written, before a release makes them small.
    assert.ok(own.length > 0 && sum(own) < 80_000, `${sum(own)} bytes of the button's`);
    assert.deepEqual(fetched.filter(({ path }) => /panel|qr|shaders/.test(path)), [], 'nothing that only a session needs');
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
    // The emulator itself reads the lost context once more.
    assert.deepEqual(room.errors.filter((error) => !error.includes('/iwer.js')), []);
  });
});
