// Turning the product: mouse, fingers, wheel, keys and buttons, and a page that stays scrollable.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { difference, picture } from './harness.mjs';
import { PLACES, stage, viewer } from './fixtures.mjs';

for (const { name, backend, elsewhere } of PLACES) {
  describe(name, () => {
    let it;
    before(async () => { it = await stage(backend, { elsewhere }); });
    afterEach(() => it.tidy());
    after(() => it?.close());

    /** A page whose product can be turned and stands, seen from the front. */
    async function ready(attributes = '', options) {
      const page = await it.show(viewer(`camera-controls camera-orbit="0deg 75deg 105%" ${attributes}`), options);
      await page.event('load');
      await page.rest();
      return { ...page, shot: () => picture(page.page.locator('#v')) };
    }

    test('dragging turns, and the page hears of it', async () => {
      const page = await ready();
      const [before, first] = [await page.orbit(), await page.shot()];
      await page.page.mouse.move(100, 75);
      await page.page.mouse.down();
      await page.page.mouse.move(140, 75, { steps: 4 });
      await page.page.mouse.up();
      await page.rest();
      const after = await page.orbit();
      assert.ok(after.theta < before.theta - 0.3, `${before.theta} → ${after.theta}`);
      assert.ok(Math.abs(after.phi - before.phi) < 0.02);
      assert.ok(difference(first, await page.shot()) > 0.02);
      const sources = (await page.events('camera-change')).map((entry) => entry.source);
      assert.ok(sources.includes('user-interaction'), String(sources));
    });

    test('the wheel zooms, and scrolls the page where it must not zoom', async () => {
      const page = await ready();
      const before = await page.page.evaluate(() => document.querySelector('#v').getFieldOfView());
      await page.page.mouse.move(100, 75);
      await page.page.mouse.wheel(0, -300);
      await page.rest();
      assert.ok(await page.page.evaluate(() => document.querySelector('#v').getFieldOfView()) < before - 1);
      await page.page.evaluate(() => { document.body.style.height = '3000px'; document.querySelector('#v').disableZoom = true; });
      await page.page.mouse.wheel(0, 300);
      await page.page.waitForFunction(() => scrollY > 100);
    });

    test('keys and buttons turn in equal steps, and a screen reader hears the view', async () => {
      const page = await ready();
      const role = page.page.locator('#v').getByRole('application');
      await role.focus();
      const start = await page.orbit();
      await page.page.keyboard.press('ArrowRight');
      await page.rest();
      const turned = await page.orbit();
      const step = turned.theta - start.theta;
      assert.ok(Math.abs(Math.abs(step) - Math.PI / 8) < 0.01, `${step}`);
      await page.page.keyboard.press('ArrowLeft');
      await page.rest();
      assert.ok(Math.abs((await page.orbit()).theta - start.theta) < 0.01);
      await page.page.keyboard.press('PageUp');
      await page.page.keyboard.press('ArrowUp');
      await page.rest();
      assert.ok((await page.orbit()).phi > start.phi + 0.3, 'the product turns up');

      await page.page.getByRole('button', { name: 'Turn and zoom' }).click();
      const target = await page.page.getByRole('button', { name: 'Turn left' }).boundingBox();
      assert.ok(target.width >= 44 && target.height >= 44);
      for (let i = 0; i < 4; i += 1) await page.page.getByRole('button', { name: 'Turn left' }).click();
      await page.page.waitForFunction(() => document.querySelector('#v').shadowRoot.querySelector('[role=status]').textContent.startsWith('View from the '));
      await page.rest();
      const moved = await page.orbit();
      assert.ok(Math.abs(Math.abs(moved.theta - start.theta) - Math.PI / 2) < 0.02, `${moved.theta}`);
      await page.page.getByRole('button', { name: 'Reset the view' }).click();
      await page.rest();
      const home = await page.orbit();
      assert.ok(Math.abs(home.theta - start.theta) < 0.01 && Math.abs(home.phi - start.phi) < 0.01);
      await page.page.keyboard.press('Escape');
      assert.equal(await page.page.getByRole('button', { name: 'Turn left' }).count(), 0);
    });

    test('one finger turns, two fingers zoom', async () => {
      const page = await ready('', { context: { viewport: { width: 400, height: 600 }, hasTouch: true } });
      const touch = await fingers(page.page);
      const before = await page.orbit();
      await touch([[100, 75]], [[60, 75]]);
      await page.rest();
      assert.ok((await page.orbit()).theta > before.theta + 0.3, 'turned');
      const fov = () => page.page.evaluate(() => document.querySelector('#v').getFieldOfView());
      const wide = await fov();
      await touch([[90, 75], [110, 75]], [[40, 75], [160, 75]]);
      await page.rest();
      assert.ok(await fov() < wide - 1, 'zoomed');
    });

    test('with touch-action pan-y a finger scrolls the page, and still turns the product', async () => {
      const page = await ready('touch-action="pan-y"', { context: { viewport: { width: 400, height: 300 }, hasTouch: true } });
      await page.page.evaluate(() => { document.body.style.height = '2000px'; });
      const touch = await fingers(page.page);
      const before = await page.orbit();
      await touch([[100, 120]], [[100, 20]]);
      await page.page.waitForFunction(() => scrollY > 20);
      await page.rest();
      assert.ok(Math.abs((await page.orbit()).phi - before.phi) < 0.05, 'not tilted');
      await page.page.evaluate(() => scrollTo(0, 0));
      await page.settle();
      await touch([[100, 75]], [[50, 77]]);
      await page.rest();
      assert.ok((await page.orbit()).theta > before.theta + 0.3, 'turned');
      assert.ok(await page.page.evaluate(() => scrollY) < 5);
    });

    test('a gesture that is the product\'s stays so, also where a browser would begin to scroll', async () => {
      const page = await ready('touch-action="pan-y"', { context: { viewport: { width: 400, height: 300 }, hasTouch: true } });
      await page.page.evaluate(() => {
        globalThis.held = [];
        addEventListener('touchmove', (event) => globalThis.held.push(event.defaultPrevented));
      });
      const touch = await fingers(page.page);
      await touch([[150, 75]], [[90, 80]]);
      const held = await page.page.evaluate(() => globalThis.held);
      assert.ok(held.length > 3 && held.slice(2).every(Boolean), String(held));
    });

    test('without camera-controls nothing turns and everything scrolls', async () => {
      const page = await it.show(viewer());
      await page.event('load');
      await page.rest();
      const before = await page.orbit();
      await page.page.mouse.move(100, 75);
      await page.page.mouse.down();
      await page.page.mouse.move(140, 75, { steps: 3 });
      await page.page.mouse.up();
      await page.page.evaluate(() => { document.body.style.height = '2000px'; });
      await page.page.mouse.wheel(0, 200);
      await page.page.waitForFunction(() => scrollY > 100);
      assert.deepEqual(await page.orbit(), before);
      assert.equal(await page.page.getByRole('img', { name: 'A box' }).count(), 1);
    });
  });
}

/** Fingers that move from points to points, as the browser gets them from a screen. */
async function fingers(page) {
  const client = await page.context().newCDPSession(page);
  const send = (type, points) => client.send('Input.dispatchTouchEvent', {
    type, touchPoints: points.map(([x, y], id) => ({ x, y, id })),
  });
  return async (from, to) => {
    await send('touchStart', from);
    const steps = 8;
    for (let i = 1; i <= steps; i += 1) {
      await send('touchMove', from.map(([x, y], n) => [x + ((to[n][0] - x) * i) / steps, y + ((to[n][1] - y) * i) / steps]));
      await page.waitForTimeout(16);
    }
    await send('touchEnd', []);
  };
}
