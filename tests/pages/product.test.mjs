// A product that is configured: what a shop's page reads, what a customer sees, and that both come back.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { difference, foreign, picture } from './harness.mjs';
import { PLACES, isBlue, keys, lose, part, stage } from './fixtures.mjs';

const LAMP = '/demo/assets/lamp.json';
const lamp = (attributes = '') => `<anprobe-viewer id="v" product="${LAMP}" alt="A lamp" interaction-prompt="none" ${attributes}></anprobe-viewer>`;

for (const { name, backend, elsewhere } of PLACES) {
  describe(name, () => {
    let it;
    before(async () => { it = await stage(backend, { elsewhere }); });
    afterEach(() => it.tidy());
    after(() => it?.close());

    async function ready(body = lamp(), options = {}) {
      const page = await it.show(body, options);
      // In software a clear coat's shaders take seconds.
      await page.event('load', 1, 60_000);
      await page.settle();
      const ask = (act, ...args) => page.page.evaluate(([act, args]) => {
        const viewer = document.querySelector('#v');
        // Tests alone may make code of text; the page's policy binds the page.
        const value = act.split('.').reduce((at, name) => at[name], viewer);
        return typeof value === 'function' ? value.apply(viewer, args) : value;
      }, [act, args]);
      const shot = async () => {
        await page.settle();
        return picture(page.page.locator('#v'));
      };
      return { ...page, ask, shot };
    }

    test('the product stands, says what can be chosen and what it costs, and asks for nothing else', async () => {
      const page = await ready();
      const order = (await page.events()).map((entry) => entry.name);
      assert.ok(order.indexOf('configuration-change') < order.indexOf('load'), 'choices can be shown before the model');
      const options = await page.ask('options');
      assert.deepEqual(options.map(({ id }) => id), ['finish', 'shade', 'arm', 'light', 'power', 'base', 'engraving', 'clip']);
      const finish = options[0];
      assert.deepEqual([finish.value, finish.choices[0].state, finish.choices[2].state, finish.choices[2].amountText], ['graphite', 'taken', 'possible', '+€10.00']);
      const quote = await page.ask('quote');
      assert.deepEqual([quote.total, quote.totalText, quote.taxIncluded, quote.taxNote], [25650, '€256.50', true, 'VAT included']);
      assert.match((await page.ask('sheet')).combinations, /^[1-9]\d{2,}$/);
      assert.equal((await page.ask('sheet')).behaviours[0].name, 'Dim');
      assert.deepEqual([page.errors, page.warnings.filter((text) => text.includes('anprobe')), page.violations, foreign(page.requests, [it.site.origin, it.code.origin])], [[], [], [], []]);
      const fetched = page.requests.filter((url) => url.includes('/anprobe_')).map((url) => url.split('/').at(-1)).sort();
      assert.deepEqual(fetched, [`anprobe_product.js`, `anprobe_${backend}_product.js`, `anprobe_${backend}_product.wasm`]);
    });

    // Where the code comes from matters no more once it is there.
    if (elsewhere) return;

    test('a choice shows, costs, and is taken back bit for bit', async () => {
      const page = await ready();
      const first = await page.shot();
      assert.equal(await page.ask('select', 'finish', 'terracotta'), 'changed');
      const { rev, changed } = await page.event('configuration-change', 2);
      assert.deepEqual(changed, ['finish/graphite', 'finish/silver', 'finish/sage', 'finish/terracotta']);
      assert.ok(rev > 0);
      const second = await page.shot();
      assert.ok(difference(first, second, 8) > 0.01, 'it looks otherwise');
      assert.equal((await page.ask('quote')).total, 26650);
      assert.equal((await page.ask('configuration')).canUndo, true);
      assert.equal(await page.ask('undo'), 'changed');
      assert.equal(difference(first, await page.shot(), 0), 0, 'undone');
      assert.equal(await page.ask('redo'), 'changed');
      assert.equal(difference(second, await page.shot(), 0), 0, 'done again');
    });

    test('what others stand against says why and what it takes, in two languages', async () => {
      const page = await ready(lamp('lang="de"'));
      await page.ask('select', 'power', 'battery');
      assert.equal(await page.ask('select', 'base', 'charging'), 'blocked');
      const conflict = await page.event('conflict');
      assert.deepEqual(conflict.reasons.map(({ kind, text }) => [kind, text]), [
        ['rule', 'Ein Telefon zu laden braucht mehr, als der Akku gibt.'], ['taken', 'Strom: Akku ist gewählt.'],
      ]);
      assert.equal(conflict.text, 'Lädt Ihr Telefon passt nicht zur Auswahl.');
      assert.equal(conflict.repair.text.replaceAll('\u00a0', ' '), 'Lädt Ihr Telefon wählen, dazu Strom: Kabel statt Akku (-10,00 €)');
      assert.equal((await page.ask('configuration')).values.base, 'dimmer', 'nothing has changed');
      await page.page.evaluate(() => { document.querySelector('#v').lang = 'en'; });
      const english = await page.ask('explain', 'base', 'charging');
      assert.equal(english.reasons[0].text, 'Charging a phone takes more than the battery can give.');
      assert.equal(english.repair.text, 'Choose Charges your phone with Power: Cable instead of Battery (-€10.00)');
      assert.equal(await page.ask('repair', 'base', 'charging'), 'changed');
      assert.deepEqual((await page.ask('configuration')).values, {
        finish: 'graphite', shade: 'spun', arm: 32, light: 'warm', power: 'mains', base: 'charging', engraving: '', clip: 'none',
      });
    });

    test('codes, offers, rates, the guide and upgrades reach the page', async () => {
      const page = await ready();
      await page.ask('select', 'arm', 30);
      await page.ask('select', 'light', 'warmdim');
      const code = await page.ask('code');
      assert.match(code, /^[\w-]{1,16}$/);
      const other = await ready(lamp(`config="${code}" owned="${code}" currency="BTC"`));
      assert.equal((await other.ask('configuration')).values.arm, 30);
      await other.page.evaluate(() => {
        const viewer = document.querySelector('#v');
        viewer.rates = { BTC: { rate: 0.000015, digits: 8 } };
        viewer.offers = { 'LU-L-WD': { price: 1900, stock: 2, validUntilSecs: 1 } };
      });
      const quote = await other.ask('quote');
      assert.deepEqual([quote.currency, quote.digits, quote.total, quote.converted, quote.stale, quote.stock], ['BTC', 8, 409_500, true, true, 2]);
      assert.equal(quote.totalText.replaceAll('\u00a0', ' '), 'BTC 0.00409500');
      assert.ok(quote.offersTime > 1.7e9);
      const upgrades = await other.ask('upgrades');
      assert.deepEqual(upgrades.map(({ id }) => id), ['charging', 'shade', 'clip'].filter((id) => upgrades.some((upgrade) => upgrade.id === id)));
      const charging = upgrades.find(({ id }) => id === 'charging');
      assert.deepEqual([charging.install.steps.length, charging.install.method, charging.added.map(({ name }) => name)], [3, 'swap', ['Charges your phone']]);
      assert.equal(await other.ask('upgrade', 'charging'), 'changed');
      assert.equal((await other.ask('configuration')).differences[0].to, 'Charges your phone');
      const guide = await other.ask('guide', { use: 'mood', place: 'no' });
      assert.ok(guide.suggestions.some(({ of, avoided }) => of === 'power/mains' && avoided));
      assert.ok(guide.best.changes.some(({ group, to }) => group === 'power' && to === 'Battery'));
      assert.equal(await other.ask('open', guide.best.code), 'changed');
    });

    test('whatever a page hands over, the viewer stays', async () => {
      const page = await ready(lamp('lang="en_US"'));
      const said = await page.page.evaluate(() => {
        const viewer = document.querySelector('#v');
        viewer.rates = { XYZ: null, ETH: { rate: 0.5, digits: 18 } };
        viewer.offers = null;
        viewer.currency = 'ETH';
        const answers = [
          viewer.open(null), viewer.recall(undefined), viewer.select(null, null), viewer.explain(null, {}), viewer.behave('x', 1n),
          viewer.select('power', 'battery'), viewer.select('base', 'charging'),
        ];
        viewer.lang = '';
        return [...answers, viewer.quote.total / 10 ** viewer.quote.digits, viewer.explain('base', 'charging').reasons.length];
      });
      assert.deepEqual(said, ['unknown', 'unknown', 'unknown', undefined, 'unknown', 'changed', 'blocked', 152.75, 2]);
      assert.ok((await page.event('conflict')).repair.text.length > 0);
      assert.deepEqual(page.errors, []);
      await page.page.evaluate(() => { document.body.setAttribute('lang', 'de'); });
      await page.page.waitForFunction(() => document.querySelector('#v').options[0].name === 'Farbe' || document.querySelector('#v').getAttribute('lang') === '');
    });

    test('a page that names a product after a model gets the product', async () => {
      const page = await it.show('<anprobe-viewer id="v" alt="x" interaction-prompt="none"></anprobe-viewer>');
      await page.page.evaluate(async (product) => {
        const viewer = document.querySelector('#v');
        viewer.src = '/box.glb';
        await Promise.resolve();
        viewer.product = product;
      }, LAMP);
      await page.page.waitForFunction(() => document.querySelector('#v').loaded && document.querySelector('#v').code);
      assert.deepEqual(page.errors, []);
    });

    test('once all is there, choices create no pipeline and memory stays', async () => {
      const page = await ready();
      const click = (count, seed) => page.page.evaluate(async ([count, seed]) => {
        const viewer = document.querySelector('#v');
        let state = seed;
        const dice = (sides) => {
          state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
          return Math.floor((state / 2 ** 32) * sides);
        };
        const groups = viewer.options.filter(({ kind }) => kind !== 'text');
        for (let at = 0; at < count; at += 1) {
          const group = groups[dice(groups.length)];
          const value = group.kind === 'number' ? group.min + group.step * dice(7) : group.choices[dice(group.choices.length)].id;
          if (viewer.select(group.id, value) === 'blocked') viewer.repair(group.id, value);
          if (at % 10 === 0) await new Promise((resolve) => requestAnimationFrame(resolve));
        }
        await new Promise((resolve) => setTimeout(resolve, 200));
      }, [count, seed]);
      await page.page.waitForTimeout(1500);
      const settled = await page.statistics();
      await click(300, 1);
      const before = await page.statistics();
      await click(1000, 2);
      const now = await page.statistics();
      assert.equal(now.pipelines, settled.pipelines, 'pipelines');
      for (const name of ['textureBytes', 'bufferBytes', 'wasmBytes']) {
        assert.ok(now[name] <= before[name] * 1.01, `${name}: ${before[name]} → ${now[name]}`);
      }
      assert.deepEqual(page.errors, []);
    });

    test('a lost device brings back configuration, history and picture', async () => {
      const page = await ready(lamp('camera-controls'), { before: (page) => page.addInitScript(keys) });
      await page.ask('select', 'finish', 'sage');
      await page.ask('select', 'arm', 34);
      await page.ask('behave', 'fold', 0.5);
      const first = await page.shot();
      await page.page.evaluate(lose);
      await page.event('load', 2);
      await page.rest();
      assert.equal(difference(first, await page.shot(), 0), 0);
      assert.deepEqual((await page.ask('configuration')).behaviours, { fold: 0.5 });
      await page.ask('undo');
      await page.ask('undo');
      assert.equal((await page.ask('configuration')).values.finish, 'graphite');
      assert.equal((await page.ask('configuration')).canUndo, false);
    });

    test('two sizes of one product change places and the view stays', async () => {
      const page = await ready(lamp().replace(LAMP, '/demo/assets/case.json'));
      const orbit = await page.orbit();
      const first = await page.shot();
      const [size] = await page.ask('options');
      assert.equal(await page.ask('select', size.id, size.choices[1].id), 'changed');
      await page.page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('case-67')));
      await page.page.waitForTimeout(500);
      const second = await page.shot();
      assert.ok(difference(first, second, 8) > 0.01);
      assert.deepEqual(await page.orbit(), orbit);
      await page.ask('undo');
      assert.equal(difference(first, await page.shot(), 0), 0);
    });

    test('a customer’s words and photograph go onto the product, and off again bit for bit', async () => {
      const page = await ready(lamp().replace(LAMP, '/demo/assets/case.json'));
      const first = await page.shot();
      const outcome = await page.page.evaluate(async () => {
        const canvas = new OffscreenCanvas(64, 128);
        const context = canvas.getContext('2d');
        context.fillStyle = '#00f';
        context.fillRect(0, 0, 64, 128);
        return document.querySelector('#v').select('photo', await canvas.convertToBlob());
      });
      assert.equal(outcome, 'changed');
      await page.page.waitForTimeout(500);
      const blue = part(await page.shot(), isBlue);
      assert.ok(blue > 0.05, `${blue} of the picture is blue`);
      assert.equal(await page.ask('select', 'name', 'Mia'), 'changed');
      await page.page.waitForTimeout(500);
      assert.ok(part(await page.shot(), isBlue) < blue, 'the name is on it');
      assert.equal((await page.ask('configuration')).values.name, 'Mia');
      for (const group of ['name', 'photo']) await page.ask('select', group, '');
      await page.page.waitForTimeout(500);
      assert.equal(difference(first, await page.shot(), 0), 0);
      assert.deepEqual([page.errors, page.violations, foreign(page.requests, [it.site.origin])], [[], [], []]);
    });

    test('what is no picture is refused and changes nothing', async () => {
      const page = await ready(lamp().replace(LAMP, '/demo/assets/case.json'));
      const said = await page.page.evaluate(() => document.querySelector('#v').select('photo', new Blob(['text'])).catch(({ name }) => name));
      assert.equal(said, 'InvalidStateError');
      assert.equal((await page.ask('configuration')).values.photo, '');
    });

    test('a product file that cannot be read says so and leaves the page alone', async () => {
      it.site.faults['/bad.json'] = { body: '{"anprobe":1,' };
      const page = await it.show(lamp().replace(LAMP, '/bad.json'));
      const { code, type } = await page.event('error');
      assert.deepEqual([code, type], ['PRODUCT_FILE', 'loadfailure']);
      await page.page.evaluate((product) => { document.querySelector('#v').product = product; }, LAMP);
      await page.event('load');
    });

    test('a page that only shows and one product stand beside each other', async () => {
      const page = await ready(`${lamp()}<anprobe-viewer id="w" src="/box.glb" interaction-prompt="none"></anprobe-viewer>`);
      await page.event('load', 2);
      await page.page.evaluate((product) => document.querySelector('#w').setAttribute('product', product), LAMP);
      await page.event('load', 3);
      assert.equal(await page.page.evaluate(() => document.querySelector('#w').code === document.querySelector('#v').code), true);
      assert.deepEqual(page.errors, []);
    });
  });
}
