// The picture: it stands when `load` says so, follows the page, and can be taken away.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { PNG } from 'pngjs';
import { colours, decode, difference, foreign, picture } from './harness.mjs';
import { PLACES, box, boxBeside, isBlue, isGreen, isRed, part, stage, viewer } from './fixtures.mjs';

for (const { name, backend, elsewhere } of PLACES) {
  describe(name, () => {
    let it;
    before(async () => { it = await stage(backend, { elsewhere }); });
    afterEach(() => it.tidy());
    after(() => it?.close());

    test('the lamp stands when load says so, and nothing else is asked for', async () => {
      const page = await it.show('<anprobe-viewer id="v" src="/demo/assets/lamp.glb" alt="A lamp" interaction-prompt="none"></anprobe-viewer>');
      const { url } = await page.event('load');
      const shot = await picture(page.page.locator('#v'));
      assert.equal(url, '/demo/assets/lamp.glb');
      assert.ok(colours(shot) > 200, `${colours(shot)} colours`);
      assert.ok(part(shot, ([r, g, b]) => r + g + b > 750) > 0.5, 'the page shows through');
      assert.deepEqual([page.errors, page.violations, foreign(page.requests, [it.site.origin, it.code.origin])], [[], [], []]);
      const statistics = await page.statistics();
      assert.equal(statistics.backend, backend);
      await page.page.waitForTimeout(300);
      assert.equal((await page.statistics()).frames, statistics.frames, 'nothing is drawn while nothing changes');
    });

    test('progress grows to one, and the poster goes when the picture stands', async () => {
      it.site.faults['/box.glb'] = { delay: 100 };
      const page = await it.show(viewer('poster="/poster.png"'));
      assert.ok(await page.page.locator('#v .poster:not(.gone)').count());
      await page.event('progress', 2);
      await page.page.waitForFunction(() => globalThis.diary.some((entry) => entry.totalProgress === 1));
      const steps = (await page.events('progress')).map((entry) => entry.totalProgress);
      assert.deepEqual(steps, [...steps].sort((a, b) => a - b));
      assert.equal(steps.at(-1), 1);
      const order = (await page.events()).map((entry) => entry.name);
      assert.ok(order.indexOf('load') < order.indexOf('poster-dismissed'));
      await page.page.waitForFunction(() => getComputedStyle(document.querySelector('#v').shadowRoot.querySelector('.poster')).visibility === 'hidden');
      delete it.site.faults['/box.glb'];
    });

    test('a poster hides the picture until it is dismissed, and again', async () => {
      const page = await it.show(viewer('reveal="manual" loading="eager"'));
      await page.event('load');
      await page.settle();
      const red = async () => part(await picture(page.page.locator('#v')), isRed);
      assert.equal(await red(), 0, 'before');
      await page.page.evaluate(() => document.querySelector('#v').dismissPoster());
      await page.event('poster-dismissed');
      await page.settle();
      assert.ok(await red() > 0.1, 'dismissed');
      await page.page.evaluate(() => document.querySelector('#v').showPoster());
      await page.settle();
      assert.equal(await red(), 0, 'shown again');
    });

    test('what lies in the slots is over the picture, and can be clicked', async () => {
      const slots = '<button>Buy</button><i slot="poster">wait</i><b slot="progress-bar">bar</b>';
      const page = await it.show(viewer('camera-controls').replace('></anprobe-viewer>', `>${slots}</anprobe-viewer>`));
      await page.event('load');
      await page.page.evaluate(() => document.querySelector('button').addEventListener('click', () => { globalThis.bought = true; }));
      await page.page.getByRole('button', { name: 'Buy' }).click({ timeout: 2000 });
      assert.ok(await page.page.evaluate(() => globalThis.bought));
      await page.rest();
      const before = await page.orbit();
      await page.page.mouse.move(100, 100);
      await page.page.mouse.down();
      await page.page.mouse.move(60, 100, { steps: 3 });
      await page.page.mouse.up();
      // Beside it the product still turns: a slow machine's first frame may come late.
      await page.page.waitForFunction((theta) => document.querySelector('#v').getCameraOrbit().theta !== theta, before.theta, { timeout: 5000 });
    });

    test('a .gltf finds its buffer and texture beside it, whatever their names', async () => {
      Object.assign(it.site.faults, Object.fromEntries(Object.entries(boxBeside()).map(([path, body]) => [path, { body }])));
      const page = await it.show(viewer().replace('/box.glb', 'beside/box.gltf'));
      await page.event('load');
      await page.settle();
      assert.ok(part(await picture(page.page.locator('#v')), isRed) > 0.1);
      assert.deepEqual([page.errors, page.warnings.filter((text) => text.includes('anprobe'))], [[], []]);
    });

    if (backend === 'webgpu') test('a texture that the browser does not copy arrives as bytes', async () => {
      Object.assign(it.site.faults, Object.fromEntries(Object.entries(boxBeside()).map(([path, body]) => [path, { body }])));
      const page = await it.show(viewer().replace('/box.glb', 'beside/box.gltf'), { before: (page) => page.addInitScript(() => {
        globalThis.GPUQueue.prototype.copyExternalImageToTexture = () => { throw new TypeError('not today'); };
      }) });
      await page.event('load');
      await page.settle();
      assert.ok(part(await picture(page.page.locator('#v')), isRed) > 0.1);
      assert.deepEqual(await page.events('error'), []);
    });

    test('a variant shows in the next frame, without a new pipeline', async () => {
      const page = await it.show(viewer());
      await page.event('load');
      assert.ok(part(await picture(page.page.locator('#v')), isRed) > 0.15);
      await page.page.waitForTimeout(200);
      const { pipelines, frames } = await page.statistics();
      await page.page.evaluate(() => { document.querySelector('#v').variantName = 'Green'; });
      await page.event('variant-applied');
      await page.settle();
      const shot = await picture(page.page.locator('#v'));
      assert.ok(part(shot, isGreen) > 0.15 && part(shot, isRed) === 0);
      const after = await page.statistics();
      assert.deepEqual([after.pipelines, after.frames], [pipelines, frames + 1]);
      assert.deepEqual(await page.page.evaluate(() => document.querySelector('#v').availableVariants), ['Red', 'Green', 'Blue']);
    });

    test('a still has the size that was asked for and the view as it is', async () => {
      const page = await it.show(viewer('variant-name="Blue"'));
      await page.event('load');
      await page.settle();
      const still = async (options) => decode(Buffer.from(await page.page.evaluate(async (options) => {
        const blob = await document.querySelector('#v').toBlob(options);
        return [...new Uint8Array(await blob.arrayBuffer())];
      }, options)));
      const shown = await picture(page.page.locator('#v'));
      const own = await still({});
      assert.deepEqual([own.width, own.height], [200, 150]);
      assert.ok(Math.abs(part(own, isBlue) - part(shown, isBlue)) < 0.01);
      assert.equal(own.data[3], 0, 'the ground is see-through');
      const large = await still({ width: 640, height: 320 });
      assert.deepEqual([large.width, large.height], [640, 320]);
      assert.ok(part(large, isBlue) > 0.08);
      assert.ok(difference(shown, await picture(page.page.locator('#v'))) === 0, 'the element is as it was');
      const url = await page.page.evaluate(() => document.querySelector('#v').toDataURL('image/jpeg', 0.9));
      assert.ok(url.startsWith('data:image/jpeg;base64,') && url.length > 1000);
    });

    test('an emulated phone, whose browser tells another screen’s pixels, is drawn in its own', async () => {
      const page = await it.show(viewer(), { context: { deviceScaleFactor: 2 } });
      await page.event('load');
      await page.settle();
      const [canvas, css] = await page.page.evaluate(() => {
        const view = document.querySelector('#v').shadowRoot.querySelector('.view');
        return [view.querySelector('canvas').width, view.clientWidth];
      });
      assert.equal(canvas, 2 * css);
    });

    test('an element that grows is drawn anew at its size', async () => {
      const page = await it.show(viewer());
      await page.event('load');
      await page.page.evaluate(() => { document.querySelector('#v').style.width = '400px'; });
      await page.settle();
      const shot = await picture(page.page.locator('#v'));
      assert.equal(shot.width, 400);
      // A stretched picture would have a box twice as wide as high.
      const red = (x, y) => isRed(shot.at(x, y));
      const wide = [...Array(400).keys()].filter((x) => red(x, 75)).length;
      const high = [...Array(150).keys()].filter((y) => red(200, y)).length;
      assert.ok(wide > 40 && wide < 1.7 * high, `${wide} × ${high}`);
    });

    test('an animation plays, pauses and can be set', async () => {
      const page = await it.show(viewer('animation-name="Slide"'));
      await page.event('load');
      assert.deepEqual(await page.page.evaluate(() => {
        const viewer = document.querySelector('#v');
        return [viewer.availableAnimations, viewer.duration, viewer.paused];
      }), [['Slide'], 1, true]);
      const first = await picture(page.page.locator('#v'));
      await page.page.evaluate(() => document.querySelector('#v').play({ repetitions: 1 }));
      await page.event('finished');
      assert.equal((await page.events('play')).length, 1);
      await page.page.evaluate(() => { document.querySelector('#v').currentTime = 0.5; });
      await page.settle();
      assert.ok(difference(first, await picture(page.page.locator('#v'))) > 0.02);
      assert.equal(await page.page.evaluate(() => document.querySelector('#v').currentTime), 0.5);
    });

    test('environments light the product, Radiance and PNG alike, and one that is missing stops nothing', async () => {
      it.site.faults['/red.hdr'] = { body: Buffer.concat([
        Buffer.from('#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 2 +X 4\n'), Buffer.from(Array(8).fill([200, 8, 8, 130]).flat()),
      ]) };
      const png = new PNG({ width: 8, height: 4 });
      for (let i = 0; i < png.data.length; i += 4) png.data.set([8, 8, 255, 255], i);
      it.site.faults['/blue.png'] = { body: PNG.sync.write(png) };
      const page = await it.show('<anprobe-viewer id="v" src="/demo/assets/lamp.glb" alt="A lamp" variant-name="Silver" '
        + 'interaction-prompt="none" environment-image="/red.hdr"></anprobe-viewer>');
      await page.event('load');
      await page.settle();
      const tint = async () => {
        const { data } = await picture(page.page.locator('#v'));
        const sum = [0, 0, 0];
        for (let i = 0; i < data.length; i += 4) [0, 1, 2].forEach((c) => { sum[c] += 255 - data[i + c]; });
        return sum;
      };
      const red = await tint();
      assert.ok(red[0] < 0.8 * red[2], `${red}`);
      const changes = (await page.events('environment-change')).length;
      await page.page.evaluate(() => { document.querySelector('#v').environmentImage = '/blue.png'; });
      await page.event('environment-change', changes + 1);
      await page.settle();
      const blue = await tint();
      assert.ok(blue[2] < 0.8 * blue[0], `${blue}`);
      await page.page.evaluate(() => { document.querySelector('#v').environmentImage = '/none.hdr'; });
      await page.page.waitForTimeout(300);
      await page.settle();
      assert.ok(page.warnings.some((text) => text.includes('ENVIRONMENT_IMAGE')), String(page.warnings));
      assert.deepEqual(await page.events('error'), []);
    });

    test('thirty elements share one device', async () => {
      const many = Array.from({ length: 30 }, (_, i) => `<anprobe-viewer id="v${i}" src="/box.glb" alt="Box ${i}" loading="eager" `
        + `interaction-prompt="none" variant-name="${['Red', 'Green', 'Blue'][i % 3]}"></anprobe-viewer>`);
      const page = await it.show(`<div class="many">${many.join('')}</div>`, { context: { viewport: { width: 640, height: 1000 } } });
      await page.event('load', 30, 60_000);
      await page.settle();
      const statistics = await page.statistics('v0');
      assert.equal(statistics.viewers, 30);
      for (const i of [0, 1, 2, 13, 29]) {
        const shot = await picture(page.page.locator(`#v${i}`));
        const right = [isRed, isGreen, isBlue][i % 3];
        assert.ok(part(shot, right) > 0.15, `element ${i}: ${part(shot, right)}`);
      }
      assert.deepEqual(page.errors, []);
    });

    test('two hundred loads leave nothing behind', async () => {
      it.site.faults['/other.glb'] = { body: box({ texels: 20_000 }) };
      const page = await it.show(viewer());
      await page.event('load');
      const load = (count) => page.page.evaluate(async (count) => {
        const viewer = document.querySelector('#v');
        for (let i = 0; i < count; i += 1) {
          const loaded = new Promise((resolve) => viewer.addEventListener('load', resolve, { once: true }));
          viewer.src = i % 2 ? '/box.glb' : '/other.glb';
          await loaded;
        }
      }, count);
      const client = await page.page.context().newCDPSession(page.page);
      const heap = async () => {
        await client.send('HeapProfiler.collectGarbage');
        return (await client.send('Runtime.getHeapUsage')).usedSize;
      };
      await load(40);
      const [before, heapBefore] = [await page.statistics(), await heap()];
      await load(160);
      const heapAfter = await heap();
      const after = await page.statistics();
      for (const figure of ['bufferBytes', 'textureBytes', 'viewers', 'pipelines']) {
        assert.equal(after[figure], before[figure], figure);
      }
      assert.equal(after.wasmBytes, before.wasmBytes);
      // The page's own diary of events takes 1 kB a load, what the browser compiles meanwhile some kB once.
      assert.ok(heapAfter - heapBefore < 170 * 1024, `JavaScript keeps ${heapAfter - heapBefore} bytes`);
    });
  });
}
