// The product in real space: hotspots and picking as in model-viewer, dimensions, true size, and whether it fits.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { findings, inEveryDress } from './axe.mjs';
import { BACKENDS } from './harness.mjs';
import { stage, viewer } from './fixtures.mjs';


const STYLE = `:root:root{color-scheme:light dark;font-family:sans-serif}html body{background:Canvas;color:CanvasText}main{display:flex;height:100vh}
#v{flex:1;height:100%;min-width:0}anprobe-panel{width:380px;height:100%}h1{position:absolute;clip-path:inset(50%)}
@media(max-width:600px){main{display:block}#v{width:100%;height:55vh}anprobe-panel{width:auto;height:45vh}}`;
const HEAD = '<link rel="stylesheet" href="/shop.css"><meta name="color-scheme" content="light dark">';

/** Straight from the front, where a box of one metre has its near side half a metre before the middle. */
const FRONT = 'camera-orbit="0deg 90deg 4m" min-camera-orbit="auto auto 0m" max-camera-orbit="auto auto 99m" field-of-view="30deg"';
const spot = (name, position, normal, more = '') => `<button slot="hotspot-${name}" data-position="${position}" data-normal="${normal}" ${more}>${name}</button>`;

const near = (one, other, most) => one.length === other.length && one.every((number, at) => Math.abs(number - other[at]) <= most);

