// The whole story of a customer, from the first look into the cart: on a desktop and a phone, on both backends; with a
// mouse, with taps that need no drag, and with keys alone.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { foreign, launch, open, serve } from './harness.mjs';
import { hand } from './hands.mjs';

const DESKTOP = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
/** A picture of one pixel. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
const STORIES = [
  ['webgpu', 'desktop', 'mouse', DESKTOP],
  ['webgpu', 'desktop', 'keys', DESKTOP],
  ['webgpu', 'phone', 'taps', PHONE],
  ['webgl', 'phone', 'taps', PHONE],
];

for (const backend of ['webgpu', 'webgl']) {
  describe(backend, () => {
    let site;
    let browser;
    before(async () => { [site, browser] = await Promise.all([serve(), launch(backend)]); });
    afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
    after(() => Promise.all([browser?.close(), site?.close()]));

    /** What another person sees who opens a link. */
    async function opensTheSame(link, code) {
      const other = await open(browser, link, { context: DESKTOP });
      await other.page.waitForFunction((code) => document.querySelector('#product')?.code === code, code, { timeout: 60_000 });
      assert.deepEqual([other.errors, other.violations], [[], []]);
      await other.close();
    }

    for (const [, device, kind, context] of STORIES.filter(([on]) => on === backend)) {
      test(`${device}, ${kind}: guided, chosen, repaired, engraved, compared, kept, shared, bought`, async () => {
        const settings = { locale: 'en', reducedMotion: 'reduce', permissions: ['clipboard-read', 'clipboard-write'], ...context };
        const seen = await open(browser, `${site.origin}/demo/product.html?product=lamp&backend=${backend}`, { context: settings });
        const { page } = seen;
        const { press, choose, write } = hand(kind, page);
        const panel = page.locator('anprobe-panel');
        const ask = (path) => page.evaluate((path) => path.split('.').reduce((at, name) => at?.[name], document.querySelector('#product')), path);
        const is = (path, wanted) => page.waitForFunction(([path, wanted]) => {
          const found = path.split('.').reduce((at, name) => at?.[name], document.querySelector('#product'));
          return JSON.stringify(found) === JSON.stringify(wanted);
        }, [path, wanted]);
        const stands = () => page.waitForFunction(() => document.querySelector('#product')?.loaded, undefined, { timeout: 120_000 });
        const button = (name) => panel.getByRole('button', { name, exact: typeof name === 'string' });
        const radio = (name) => panel.getByRole('radio', { name });
        /** Opens a group or section, as far as it is not open. */
        const go = async (name) => {
          if (device === 'phone') return press(panel.getByRole('tab', { name }));
          const fold = panel.getByRole('heading', { name }).getByRole('button');
          if (await fold.count() && await fold.getAttribute('aria-expanded') === 'false') await press(fold);
        };
        await stands();
        await panel.locator('label.choice').first().waitFor({ state: 'attached' });

        // Guided: no socket nearby asks for the battery.
        await press(button('For reading'));
        await press(panel.locator('.guide, [part~=guide]').getByRole('button', { name: 'No', exact: true }));
        await press(button(/^Show it to me/));
        await is('configuration.values.power', 'battery');

        // Chosen.
        await go(/^Colour/);
        await choose(radio(/Terracotta/));
        await is('configuration.values.finish', 'terracotta');

        // A conflict says why, and its way out is one press.
        await go(/^Base/);
        await choose(radio(/Charges your phone/));
        const card = panel.getByRole('group', { name: /does not go with/ });
        assert.match(await card.textContent(), /battery/i);
        assert.equal(await ask('configuration.values.base'), 'dimmer');
        await press(card.getByRole('button').first());
        await is('configuration.values.base', 'charging');
        await is('configuration.values.power', 'mains');

        // The customer's own words.
        await go(/^Engraving/);
        await write(panel.getByRole('textbox', { name: 'Engraving' }), 'For Mia');
        await is('configuration.values.engraving', 'For Mia');
        const code = await ask('code');

        // Compared with what is owned: the lamp as it was sold first.
        await page.evaluate(() => {
          const viewer = document.querySelector('#product');
          viewer.owned = viewer.codeWith('base', 'dimmer');
        });
        await go(/^Upgrades/);
        await press(panel.locator('[part~=upgrade-head]').first());
        await page.waitForFunction(() => document.querySelector('#product').comparison?.ready);
        await press(page.getByRole('button', { name: 'With upgrade', exact: true }));
        await is('wipe', 0);
        await press(page.getByRole('button', { name: 'Mine', exact: true }));
        await is('wipe', 1);
        await press(page.getByRole('button', { name: 'End the comparison' }));
        await is('comparison', undefined);
        assert.equal(await ask('code'), code, 'looking changes nothing');

        // Kept, and there again after a reload.
        await go(/^Saved designs/);
        await press(button('Save this design'));
        const kept = panel.getByRole('button', { name: /Design 1/ }).first();
        await kept.waitFor();
        await page.reload();
        await stands();
        assert.notEqual(await ask('code'), code);
        await go(/^Saved designs/);
        await press(kept);
        await is('code', code);

        // Shared: the link brings the design.
        await go(/^Share/);
        await press(button('Copy link'));
        await page.waitForFunction(async () => (await navigator.clipboard.readText()).includes('#'));
        const link = await page.evaluate(() => navigator.clipboard.readText());
        assert.ok(link.includes(code), link);
        if (backend === 'webgpu') await opensTheSame(link, code);

        // Bought: the upgrade of what they have, and a whole one for a friend.
        const [total, net] = [await ask('quote.totalText'), await ask('quote.moreThanOwned')];
        assert.equal(net, 5400);
        const inCart = (count) => page.waitForFunction((count) => document.querySelector('.acts a, .acts output, [data-cart]')?.textContent?.includes(count), String(count));
        await press(button('Add upgrade to cart'));
        await inCart(1);
        await go(/^More ways/);
        await press(button(/^A whole new one/));
        await inCart(2);
        await page.goto(`${site.origin}/demo/cart.html`);
        for (const text of [total, '€54.00']) await page.getByText(text).first().waitFor();
        assert.match(await page.locator('main').textContent(), /For Mia/);
        assert.deepEqual([seen.errors, seen.violations, foreign(seen.requests, [site.origin])], [[], [], []]);
      });
    }
  });
}
