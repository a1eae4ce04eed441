// Elements come, go, move and wait.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { picture } from './harness.mjs';
import { PLACES, box, isRed, part, stage, viewer } from './fixtures.mjs';

for (const { name, backend, elsewhere } of PLACES) {
  describe(name, () => {
    let it;
    before(async () => {
      it = await stage(backend, { elsewhere });
      it.site.faults['/slow.glb'] = { stall: 300, body: box() };
      it.site.faults['/other.glb'] = { body: box({ texels: 100 }) };
    });
    afterEach(() => it.tidy());
    after(() => it?.close());

    test('an element that is removed while it loads stops loading and is freed', async () => {
      const page = await it.show(viewer() + viewer().replace('id="v"', 'id="w"').replace('box.glb', 'slow.glb'));
      const failed = page.page.waitForEvent('requestfailed', { predicate: (request) => request.url().endsWith('/slow.glb') });
      await page.event('load');
      await page.page.waitForFunction(() => document.querySelector('#w')[Symbol.for('anprobe.statistics')]());
      await page.page.evaluate(() => document.querySelector('#w').remove());
      await failed;
      assert.equal((await page.statistics()).viewers, 1);
      assert.deepEqual(await page.events('error'), []);
    });

    test('a new src while the old one loads: only the new one counts', async () => {
      const page = await it.show(viewer().replace('box.glb', 'slow.glb'));
      await page.page.waitForFunction(() => globalThis.diary.some((entry) => entry.name === 'progress'));
      await page.page.evaluate(() => { document.querySelector('#v').src = '/other.glb'; });
      assert.equal((await page.event('load')).url, '/other.glb');
      assert.deepEqual(await page.events('error'), []);
    });

    test('src there and back while the other loads: told once more, and the buttons are there', async () => {
      const page = await it.show(viewer('camera-controls'));
      await page.event('load');
      await page.page.evaluate(() => {
        const viewer = document.querySelector('#v');
        viewer.src = '/slow.glb';
        viewer.src = '/box.glb';
      });
      await page.event('load', 2);
      assert.equal(await page.page.getByRole('button', { name: 'Turn and zoom' }).count(), 1);
    });

    test('a src that is taken away takes its picture along', async () => {
      const page = await it.show(viewer());
      await page.event('load');
      await page.settle();
      await page.page.evaluate(() => document.querySelector('#v').removeAttribute('src'));
      await page.settle();
      assert.equal(part(await picture(page.page.locator('#v')), isRed), 0);
      await page.page.evaluate(() => { document.querySelector('#v').src = '/box.glb'; });
      await page.event('load', 2);
      await page.settle();
      assert.ok(part(await picture(page.page.locator('#v')), isRed) > 0.1);
    });

    test('a backend that is chosen while the viewer starts is the one', async () => {
      const page = await it.show(viewer('loading="eager"'), { before: (page) => page.addInitScript(() => {
        document.addEventListener('DOMContentLoaded', () => { document.querySelector('#v').backend = 'webgl'; });
      }) });
      await page.event('load');
      assert.equal((await page.statistics()).backend, 'webgl');
    });

    test('an element that moves keeps its picture, one that comes back finds its view', async () => {
      const page = await it.show(`${viewer('camera-controls')}<section></section>`);
      await page.event('load');
      await page.rest();
      await page.page.locator('#v').getByRole('application').focus();
      await page.page.keyboard.press('ArrowLeft');
      await page.rest();
      const orbit = await page.orbit();
      const fetched = () => it.site.log.filter((entry) => entry.path === '/box.glb').length;
      const before = fetched();
      await page.page.evaluate(() => document.querySelector('section').append(document.querySelector('#v')));
      await page.settle();
      assert.equal(fetched(), before);
      assert.ok(part(await picture(page.page.locator('#v')), isRed) > 0.1);
      await page.page.evaluate(() => { globalThis.kept = document.querySelector('#v'); globalThis.kept.remove(); });
      await page.settle();
      await page.page.evaluate(() => document.body.append(globalThis.kept));
      await page.event('load', 2);
      await page.rest();
      assert.ok(Math.abs((await page.orbit()).theta - orbit.theta) < 1e-4);
      assert.ok(part(await picture(page.page.locator('#v')), isRed) > 0.1);
      assert.equal((await page.statistics()).viewers, 1);
    });

    test('what is far away waits, and reveal="manual" waits to be told', async () => {
      const body = `<div class="tall"></div>${viewer()}${viewer('reveal="manual"').replace('id="v"', 'id="w"')}`;
      const page = await it.show(body, { page: { head: '<link rel="stylesheet" href="/tall.css">' } });
      await page.page.waitForTimeout(300);
      assert.deepEqual(page.requests.filter((url) => /glb|wasm/.test(url)), [], 'nothing is fetched for what nobody sees');
      await page.page.evaluate(() => scrollTo(0, 4000));
      await page.event('load');
      await page.page.waitForTimeout(200);
      assert.equal((await page.events('load')).length, 1);
      await page.page.evaluate(() => document.querySelector('#w').dismissPoster());
      assert.equal((await page.event('load', 2)).id, 'w');
      await page.event('poster-dismissed', 2);
    });

    test('properties set before the element is defined count', async () => {
      const page = await it.show('', { page: {}, before: (page) => page.addInitScript(() => {
        document.addEventListener('DOMContentLoaded', () => {
          const early = document.createElement('anprobe-viewer');
          Object.assign(early, { id: 'v', src: '/box.glb', cameraControls: true, exposure: 0.5, variantName: 'Red' });
          document.body.append(early);
        });
      }) });
      await page.event('load');
      const attributes = await page.page.evaluate(() => {
        const { src, cameraControls, exposure, variantName, touchAction } = document.querySelector('#v');
        return { src, cameraControls, exposure, variantName, touchAction };
      });
      assert.deepEqual(attributes, { src: '/box.glb', cameraControls: true, exposure: 0.5, variantName: 'Red', touchAction: 'none' });
    });

    test('handlers may call back, set and remove in the middle of an event', async () => {
      const page = await it.show(viewer('camera-controls'), { before: (page) => page.addInitScript(() => {
        document.addEventListener('progress', ({ target }) => { target.exposure += 0.01; target.getCameraOrbit(); }, true);
        document.addEventListener('load', ({ target }) => {
          if (target.id !== 'v') return;
          target.cameraOrbit = '90deg 75deg 105%';
          target.jumpCameraToGoal();
          target.variantName = 'Green';
        }, true);
        document.addEventListener('variant-applied', ({ target }) => target.remove(), true);
      }) });
      await page.event('variant-applied');
      await page.settle();
      assert.deepEqual([page.errors, await page.events('error')], [[], []]);
      assert.equal(await page.page.locator('#v').count(), 0);
    });
  });
}