for (const backend of BACKENDS) {
  describe(backend, () => {
    let it;
    before(async () => { it = await stage(backend, { pages: { '/shop.css': STYLE } }); });
    afterEach(() => it.tidy());
    after(() => it?.close());

    /** A page without a product, with what a page of model-viewer's has. */
    async function plain(inside = '', attributes = FRONT) {
      const page = await it.show(viewer(attributes).replace('</', `${inside}</`), {
        context: { viewport: { width: 500, height: 400 }, reducedMotion: 'reduce' },
      });
      await page.event('load', 1, 60_000);
      const ask = (act, argument) => page.page.evaluate(`(${act})(document.querySelector('#v'), ${JSON.stringify(argument)})`);
      // The page's policy lets no text be run there; what a test evaluates is not the page's.
      const until = async (act, argument) => {
        for (const end = Date.now() + 60_000; !await ask(act, argument); await page.settle()) assert.ok(Date.now() < end, `waited for ${act}`);
      };
      return { ...page, ask, until };
    }

    /** Where a point is seen from the front, in the box of 200 × 150. */
    const pinhole = ([x, y, z]) => {
      const focal = 75 / Math.tan(15 * Math.PI / 180) / (4 - z);
      return [100 + x * focal, 75 - y * focal];
    };

    test('a page of model-viewer has its hotspots with the tag renamed: they follow, and what is behind is hidden', async () => {
      const page = await plain(spot('front', '0.25m 20cm 0.5m', '0m 0m 1m', 'data-visibility-attribute="visible"')
        + spot('back', '0 0 -0.5', '0 0 -1', 'data-visibility-attribute="visible"')
        // Its normal faces the camera, but the box stands before it.
        + spot('inner', '0m 0m -0.5m', '0m 0m 1m') + spot('beside', '0.9m 0m -0.5m', '0m 0m 1m'));
      await page.until((viewer) => viewer.queryHotspot?.('hotspot-front')?.facingCamera);
      const seen = await page.ask((viewer) => ['front', 'back', 'inner', 'beside'].map((name) => {
        const { facingCamera, canvasPosition: { x, y } } = viewer.queryHotspot(`hotspot-${name}`);
        const node = viewer.querySelector(`[slot=hotspot-${name}]`);
        const { left, top, width, height } = node.getBoundingClientRect();
        const box = viewer.getBoundingClientRect();
        return { facingCamera, x, y, middle: [left + width / 2 - box.left, top + height / 2 - box.top], marked: node.hasAttribute('data-visible'), opacity: getComputedStyle(node).opacity };
      }));
      assert.deepEqual(seen.map(({ facingCamera }) => facingCamera), [true, false, false, true]);
      assert.deepEqual(seen.slice(0, 2).map(({ marked }) => marked), [true, false]);
      assert.deepEqual(seen.map(({ opacity }) => opacity), ['1', '0.25', '0.25', '1']);
      for (const [at, point] of [[0, [0.25, 0.2, 0.5]], [1, [0, 0, -0.5]], [3, [0.9, 0, -0.5]]]) {
        assert.ok(near([seen[at].x, seen[at].y], pinhole(point), 0.1), `${seen[at].x} ${seen[at].y} ${pinhole(point)}`);
        assert.ok(near(seen[at].middle, pinhole(point), 0.6), `${seen[at].middle}`);
      }
      const position = await page.ask((viewer) => String(viewer.queryHotspot('hotspot-front').position));
      assert.equal(position, '0.25m 0.2m 0.5m');
      // From behind it is the other way round, and the page hears of it.
      await page.ask((viewer) => {
        globalThis.heard = [];
        viewer.querySelector('[slot=hotspot-back]').addEventListener('hotspot-visibility', ({ detail }) => globalThis.heard.push(detail.visible));
        viewer.cameraOrbit = '180deg 90deg 4m';
        viewer.jumpCameraToGoal();
      });
      await page.until((viewer) => viewer.queryHotspot('hotspot-back').facingCamera);
      assert.deepEqual(await page.page.evaluate(() => globalThis.heard), [true]);
      assert.deepEqual(await page.ask((viewer) => ['front', 'beside'].map((name) => viewer.queryHotspot(`hotspot-${name}`).facingCamera)), [false, false]);
      await page.ask((viewer) => viewer.updateHotspot({ name: 'hotspot-front', position: '0m 0m -0.5m', normal: '0m 0m -1m' }));
      assert.equal(await page.ask((viewer) => viewer.queryHotspot('hotspot-front').facingCamera), true);
      assert.equal(await page.ask((viewer) => viewer.queryHotspot('hotspot-none')), null);
      assert.deepEqual([page.errors, page.violations], [[], []]);
    });

    test('hotspots are reached by keyboard in their order, and nobody is sent to hidden ones or loses the one that hides', async () => {
      const page = await plain(spot('one', '0m 0m 0.5m', '0m 0m 1m') + spot('two', '0m 0m -0.5m', '0m 0m -1m') + spot('three', '0m 0.2m 0.5m', '0m 0m 1m'));
      await page.until((viewer) => viewer.queryHotspot?.('hotspot-one')?.facingCamera);
      const { keyboard } = page.page;
      const focused = () => page.page.evaluate(() => document.activeElement.textContent);
      await keyboard.press('Tab');
      assert.equal(await focused(), 'one');
      await keyboard.press('Tab');
      assert.equal(await focused(), 'three');
      await page.ask((viewer) => { viewer.cameraOrbit = '180deg 90deg 4m'; viewer.jumpCameraToGoal(); });
      await page.until((viewer) => viewer.queryHotspot('hotspot-two').facingCamera);
      assert.equal(await focused(), 'three');
      await keyboard.press('Shift+Tab');
      assert.equal(await focused(), 'two');
      await keyboard.press('Tab');
      assert.notEqual(await focused(), 'three');
    });

    test('a point of the surface is found within a thousandth, by a page that never said it would ask', async () => {
      const page = await plain();
      const fetched = () => page.requests.filter((url) => url.includes('product')).length;
      assert.equal(fetched(), 0);
      const [x, y] = pinhole([0.3, -0.2, 0.5]);
      const ask = (viewer, [x, y]) => {
        const { left, top } = viewer.getBoundingClientRect();
        const found = viewer.positionAndNormalFromPoint(left + x, top + y);
        return found && { position: String(found.position), point: [found.position.x, found.position.y, found.position.z], normal: [found.normal.x, found.normal.y, found.normal.z], uv: found.uv };
      };
      assert.equal(await page.ask(ask, [x, y]), null, 'not yet');
      assert.equal(await page.ask((viewer) => viewer.shadowRoot.querySelectorAll('canvas').length), 1, 'the picture stays');
      await page.until(ask, [x, y]);
      const found = await page.ask(ask, [x, y]);
      assert.ok(near(found.point, [0.3, -0.2, 0.5], 0.001), found.position);
      assert.ok(near(found.normal, [0, 0, 1], 0.001) && found.uv === null);
      assert.match(found.position, /^[\d.e-]+m [\d.e-]+m [\d.e-]+m$/);
      assert.equal(await page.ask(ask, [3, 3]), null, 'beside it');
      const material = await page.ask((viewer) => { const { left, top } = viewer.getBoundingClientRect(); return viewer.materialFromPoint(left + 100, top + 75); });
      assert.deepEqual(material, { index: 0, name: '' });
      const picked = page.ask((viewer) => new Promise((resolve) => {
        viewer.addEventListener('click', (event) => resolve(String(viewer.positionAndNormalFromPoint(event.clientX, event.clientY).normal)), { once: true });
      }));
      await page.page.locator('#v').click({ position: { x: 100, y: 75 } });
      assert.equal(await picked, '0m 0m 1m');
      assert.deepEqual([page.errors, page.violations], [[], []]);
    });

    test('a hotspot that comes later stays on its surface while the product moves', async () => {
      const page = await plain();
      await page.ask((viewer) => viewer.insertAdjacentHTML('beforeend', '<button slot="hotspot-any" data-position="0m 9m 0m">any</button>'));
      await page.until((viewer) => viewer.queryHotspot('hotspot-any'));
      const surface = await page.ask((viewer) => { const { left, top } = viewer.getBoundingClientRect(); return viewer.surfaceFromPoint(left + 90, top + 70); });
      assert.match(surface, /^0 0 \d+ \d+ \d+ [01]\.\d{3} [01]\.\d{3} [01]\.\d{3}$/);
      const at = () => page.ask((viewer) => { const { x, y, z } = viewer.queryHotspot('hotspot-any').position; return [x, y, z]; });
      await page.ask((viewer, surface) => viewer.updateHotspot({ name: 'hotspot-any', surface }), surface);
      const before = await at();
      assert.ok(near([before[2]], [0.5], 1e-4));
      await page.ask((viewer) => { viewer.animationName = 'Slide'; viewer.play(); viewer.pause(); viewer.currentTime = 0.5; });
      await page.page.waitForFunction((x) => document.querySelector('#v').queryHotspot('hotspot-any').position.x > x + 0.2, before[0]);
      assert.ok(near(await at(), [before[0] + 0.25, before[1], before[2]], 1e-3), `${before} ${await at()}`);
    });

    test('points are projected and the box measured', async () => {
      const page = await plain(spot('front', '0m 0m 0.5m', '0m 0m 1m'));
      await page.until((viewer) => viewer.rulers?.length === 3);
      const points = [[0.5, 0.5, 0.5], [-0.5, 0.25, 0.5], [0.1, 0.1, -0.5]];
      const seen = await page.ask((viewer, points) => viewer.project(points), points);
      points.forEach((point, at) => assert.ok(near([seen[at].x, seen[at].y], pinhole(point), 0.05)));
      assert.deepEqual(seen.map(({ hidden }) => hidden), [false, false, true]);
      const facing = await page.ask((viewer) => viewer.project([[0, 0, 0.5, 0, 0, 1], [0, 0, 0.5, 0, 0, -1]]).map(({ facing }) => facing));
      assert.deepEqual(facing, [true, false]);
      const rulers = await page.ask((viewer) => viewer.rulers.map(({ axis, length }) => [axis, length]));
      assert.deepEqual(rulers, [['width', 1], ['height', 1], ['depth', 1]]);
    });

    /** A product beside its panel, whose section for sizes is open. */
    async function shop(product, { lang = 'en', width = 1200, height = 700, section = true } = {}) {
      const page = await it.show(`<main><h1>Shop</h1><anprobe-viewer id="v" product="/demo/assets/${product}.json" alt="The product" camera-controls
        camera-orbit="30deg 75deg auto" interaction-prompt="none"></anprobe-viewer><anprobe-panel id="p" for="v"></anprobe-panel></main>`, {
        page: { lang, head: HEAD }, context: { viewport: { width, height }, reducedMotion: 'reduce' },
      });
      await page.event('load', 1, 90_000);
      const tab = page.page;
      const ask = (act, argument) => tab.evaluate(`(${act})(document.querySelector('#v'), ${JSON.stringify(argument)})`);
      if (section) {
        await tab.waitForFunction(() => document.querySelector('#p').reveal);
        await tab.evaluate(() => document.querySelector('#p').reveal('anprobe-space'));
        const fold = tab.locator('#h-anprobe-space button');
        if (await fold.isVisible() && await fold.getAttribute('aria-expanded') !== 'true') await fold.click();
        await tab.locator('.space').waitFor();
      }
      const get = (role, name) => tab.getByRole(role, { name, exact: true });
      const labels = () => ask((viewer) => [...viewer.querySelectorAll('[data-anprobe-layer]')].flatMap((host) => [...host.shadowRoot.querySelectorAll('.label')].map((label) => {
        const { left, top, right, bottom } = label.getBoundingClientRect();
        return { text: label.textContent, over: label.classList.contains('over'), left, top, right, bottom };
      })));
      const type = async (sides) => {
        for (const [side, value] of Object.entries(sides)) await tab.locator(`.gap input[name=${side}]`).fill(value);
      };
      return { ...page, page: tab, ask, get, labels, type };
    }

    test("the product's own hotspots say their words inside the picture, fly there and name the group they open", async () => {
      const page = await shop('car', { section: false, width: 800 });
      const { page: tab } = page;
      const lamps = tab.getByRole('button', { name: 'Lamps behind one sheet of glass' });
      await lamps.waitFor();
      await page.ask((viewer) => viewer.addEventListener('hotspot', ({ detail }) => { globalThis.opened = detail; }));
      const box = await lamps.boundingBox();
      assert.ok(box.width >= 44 && box.height >= 44);
      await lamps.focus();
      const bubble = tab.locator('.bubble');
      assert.equal(await bubble.textContent(), 'Lamps behind one sheet of glass');
      await tab.keyboard.press('Escape');
      assert.equal(await bubble.isVisible(), false);
      await tab.keyboard.press('Enter');
      assert.deepEqual(await tab.evaluate(() => globalThis.opened), { text: 'Lamps behind one sheet of glass', group: 'lamps' });
      await page.rest();
      const { theta, phi } = await page.orbit();
      assert.ok(near([theta, phi], [25, 80].map((angle) => angle * Math.PI / 180), 0.01), `${theta} ${phi}`);
      await tab.waitForFunction(() => {
        const { root } = document.querySelector('#p');
        const [frame, scroll] = [root.querySelector('#f-lamps'), root.querySelector('.scroll')].map((part) => part.getBoundingClientRect());
        return frame.top < scroll.bottom && frame.bottom > scroll.top;
      });
      assert.equal(await page.ask((viewer) => viewer.cameraOrbit), '30deg 75deg auto', "the page's own view stays");
      const [inside, outside] = [await bubble.boundingBox(), await tab.locator('#v').boundingBox()];
      assert.ok(inside.x >= outside.x && inside.x + inside.width <= outside.x + outside.width && inside.y >= outside.y);
      // From behind, the lamps in front are nobody's next stop.
      await page.ask((viewer) => { viewer.flyTo({ orbit: '180deg 75deg auto' }); viewer.jumpCameraToGoal(); });
      await page.rest();
      await tab.evaluate(() => document.querySelector('#v').shadowRoot.activeElement?.blur());
      await tab.waitForFunction(() => [...document.querySelector('#v').shadowRoot.querySelectorAll('.marks > div')].some((box) => box.inert && box.textContent === '' && box.querySelector('[aria-label^=Lamps]')));
    });

    // The panel is the same on both.
    if (backend !== 'webgpu') return;

    test('dimensions are drawn with labels that can be read, in the units of the place or of choice', async () => {
      const page = await shop('car', { lang: 'de' });
      const { page: tab } = page;
      assert.deepEqual(await page.labels(), []);
      await page.get('switch', 'Am Produkt zeigen').check();
      const labels = await page.labels();
      assert.deepEqual(labels.map(({ text }) => text.replace(/\s/g, ' ')), ['Länge 3,66 m', 'Breite 1,68 m', 'Höhe 1,49 m']);
      const box = await tab.locator('#v').boundingBox();
      labels.forEach((one, at) => {
        assert.ok(one.left >= box.x && one.right <= box.x + box.width && one.top >= box.y && one.bottom <= box.y + box.height);
        for (const other of labels.slice(at + 1)) assert.ok(one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top);
      });
      await tab.locator('.space select').selectOption('inch');
      assert.match((await page.labels())[0].text, /^Länge 144,1\s(in|″|")/);
      await tab.reload();
      await page.event('load', 1, 90_000);
      assert.equal(await tab.evaluate(() => localStorage.getItem('anprobe-units')), 'inch');
    });

    test('a gap says which side is too small and by how much, in words and on the product, and one tap makes it fit', async () => {
      const page = await shop('lamp');
      const { page: tab } = page;
      const before = await page.ask((viewer) => viewer.getDimensions().y);
      await page.type({ height: ((before - 0.03) * 100).toFixed(1), width: '90,5' });
      await tab.locator('.verdict').waitFor();
      assert.equal(await tab.locator('.verdict').textContent(), 'It does not fit.');
      const outputs = (await tab.locator('.gap output').allTextContents()).map((text) => text.replace(/\s/g, ' '));
      assert.match(outputs[1], /^3 cm too high$/);
      assert.match(outputs[0], /^41\.\d cm to spare$/);
      assert.equal(outputs[2], 'any');
      assert.deepEqual((await page.labels()).map(({ text, over }) => [text.replace(/\s/g, ' '), over]), [['3 cm too high', true]]);
      const ways = tab.locator('.ways button');
      assert.ok(await ways.count() > 0);
      const total = await page.ask((viewer) => viewer.quote.total);
      const [{ amount, group }] = await page.ask((viewer, height) => viewer.fits(0.905, height, 0).options, Number((before - 0.03).toFixed(3)));
      await ways.first().click();
      await tab.waitForFunction(() => /^It fits/.test(document.querySelector('#p').shadowRoot.querySelector('.verdict').textContent));
      assert.equal((await page.ask((viewer) => viewer.quote.total)) - total, amount, group);
      assert.ok(await page.ask((viewer) => viewer.getDimensions().y) <= before - 0.03 + 1e-4);
      await page.type({ height: 'tall' });
      await tab.locator('.gap input[aria-invalid]').waitFor();
      await page.get('button', 'Clear').click();
      assert.equal(await tab.locator('.verdict').isVisible(), false);
      assert.deepEqual([page.errors, page.violations], [[], []]);
    });

    test('true size is as true as the card, turns with the product, ends with a zoom, and can be forgotten', async () => {
      const page = await shop('lamp');
      const { page: tab } = page;
      await page.get('button', 'Set up this screen').click();
      const card = tab.locator('.card');
      const slider = page.get('slider', 'Size of the drawing');
      await slider.focus();
      for (let presses = 0; presses < 20; presses += 1) await tab.keyboard.press('ArrowRight');
      await page.get('button', 'Larger').click();
      const { width, height } = await card.boundingBox();
      assert.ok(near([width / height], [85.6 / 53.98], 0.01));
      await page.get('button', 'It matches').click();
      const scale = width / 0.0856;
      const shown = page.get('switch', 'Show in true size');
      assert.equal(await shown.isChecked(), true);
      await page.rest();
      assert.ok(near([await page.ask((viewer) => viewer.pixelsPerMetre) / scale], [1], 0.005));
      const kept = await tab.evaluate(() => Number(localStorage.getItem('anprobe-screen')));
      assert.ok(near([kept * 1000 / scale], [1], 0.005));
      await tab.locator('#v').focus();
      await tab.locator('#v').press('ArrowLeft');
      await page.rest();
      await tab.waitForFunction((scale) => Math.abs(document.querySelector('#v').pixelsPerMetre / scale - 1) < 0.005, scale);
      assert.equal(await shown.isChecked(), true);
      await tab.mouse.move(300, 300);
      await tab.mouse.wheel(0, 300);
      await tab.waitForFunction(() => !document.querySelector('#p').shadowRoot.querySelectorAll('[role=switch]')[1].checked);
      await shown.check();
      await tab.waitForFunction((scale) => Math.abs(document.querySelector('#v').pixelsPerMetre / scale - 1) < 0.005, scale);
      await shown.uncheck();
      await page.get('button', 'Forget').click();
      assert.equal(await tab.evaluate(() => localStorage.getItem('anprobe-screen')), null);
      await tab.locator('.toast button').click();
      assert.equal(await tab.evaluate(() => Number(localStorage.getItem('anprobe-screen'))), kept);
    });

    for (const width of [1200, 360]) {
      test(`axe finds nothing at ${width} pixels`, async () => {
        const page = await shop('lamp', { width, height: width > 600 ? 700 : 740 });
        const { page: tab } = page;
        await tab.locator('.space [role=switch]').first().check();
        await page.type({ width: '30', height: '40', depth: 'x' });
        await tab.locator('.verdict').waitFor();
        const clean = (state) => inEveryDress(tab, async (lang, scheme) => assert.deepEqual(await findings(tab), [], `${state}, ${lang}, ${scheme}`));
        await clean('what fits');
        await tab.locator('.space > section').nth(2).getByRole('button').first().click();
        await tab.locator('dialog[open]').waitFor();
        await clean('true size');
      });
    }
  });
}
