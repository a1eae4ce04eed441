// Before and after: two configurations in one picture, exact to the pixel, and all that an owner is told and can do.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { findings, inEveryDress } from './axe.mjs';
import { BACKENDS, difference, foreign, picture } from './harness.mjs';
import { stage } from './fixtures.mjs';


/** A shop's page: the picture beside the panel, or above it. */
const STYLE = `html{color-scheme:light dark;font-family:sans-serif}body{margin:0;background:Canvas!important;color:CanvasText}main{display:flex;height:100vh}
main anprobe-viewer{flex:1;height:100%;min-width:0}anprobe-panel{width:380px;height:100%}h1{position:absolute;clip-path:inset(50%)}
@media(max-width:600px){main{display:block}main anprobe-viewer{width:100%;height:55vh}anprobe-panel{width:auto;height:45vh}}`;

/** @param {string} product @param {string} attributes */
const shop = (product, attributes = '') => `<main><h1>Shop</h1><anprobe-viewer id="v" product="/demo/assets/${product}.json" alt="The product" camera-controls
  interaction-prompt="none" ${attributes}></anprobe-viewer><anprobe-panel id="p" for="v"></anprobe-panel></main>`;

for (const backend of BACKENDS) {
  describe(backend, () => {
    let it;
    before(async () => { it = await stage(backend, { pages: { '/shop.css': STYLE } }); });
    afterEach(() => it.tidy());
    after(() => it?.close());

    /** A product that stands, owned as it comes unless told otherwise. */
    async function ready(product = 'lamp', { owns = true, width = 1000, height = 500, motion = 'reduce' } = {}) {
      const page = await it.show(shop(product), {
        page: { head: '<link rel="stylesheet" href="/shop.css"><meta name="color-scheme" content="light dark">' },
        context: { viewport: { width, height }, reducedMotion: motion },
      });
      await page.event('load', 1, 90_000);
      const { page: tab } = page;
      if (owns) await tab.evaluate(() => { const viewer = document.querySelector('#v'); viewer.owned = viewer.code; });
      await tab.waitForFunction((owns) => Boolean(document.querySelector('#v').configuration?.owned) === owns, owns);
      /** Runs with the viewer. */
      const ask = (act, argument) => tab.evaluate(`(${act})(document.querySelector('#v'), ${JSON.stringify(argument)})`);
      /** The picture alone: what lies over it is put aside. */
      const shot = async () => {
        await page.rest();
        const over = (shown) => tab.evaluate((shown) => {
          const viewer = document.querySelector('#v');
          for (const layer of [...viewer.querySelectorAll('[data-anprobe-layer]'), ...viewer.shadowRoot.querySelectorAll('.marks')]) {
            layer.style.opacity = shown ? '' : '0';
          }
        }, shown);
        await over(false);
        const taken = await picture(tab.locator('#v'));
        await over(true);
        return taken;
      };
      const drawn = () => tab.waitForFunction(() => document.querySelector('#v').comparison?.ready);
      const section = async () => {
        await tab.waitForFunction(() => document.querySelector('#p').reveal && document.querySelector('#p').shadowRoot.querySelector('#f-anprobe-upgrades'));
        await tab.evaluate(() => document.querySelector('#p').reveal('anprobe-upgrades'));
        await tab.locator('.upgrades').waitFor();
      };
      const get = (role, name) => tab.getByRole(role, { name, exact: true });
      /** The part that has the focus, in the panel or over the picture. */
      const focused = () => tab.evaluate(() => {
        let at = document.activeElement;
        while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
        return at?.getAttribute('part') ?? at?.textContent;
      });
      return { ...page, page: tab, ask, shot, drawn, section, get, focused };
    }

    const upgrade = (viewer, id) => viewer.upgrades().find((each) => each.id === id).code;

    /** What the picture has no part in is asked once. */
    const once = backend === 'webgpu' ? test : () => {};

    for (const [product, id] of [['lamp', 'charging'], ['car', 'rack']].slice(0, backend === 'webgpu' ? 2 : 1)) {
      test(`${product}: each end is one configuration alone, and the middle half of each`, async () => {
        const page = await ready(product);
        const mine = await page.shot();
        const code = await page.ask(upgrade, id);
        await page.ask((viewer, code) => viewer.open(code), code);
        const theirs = await page.shot();
        assert.ok(difference(mine, theirs, 8) > 0.0001, 'the upgrade is seen');
        await page.ask((viewer) => viewer.undo());
        assert.equal(await page.ask((viewer, b) => viewer.compare({ b }), code), 'changed');
        await page.drawn();
        for (const [wipe, alone] of [[1, mine], [0, theirs]]) {
          await page.ask((viewer, wipe) => { viewer.wipe = wipe; }, wipe);
          assert.equal(difference(await page.shot(), alone, 0), 0, `at ${wipe}`);
        }
        // In software a picture takes its time.
        await page.ask((viewer) => new Promise((resolve) => {
          viewer.addEventListener('render', () => requestAnimationFrame(resolve), { once: true });
          viewer.wipe = 0.5;
        }));
        const both = await page.shot();
        const middle = both.width / 2;
        const sides = [[0, middle - 1, mine, theirs], [middle + 1, both.width, theirs, mine]].map(([from, to, own, other]) => {
          const [half, whole, wrong] = [both, own, other].map((picture) => cut(picture, from, to));
          return [difference(half, whole, 8), difference(half, wrong, 8)];
        });
        // What is near the line, shade and glow, knows of the other side.
        for (const [off] of sides) assert.ok(off < 5e-4, `${JSON.stringify(sides)}`);
        assert.ok(sides.some(([off, wrong]) => wrong > 10 * off && wrong > 0), `${JSON.stringify(sides)}`);
        await page.ask((viewer) => viewer.compare(null));
        assert.equal(difference(await page.shot(), mine, 0), 0, 'and it ends as it began');
        assert.deepEqual([page.errors, page.violations, foreign(page.requests, [it.site.origin])], [[], [], []]);
      });
    }

    test('marks change pixels only where parts differ', async () => {
      const page = await ready();
      const code = await page.ask(upgrade, 'charging');
      await page.ask((viewer, b) => viewer.compare({ b }), code);
      await page.drawn();
      const at = async (wipe, marks) => {
        // In software a picture takes its time.
        await page.ask((viewer, [wipe, marks]) => new Promise((resolve) => {
          viewer.addEventListener('render', () => requestAnimationFrame(resolve), { once: true });
          Object.assign(viewer, { wipe, marks });
        }), [wipe, marks]);
        return page.shot();
      };
      const [mine, plain, marked] = [await at(1, false), await at(0, false), await at(0, true)];
      const parts = extent(mine, plain, 2);
      const marks = extent(plain, marked, 2);
      assert.ok(marks, 'something is marked');
      const [left, top, right, bottom] = parts;
      const inside = marks[0] >= left - 2 && marks[1] >= top - 2 && marks[2] <= right + 2 && marks[3] <= bottom + 2;
      assert.ok(inside, `${marks} within ${parts}`);
      let last = await at(0, false);
      // What the page lays over the picture on a slow machine goes, too.
      for (let tries = 0; tries < 5 && difference(last, plain, 0); tries += 1) last = await page.shot();
      assert.equal(difference(last, plain, 0), 0, 'and they go');
    });

    once('the line follows a drag, keys and taps, and leaves turning alone', async () => {
      const page = await ready('lamp', { motion: 'no-preference' });
      const code = await page.ask(upgrade, 'charging');
      await page.ask((viewer, b) => viewer.compare({ b }), code);
      const handle = page.get('slider', 'Line between Mine and With upgrade');
      await handle.waitFor();
      const wipe = () => page.ask((viewer) => Math.round(viewer.wipe * 1000) / 1000);
      const settled = (value) => page.page.waitForFunction((value) => Math.abs(document.querySelector('#v').wipe - value) < 1e-4, value);
      await page.ask((viewer) => { viewer.wipe = 0.5; });
      const { width, x: left } = await page.page.locator('#v').boundingBox();
      const box = await handle.boundingBox();
      assert.deepEqual([Math.round(box.width), Math.round(box.height)], [44, 44]);
      // Held off its middle, it does not jump.
      const [x, y] = [box.x + 32, box.y + 22];
      await page.page.mouse.move(x, y);
      await page.page.mouse.down();
      assert.equal(await wipe(), 0.5);
      await page.page.mouse.move(x + width / 4, y, { steps: 4 });
      assert.equal(await wipe(), 0.75);
      assert.equal(await handle.getAttribute('aria-valuetext'), 'Mine 75 %, With upgrade 25 %');
      await page.page.mouse.move(left + width + 100, y);
      await page.page.mouse.up();
      assert.equal(await wipe(), 1);
      const end = await handle.boundingBox();
      assert.ok(end.x + end.width <= left + width, 'at the end it stays in reach');
      const orbit = await page.orbit();
      assert.equal(await page.get('button', 'Mine').getAttribute('aria-pressed'), 'true');
      await page.page.mouse.move(left + width / 2, y + 60);
      await page.page.mouse.down();
      await page.page.mouse.move(left + width / 2 + 80, y + 60, { steps: 4 });
      await page.page.mouse.up();
      await page.page.waitForFunction((theta) => Math.abs(document.querySelector('#v').getCameraOrbit().theta - theta) > 0.1, orbit.theta);
      assert.equal(await wipe(), 1);

      await handle.focus();
      for (const [key, value] of [['ArrowLeft', 0.98], ['PageDown', 0.88], ['ArrowUp', 0.9], ['PageUp', 1], ['Home', 0], ['ArrowRight', 0.02], ['End', 1]]) {
        await page.page.keyboard.press(key);
        assert.equal(await wipe(), value, key);
      }
      /** How far it is at once, by a tap on the last of the three buttons. */
      const tap = () => page.page.evaluate(() => {
        const viewer = document.querySelector('#v');
        for (const layer of viewer.querySelectorAll('[data-anprobe-layer]')) layer.shadowRoot.querySelectorAll('.group button')[2]?.click();
        return viewer.wipe;
      });
      assert.equal(await tap(), 1, 'it moves there');
      await settled(0);
      await page.get('button', 'Mine').click();
      await settled(1);
      await page.page.emulateMedia({ reducedMotion: 'reduce' });
      assert.equal(await tap(), 0, 'or is there at once, for whom motion is too much');
      await page.get('button', 'Both').click();
      await settled(0.5);
      await page.get('button', 'Mine').click();
      await settled(1);
      await page.get('button', 'Show what changes').first().click();
      await settled(0);
      assert.equal(await page.ask((viewer) => viewer.marks), true);
      await page.get('button', 'End the comparison').first().click();
      await handle.waitFor({ state: 'detached' });
      assert.deepEqual(page.errors, []);
    });

    once('an upgrade shows what it brings and costs, is taken, and left out again', async () => {
      const page = await ready();
      const owned = await page.ask((viewer) => viewer.code);
      await page.section();
      const head = page.page.locator('.up-head', { hasText: 'Charging base' });
      assert.match(await head.innerText(), /€54\.00[^]*Swap it yourself · 6 minutes[^]*Charges your phone/);
      await head.click();
      await page.get('slider', 'Line between Mine and With upgrade').waitFor();
      assert.equal(await head.getAttribute('aria-expanded'), 'true');
      const rows = await page.page.locator('.difference tbody tr').allInnerTexts();
      assert.deepEqual(rows.map((row) => row.replace(/\s+/g, ' ')), [
        'Base With dimmer Charges your phone', 'Weight 2,560 g 2,620 g 60 g more, worse', 'Power 8 W 23 W 15 W more, worse',
      ]);
      assert.match(await page.page.locator('.upgrade').first().innerText(), /In the box\s+Charging base\s+Price\s+€69\.00\s+For your old part\s+−€15\.00\s+You pay\s+€54\.00/);
      await page.get('button', 'Take it for €54.00').click();
      const code = await page.ask(upgrade, 'charging');
      assert.equal(await page.ask((viewer) => viewer.code), code);
      await page.page.locator('.upgrade.taken').waitFor();
      await page.settle();
      assert.equal(await page.focused(), 'upgrade-take', 'the focus stays');
      await page.page.locator('.toast').getByRole('button').click();
      await page.get('button', 'Take it for €54.00').waitFor();
      assert.equal(await page.focused(), 'upgrade-take', 'and comes back from the way back');
      await page.page.keyboard.press('Enter');
      await page.get('button', 'Leave it out again').click();
      await page.page.locator('.upgrade:not(.taken)').first().waitFor();
      await page.settle();
      assert.equal(await page.focused(), 'upgrade-take');
      assert.equal(await page.ask((viewer) => viewer.code), owned);
      await head.click();
      await page.page.waitForFunction(() => !document.querySelector('#v').comparison);
    });

    once('who owns none is asked, and who has all is told so', async () => {
      const page = await ready('car', { owns: false });
      await page.section();
      await page.page.getByText('Have one already?').waitFor();
      await page.get('button', 'I have this one').click();
      await page.page.getByText('What fits yours').waitFor();
      assert.equal(await page.focused(), 'What fits yours', 'the button has gone, the place has not');
      assert.equal(await page.ask((viewer) => viewer.owned), await page.ask((viewer) => viewer.code));
      await page.ask((viewer) => {
        for (const [group, choice] of [['roof', 'glass'], ['wheels', 'turbine'], ['lamps', 'adaptive']]) viewer.repair(group, choice);
        viewer.owned = viewer.code;
      });
      await page.page.getByText('Nothing to add right now').waitFor();
      await page.get('button', 'I have another one').click();
      await page.page.getByText('Have one already?').waitFor();
      assert.equal(await page.ask((viewer) => viewer.owned), null);
    });

    once('the focus comes back from a comparison to where it was before', async () => {
      const page = await ready();
      await page.section();
      const over = async () => {
        await page.page.locator('.wipe').waitFor({ state: 'detached' });
        return page.focused();
      };
      await page.page.locator('.up-head').first().click();
      await page.page.locator('.wipe .end').press('Enter');
      assert.equal(await over(), 'upgrade-head');
      // The button that leads to the table has no card.
      await page.ask((viewer) => viewer.select('finish', 'sage'));
      const compare = page.page.locator('[part~=upgrade-compare]');
      for (const end of ['[part~=upgrade-end]', '.wipe .end']) {
        await compare.press('Enter');
        await page.page.locator('.difference').waitFor();
        await page.page.locator('.wipe').waitFor();
        await page.page.locator(end).press('Enter');
        assert.equal(await over(), 'button upgrade-compare', end);
      }
      await compare.press('Enter');
      await page.page.locator('.wipe').waitFor();
      await page.page.locator('[part~=upgrade-keep-a]').press('Enter');
      await compare.waitFor({ state: 'detached' });
      assert.equal(await page.focused(), 'What fits yours');
      assert.deepEqual(page.errors, []);
    });

    once('the player ends with its product, and all that lay over the picture', async () => {
      const page = await ready();
      await page.section();
      await page.page.locator('.up-head').first().click();
      await page.get('button', 'How to fit it').click();
      await page.page.locator('.player').waitFor();
      await page.ask((viewer) => { viewer.product = '/demo/assets/case.json'; });
      await page.page.locator('.player').waitFor({ state: 'detached' });
      await page.page.locator('.wipe').waitFor({ state: 'detached' });
      await page.page.waitForFunction(() => !parseFloat(document.querySelector('#v').style.getPropertyValue('--anprobe-covered') || '0'));
      assert.deepEqual(page.errors, []);
    });

    once('two from a link have names and a table, and one of them is gone on with', async () => {
      const page = await ready('lamp', { owns: false });
      const [a, b] = await page.ask((viewer) => {
        const codes = [viewer.code];
        viewer.select('light', 'warmdim');
        viewer.select('finish', 'sage');
        codes.push(viewer.code);
        viewer.reset();
        viewer.compare({ a: codes[0], b: codes[1] });
        return codes;
      });
      await page.get('slider', 'Line between First and Second').waitFor();
      await page.section();
      const rows = await page.page.locator('.difference tbody tr').allInnerTexts();
      assert.deepEqual(rows.map((row) => row.split('\t')[0].trim()), ['Colour', 'Light', 'Light', 'Power', 'Price']);
      assert.notEqual(a, b);
      await page.get('button', 'Go on with: Second').click();
      assert.equal(await page.ask((viewer) => viewer.code), b);
      assert.equal(await page.ask((viewer) => viewer.comparison), undefined);
    });

    test('steps go over the product one at a time, and leave everything as it was', async () => {
      const page = await ready();
      const first = await page.shot();
      const orbit = await page.orbit();
      await page.section();
      await page.page.locator('.up-head').first().click();
      await page.get('button', 'How to fit it').click();
      const card = page.page.getByRole('group', { name: 'How to fit and use it' });
      await card.first().waitFor();
      const said = () => page.page.locator('.said').innerText();
      const views = [];
      for (const [count, words] of [['Step 1 of 3 · 1 minute', 'fold it low'], ['Step 2 of 3 · 2 minutes', 'Loosen'], ['Step 3 of 3 · 3 minutes', 'new base']]) {
        await page.rest();
        const text = await said();
        assert.ok(text.includes(count) && text.includes(words), text);
        views.push(JSON.stringify(await page.orbit()));
        await page.page.keyboard.press('ArrowRight');
      }
      assert.equal(new Set(views).size, 3, 'each looks from elsewhere');
      await page.page.keyboard.press('Home');
      assert.match(await said(), /Step 1/);
      await page.page.keyboard.press('ArrowRight');
      assert.match(await said(), /You need: Coin/);
      const picture = await page.page.locator('#v').evaluate((viewer) => viewer.shadowRoot.querySelector('.view').getBoundingClientRect().bottom);
      assert.ok(picture <= (await page.page.locator('.player').boundingBox()).y, 'the picture ends above the card');
      await page.page.keyboard.press('Escape');
      await page.ask((viewer) => viewer.compare(null));
      await page.rest();
      assert.deepEqual(await page.orbit(), orbit);
      assert.equal(difference(await page.shot(), first, 0), 0);
      assert.deepEqual(page.errors, []);
    });

    once('what the product can do is played there and back once, and rests in the end', async () => {
      const page = await ready('lamp', { motion: 'no-preference' });
      await page.section();
      await page.page.locator('.up-head').first().click();
      await page.get('button', 'How to fit it').click();
      await page.get('button', 'Use it').click();
      const played = page.page.evaluate(() => new Promise((resolve) => {
        const [viewer, values, start] = [document.querySelector('#v'), [], performance.now()];
        const watch = () => {
          const value = viewer.configuration.behaviours.warmth ?? 100;
          values.push(value);
          if (values.includes(10) && value === 100) resolve(performance.now() - start);
          else requestAnimationFrame(watch);
        };
        watch();
      }));
      await page.get('button', 'Play: Dim').click();
      assert.ok(await played > 2400, 'slowly enough to be seen');
      await page.page.locator('.use input').focus();
      await page.page.keyboard.press('Home');
      assert.deepEqual(await page.ask((viewer) => viewer.configuration.behaviours), { warmth: 10 });
      await page.get('button', 'Play: Dim').click();
      await page.page.locator('.use.two button').click();
      await page.page.waitForFunction(() => document.querySelector('#v').configuration.behaviours.fold === 1);
      assert.deepEqual(await page.ask((viewer) => viewer.configuration.behaviours), { fold: 1 }, 'an act cuts the other short');
      await page.get('button', 'Close').click();
      assert.deepEqual(await page.ask((viewer) => viewer.configuration.behaviours), {});
    });

    // What axe sees does not depend on the backend.
    for (const width of backend === 'webgpu' ? [360, 1280] : []) {
      test(`axe finds nothing at ${width} pixels`, async () => {
        const page = await ready('lamp', { width, height: 740, owns: false });
        const clean = (state) => inEveryDress(page.page, async (lang, scheme) => assert.deepEqual(await findings(page.page), [], `${state}, ${lang}, ${scheme}`));
        await page.section();
        await clean('not owned');
        await page.ask((viewer) => { viewer.owned = viewer.code; });
        await page.page.locator('.up-head').first().click();
        await page.page.locator('.wipe').waitFor();
        await clean('compared');
        await page.page.locator('.upgrade .up-acts button').nth(1).click();
        await page.page.locator('.player').waitFor();
        await clean('steps');
        await page.page.locator('.tabs button').nth(1).click();
        await clean('behaviours');
        assert.deepEqual([page.errors, page.violations], [[], []]);
      });
    }
  });
}

/** Columns of a picture. */
function cut({ width, height, data }, from, to) {
  const rows = Array.from({ length: height }, (_, y) => data.subarray(4 * (y * width + from), 4 * (y * width + to)));
  return { width: to - from, height, data: Buffer.concat(rows) };
}

/** The box, `[left, top, right, bottom]`, around all pixels that differ. */
function extent(a, b, tolerance) {
  let box;
  for (let i = 0; i < a.data.length; i += 4) {
    if ([0, 1, 2].every((channel) => Math.abs(a.data[i + channel] - b.data[i + channel]) <= tolerance)) continue;
    const [x, y] = [(i / 4) % a.width, Math.floor(i / 4 / a.width)];
    box = box ? [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)] : [x, y, x, y];
  }
  return box;
}
