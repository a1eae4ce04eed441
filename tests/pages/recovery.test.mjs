// A lost device and a trap: the page stays, the design comes back, the last picture is there meanwhile.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { difference, picture } from './harness.mjs';
import { PLACES, isBlue, isRed, keys, lose, part, stage, viewer } from './fixtures.mjs';

/** Runs on the page: the next call of `method` reaches for memory that is not there, inside Wasm. */
const trap = async ([code, method]) => {
  const { Viewer } = await import(code);
  const real = Viewer.prototype[method];
  Viewer.prototype[method] = function (...args) {
    Viewer.prototype[method] = real;
    return real.apply({ __wbg_ptr: 0xffff_fff0 }, args);
  };
};

for (const { name, backend, elsewhere } of PLACES) {
  describe(name, () => {
    let it;
    before(async () => { it = await stage(backend, { elsewhere }); });
    afterEach(() => it.tidy());
    after(() => it?.close());

    /** Two viewers; the first has a view and variant of its own. */
    async function ready() {
      const body = viewer('camera-controls variant-name="Blue"') + viewer().replace('id="v"', 'id="w"');
      const page = await it.show(body, { before: (page) => page.addInitScript(keys) });
      await page.event('load', 2);
      await page.rest();
      await page.page.locator('#v').getByRole('application').focus();
      await page.page.keyboard.press('ArrowLeft');
      await page.page.keyboard.press('ArrowUp');
      await page.rest();
      return { ...page, shot: () => picture(page.page.locator('#v')) };
    }

    async function comesBack(page, orbit, first, loads) {
      await page.event('load', loads);
      await page.rest();
      const now = await page.orbit();
      for (const part of ['theta', 'phi', 'radius']) assert.ok(Math.abs(now[part] - orbit[part]) < 1e-4, `${part}: ${orbit[part]} → ${now[part]}`);
      const shot = await page.shot();
      assert.ok(part(shot, isBlue) > 0.1, 'the variant');
      assert.ok(difference(first, shot, 4) < 0.005, `${difference(first, shot, 4)} of the picture differs`);
      assert.ok(await page.page.locator('#v .message').isHidden());
    }

    test('lost graphics come back with camera and variant, again and again', async () => {
      const page = await ready();
      const [orbit, first] = [await page.orbit(), await page.shot()];
      for (const round of [1, 2]) {
        await page.page.evaluate(lose);
        const error = await page.event('error', 2 * round);
        assert.deepEqual([error.type, error.code], ['webglcontextlost', 'GRAPHICS_LOST']);
        assert.ok(part(await page.shot(), isBlue) > 0.1, 'the last picture stays meanwhile');
        await comesBack(page, orbit, first, 2 + 2 * round);
      }
      const { viewers } = await page.statistics();
      assert.equal(viewers, 2);
    });

    test('a view comes back although the product never rests', async () => {
      const page = await it.show(viewer('camera-controls autoplay'), { before: (page) => page.addInitScript(keys) });
      await page.event('load');
      await page.page.evaluate(() => {
        const viewer = document.querySelector('#v');
        viewer.cameraOrbit = '40deg 60deg 3m';
        viewer.jumpCameraToGoal();
      });
      await page.settle();
      await page.page.locator('#v').getByRole('application').focus();
      await page.page.keyboard.press('ArrowLeft');
      await page.page.waitForTimeout(700);
      const orbit = await page.orbit();
      await page.page.evaluate(lose);
      await page.event('load', 2);
      await page.settle();
      const now = await page.orbit();
      for (const part of ['theta', 'phi', 'radius']) assert.ok(Math.abs(now[part] - orbit[part]) < 0.01, `${part}: ${orbit[part]} → ${now[part]}`);
      assert.equal(await page.page.evaluate(() => document.querySelector('#v').paused), false);
    });

    test('what was dismissed before the loss is shown after it', async () => {
      it.site.faults['/box.glb'] = { delay: 300, times: 1 };
      const page = await it.show(viewer('reveal="manual"'), { before: (page) => page.addInitScript(keys) });
      await page.page.evaluate(() => document.querySelector('#v').dismissPoster());
      await page.page.waitForFunction(() => document.querySelector('#v')[Symbol.for('anprobe.statistics')]());
      await page.page.evaluate(lose);
      await page.event('load');
      await page.event('poster-dismissed');
      await page.settle();
      assert.ok(part(await picture(page.page.locator('#v')), isRed) > 0.1);
    });

    test('after a trap a new instance takes over, for every element', async () => {
      const page = await ready();
      const [orbit, first] = [await page.orbit(), await page.shot()];
      const { wasmBytes } = await page.statistics();
      await page.page.evaluate(trap, [`${it.code.origin}/anprobe_${backend}.js`, 'reducedMotion']);
      await page.page.emulateMedia({ reducedMotion: 'reduce' });
      const error = await page.event('error', 2);
      assert.equal(error.code, 'VIEWER_TRAP');
      assert.ok(error.sourceError.includes('RuntimeError'), error.sourceError);
      await comesBack(page, orbit, first, 4);
      assert.ok((await page.statistics()).wasmBytes <= wasmBytes * 1.2);
    });

    test('a file that ends the viewer while it is read does not take the others along', async () => {
      const page = await ready();
      const [orbit, first] = [await page.orbit(), await page.shot()];
      await page.page.evaluate(trap, [`${it.code.origin}/anprobe_${backend}.js`, 'bytes']);
      await page.page.evaluate(() => { document.querySelector('#w').src = '/box.glb?again'; });
      await comesBack(page, orbit, first, 3);
      const message = page.page.locator('#w .message');
      assert.ok(await message.isVisible());
      await page.page.locator('#w').getByRole('button', { name: 'Try again' }).click();
      await page.event('load', 4);
      assert.ok(await message.isHidden());
    });

    test('graphics that keep failing are left alone, with words', async () => {
      const page = await ready();
      for (let round = 1; round <= 5; round += 1) {
        await page.page.evaluate(lose);
        if (round < 5) await page.event('load', 2 + 2 * round);
      }
      await page.page.waitForFunction(() => globalThis.diary.some((entry) => entry.code === 'GRAPHICS_UNAVAILABLE'));
      assert.ok(await page.page.locator('#v .message').isVisible());
      assert.ok(part(await page.shot(), isBlue) > 0.02, 'the last picture stays');
      await page.page.locator('#v').getByRole('button', { name: 'Try again' }).click();
      await page.event('load', 11);
    });
  });
}
