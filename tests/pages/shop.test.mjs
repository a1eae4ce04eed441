// The demo is a shop that its owner would trust: every page sound by itself, and one story from the front into the cart.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { after, afterEach, before, describe, test } from 'node:test';
import { findings } from './axe.mjs';
import { CSP, dist, foreign, launch, open, serve } from './harness.mjs';

const PAGES = ['', 'product.html?product=lamp', 'product.html?product=car', 'upgrade.html?product=lamp', 'compare.html?product=car', 'cart.html', 'embed.html', 'gallery.html', 'about.html'];
const PRODUCTS = ['lamp', 'car', 'case', 'shirt'];
const BARE = '<!doctype html><html lang="en"><title>Bare</title><script type="module" src="/anprobe.js"></script><body></body></html>';
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const DESKTOP = { viewport: { width: 1280, height: 800 } };

describe('the shop', () => {
  let site;
  let browser;
  before(async () => { [site, browser] = await Promise.all([serve({ pages: { '/bare': BARE } }), launch('webgpu')]); });
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
  after(() => Promise.all([browser?.close(), site?.close()]));

  /** Opens a page of the shop; every product on it stands. */
  async function visit(path, { lang = 'en', theme = 'light', still = true, ...context } = {}) {
    const settings = { locale: lang, colorScheme: theme, reducedMotion: still ? 'reduce' : 'no-preference', ...DESKTOP, ...context };
    const page = await open(browser, `${site.origin}/demo/${path}`, { context: settings, before: (tab) => tab.addInitScript(() => {
      // Less is a letter that moves by a pixel.
      globalThis.shifts = [];
      new PerformanceObserver((list) => {
        for (const { value, hadRecentInput, sources } of list.getEntries()) {
          if (!hadRecentInput && value > 0.001) globalThis.shifts.push({ value, of: sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? '').join('') });
        }
      }).observe({ type: 'layout-shift', buffered: true });
    }) });
    await stands(page.page);
    return page;
  }

  const stands = (tab) => tab.waitForFunction(() => [...document.querySelectorAll('#product')].every((viewer) => viewer.loaded), undefined, { timeout: 90_000 });
  /** Two frames later everything that was ordered is on the screen. */
  const settle = (tab) => tab.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 50)))));

  /** Nothing printed, blocked or asked of strangers. The gallery shows a damaged file on purpose. */
  function sound(page, path) {
    const errors = page.errors.filter((text) => !(path.startsWith('gallery') && text.includes('damaged')));
    assert.deepEqual([errors, page.violations, foreign(page.requests, [site.origin])], [[], [], []]);
  }

  for (const path of PAGES) {
    for (const [lang, theme, name, device] of [['en', 'light', 'desktop', DESKTOP], ['de', 'dark', 'phone', PHONE]]) {
      test(`/${path}, ${lang}, ${name}: axe finds nothing in either theme, nothing moves, nobody else is asked`, async () => {
        const page = await visit(path, { lang, theme, ...device });
        const { page: tab } = page;
        assert.equal(await tab.evaluate(() => document.documentElement.lang), lang);
        assert.deepEqual(await findings(tab), []);
        assert.deepEqual(await tab.evaluate(() => globalThis.shifts.filter(({ of }) => of)), []);
        // In the panel what is fetched late finds its place; by the browsers' own measure that is still good.
        assert.ok(await tab.evaluate(() => globalThis.shifts.reduce((sum, { value }) => sum + value, 0)) < 0.1);
        await tab.emulateMedia({ colorScheme: theme === 'dark' ? 'light' : 'dark' });
        await settle(tab);
        assert.deepEqual(await findings(tab), []);
        assert.equal(await tab.locator('h1:visible').count(), 1);
        assert.equal(await tab.locator('main').count(), 1);
        for (const width of name === 'phone' ? [320] : [700, 900, 1600]) {
          await tab.setViewportSize({ width, height: 740 });
          await settle(tab);
          assert.ok(await tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `wider than ${width}`);
        }
        sound(page, path);
      });
    }
  }

  test('the front says what the products cost, and shows the one under the pointer alive', async () => {
    const front = await visit('', { still: false });
    const shown = {};
    for (const key of PRODUCTS) {
      const price = front.page.locator(`[data-product=${key}] [data-price]`);
      await front.page.waitForFunction((key) => document.querySelector(`[data-product=${key}] [data-price]`).textContent, key);
      shown[key] = await price.textContent();
    }
    // A picture does until then.
    assert.equal(await front.page.locator('anprobe-viewer').count(), 0);
    await front.page.locator('[data-product=lamp]').hover();
    await front.page.locator('[data-product=lamp].live').waitFor({ timeout: 60_000 });
    sound(front, '');
    await front.close();
    // The engine says the same, and understands what the shop's lists offer.
    const { page } = await open(browser, `${site.origin}/bare`);
    for (const key of PRODUCTS) {
      const [price, unknown] = await page.evaluate(async (key) => {
        const { PRODUCTS } = await import('/demo/products.js');
        const viewer = document.createElement('anprobe-viewer');
        viewer.setAttribute('product', `/demo/assets/${key}.json`);
        const known = new Promise((resolve) => viewer.addEventListener('configuration-change', resolve, { once: true }));
        document.body.append(viewer);
        await known;
        const price = viewer.quote.totalText;
        return [price, PRODUCTS[key].ready.filter(({ code }) => viewer.open(code) === 'unknown' || viewer.code !== code)];
      }, key);
      assert.deepEqual([price, unknown], [shown[key], []]);
    }
  });

  test('a phone loads no 3D on the front', async () => {
    const page = await visit('', { ...PHONE, still: false });
    await page.page.locator('.card').first().dispatchEvent('pointerenter');
    await page.page.waitForFunction(() => [...document.querySelectorAll('[data-price]')].every((price) => price.textContent));
    assert.deepEqual(page.requests.filter((url) => /wasm|glb/.test(url)), []);
  });

  test('into the cart, back to be edited, and out of it again', async () => {
    const page = await visit('product.html?product=lamp');
    const { page: tab } = page;
    await tab.evaluate(() => document.querySelector('#product').select('finish', 'sage'));
    const [code, total] = await tab.evaluate(() => [document.querySelector('#product').code, document.querySelector('#product').quote.totalText]);
    await tab.locator('anprobe-panel').getByRole('button', { name: 'Add to cart' }).click();
    await tab.getByRole('link', { name: 'Cart, 1 thing' }).waitFor();
    await tab.locator('anprobe-panel .toast').getByText('It is in your cart').waitFor();
    await tab.getByRole('link', { name: 'Cart, 1 thing' }).click();
    await tab.getByRole('heading', { name: 'Lumo' }).waitFor();
    assert.equal(await tab.locator('.entry .sum').textContent(), total);
    assert.equal(JSON.parse(await tab.locator('#order').textContent())[0].code, code);
    const drawn = () => tab.locator('.entry canvas').evaluate((canvas) => canvas.getContext('2d').getImageData(0, 0, 192, 192).data.some(Boolean));
    await tab.waitForFunction(() => document.querySelector('.entry canvas').getContext('2d').getImageData(0, 0, 192, 192).data.some(Boolean));
    assert.ok(await drawn());
    assert.deepEqual(await findings(tab), []);
    await tab.getByRole('button', { name: 'One more of Lumo' }).click();
    assert.equal(await tab.locator('.entry output').textContent(), '2');
    await tab.getByRole('link', { name: 'Edit Lumo' }).click();
    await stands(tab);
    assert.equal(await tab.evaluate(() => document.querySelector('#product').code), code);
    await tab.locator('a.skip').evaluate((link) => link.click());
    assert.equal(new URL(tab.url()).hash, '#main');
    await tab.evaluate(() => document.querySelector('#product').select('finish', 'terracotta'));
    const changed = await tab.evaluate(() => document.querySelector('#product').code);
    await tab.locator('anprobe-panel').getByRole('button', { name: 'Add to cart' }).click();
    await tab.locator('anprobe-panel .toast').getByText('Your cart has the new one').waitFor();
    await tab.getByRole('link', { name: 'Cart, 2 things' }).click();
    await tab.locator('.entry').waitFor();
    const order = JSON.parse(await tab.locator('#order').textContent());
    assert.deepEqual(order.map(({ code, quantity }) => [code, quantity]), [[changed, 2]]);
    await tab.getByRole('button', { name: 'Remove Lumo' }).click();
    await tab.getByText('Nothing is in it yet').waitFor();
    await tab.getByRole('button', { name: 'Undo' }).click();
    assert.equal(await tab.locator('.entry').count(), 1);
    sound(page, 'cart.html');
  });

  test('language, theme and currency stay, and “Your data” lists them', async () => {
    const page = await visit('product.html?product=car');
    const { page: tab } = page;
    await tab.getByRole('button', { name: 'Menu' }).press('Enter');
    await tab.getByLabel('Language').selectOption('de');
    await tab.getByLabel('Darstellung').selectOption('dark');
    await tab.getByLabel('Währung').selectOption('CHF');
    await tab.waitForFunction(() => document.querySelector('#product').quote.currency === 'CHF');
    assert.deepEqual(await findings(tab), []);
    await tab.reload();
    await stands(tab);
    assert.deepEqual(await tab.evaluate(() => [document.documentElement.lang, document.documentElement.dataset.theme, document.querySelector('h1').textContent, document.title]), ['de', 'dark', 'Anton', 'Anton · Anprobe']);
    assert.equal(await tab.evaluate(() => document.querySelector('#product').quote.currency), 'CHF');
    const kept = await tab.evaluate(() => Object.keys(localStorage).filter((key) => !key.startsWith('anprobe')));
    assert.deepEqual(kept, []);
    await tab.evaluate(() => document.querySelector('anprobe-panel').reveal('anprobe-designs'));
    await tab.locator('anprobe-panel').getByRole('button', { name: 'Was auf diesem Gerät liegt' }).click();
    await tab.locator('anprobe-panel dialog').getByText('CHF').waitFor();
    sound(page, 'product.html');
  });

  test('on a phone nothing stands before the product: above the sheet the way into the room, above that what is compared and fitted', async () => {
    const page = await visit('product.html?product=lamp', { lang: 'de', ...PHONE });
    const { page: tab } = page;
    const panel = tab.locator('anprobe-panel');
    const places = () => tab.evaluate(() => {
      const root = document.querySelector('#product').shadowRoot;
      const place = (at) => { const { top, bottom, left, right } = at.getBoundingClientRect(); return { top, bottom, left, right }; };
      return Object.fromEntries(Object.entries({
        view: root.querySelector('.view'), room: root.querySelector('.ar-button button'), turn: root.querySelector('.buttons button'),
        sheet: document.querySelector('anprobe-panel').shadowRoot.querySelector('.panel'),
        bar: document.querySelector('[data-anprobe-layer]')?.shadowRoot.querySelector('.bar'), card: document.querySelector('[data-anprobe-layer]:last-of-type')?.shadowRoot.querySelector('.player'),
      }).filter(([, at]) => at).map(([name, at]) => [name, place(at)]));
    });
    const apart = (a, b) => a.bottom <= b.top || b.bottom <= a.top || a.right <= b.left || b.right <= a.left;
    const tidy = async () => {
      await settle(tab);
      const found = await places();
      assert.ok(found.room && found.turn && found.sheet);
      assert.ok(found.room.bottom <= found.sheet.top, JSON.stringify(found));
      for (const [name, at] of Object.entries(found)) {
        if (!['room', 'view'].includes(name)) assert.ok(apart(at, found.room), `${name} over the button: ${JSON.stringify(found)}`);
      }
      assert.ok(found.view.bottom <= (found.card ?? found.bar ?? found.room).top, JSON.stringify(found));
      return found;
    };
    await panel.locator('label.choice').first().waitFor({ state: 'attached' });
    await tab.waitForFunction(() => document.querySelector('#product').shadowRoot.querySelector('.ar-button:not([hidden])'));
    await tidy();
    await tab.evaluate(() => { const viewer = document.querySelector('#product'); viewer.owned = viewer.code; });
    await panel.getByRole('tab', { name: /^Upgrades/ }).tap();
    await panel.locator('[part~=upgrade-head]').first().tap();
    await tab.waitForFunction(() => document.querySelector('#product').comparison?.ready);
    assert.ok((await tidy()).bar);
    // The steps are to be seen, however far the sheet was drawn up; then it is as it was.
    await panel.getByRole('button', { name: 'Mehr Platz für die Auswahl' }).tap();
    const { sheet } = await places();
    await panel.locator('[part~=upgrade-fit]').tap();
    await tab.locator('.player').waitFor();
    const seen = await tidy();
    assert.ok(seen.sheet.top > sheet.top + 200 && seen.view.bottom - seen.view.top > 200, JSON.stringify(seen));
    await tab.keyboard.press('Escape');
    await settle(tab);
    assert.equal((await places()).sheet.top, sheet.top);
    sound(page, 'product.html');
  });

  test('owners say what is theirs, and the panel has what fits it', async () => {
    const page = await visit('upgrade.html?product=lamp');
    const { page: tab } = page;
    await tab.getByLabel('Silver, neutral light').check();
    const code = await tab.evaluate(() => document.querySelector('#product').owned);
    assert.equal(new URL(tab.url()).searchParams.get('owned'), code);
    await tab.locator('anprobe-panel').getByRole('button', { name: /Charging base/ }).click();
    await tab.waitForFunction(() => document.querySelector('#product').comparison);
    assert.equal(await tab.evaluate(() => document.querySelector('#product').comparison.a), code);
    assert.deepEqual(await findings(tab), []);
    // What the panel has kept as the customer's own is there, too.
    await tab.reload();
    await stands(tab);
    assert.equal(await tab.locator('#mine :checked').inputValue(), code);
    sound(page, 'upgrade.html');
  });

  test('a link brings two side by side, and the pickers write it', async () => {
    const codes = ['EAAgAAAAABAAAAAQAAAAAAAAAAAPx9', 'EABAMBAAAAAAAAAwAAAAAAAAAAAPZi'];
    const page = await visit(`compare.html?product=car#a=${codes[0]}&b=${codes[1]}`);
    const { page: tab } = page;
    const shown = () => tab.evaluate(() => { const { a, b } = document.querySelector('#product').comparison ?? {}; return [a, b]; });
    await tab.waitForFunction(() => document.querySelector('#product').comparison);
    assert.deepEqual(await shown(), codes);
    assert.deepEqual(await tab.evaluate(() => ['#a', '#b'].map((id) => document.querySelector(id).value)), codes);
    await tab.getByRole('combobox', { name: 'Left', exact: true }).selectOption({ label: 'Lagoon and ivory' });
    // The address has it at once, the picture when the customer's own pictures are there.
    await tab.waitForFunction(() => location.hash.includes('a=EAAAAAAAAAAAAAAAAAAAAAAAAAAPx5'));
    await tab.waitForFunction(() => document.querySelector('#product').comparison.a === 'EAAAAAAAAAAAAAAAAAAAAAAAAAAPx5');
    assert.deepEqual(await shown(), ['EAAAAAAAAAAAAAAAAAAAAAAAAAAPx5', codes[1]]);
    await tab.getByRole('button', { name: 'Change sides' }).click();
    await tab.waitForFunction((left) => document.querySelector('#product').comparison.a === left, codes[1]);
    assert.deepEqual(await shown(), [codes[1], 'EAAAAAAAAAAAAAAAAAAAAAAAAAAPx5']);
    sound(page, 'compare.html');
  });

  test('the copied lines work in an empty page of another shop', async () => {
    const page = await visit('embed.html?product=case', { permissions: ['clipboard-read', 'clipboard-write'] });
    const { page: tab } = page;
    await tab.getByLabel('Begins with').selectOption({ label: 'Plum, with a name' });
    await tab.getByLabel('Language').selectOption('de');
    await tab.getByRole('button', { name: /Copy HTML/ }).click();
    await tab.getByText('Copied').waitFor();
    const html = await tab.evaluate(() => navigator.clipboard.readText());
    const css = await tab.locator('#css').textContent();
    const policy = (await tab.locator('#csp').textContent()).replaceAll('\n', ' ');
    assert.equal(policy.trim(), CSP);
    const csp = CSP.replace(/(script|connect)-src 'self'/g, `$& ${site.origin}`);
    const shop = await serve({ csp, pages: { '/shop.css': css, '/': `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title><link rel="stylesheet" href="/shop.css"></head><body><main><h1>Shop</h1>${html}</main></body></html>` } });
    const other = await open(browser, shop.origin);
    await other.page.waitForFunction(() => document.querySelector('anprobe-viewer').loaded, undefined, { timeout: 90_000 });
    const panel = other.page.locator('anprobe-panel');
    await panel.getByRole('heading', { name: 'Hülle' }).waitFor();
    assert.equal(await other.page.evaluate(() => document.querySelector('anprobe-viewer').code), 'EAAAIBADZoqYggH-E');
    assert.deepEqual([other.errors, other.violations, foreign(other.requests, [site.origin, shop.origin])], [[], [], []]);
    await shop.close();
    sound(page, 'embed.html');
  });

  test('who asks for it has the product without network', async () => {
    const page = await visit('product.html?product=lamp');
    const { page: tab } = page;
    await tab.getByRole('button', { name: 'Menu' }).click();
    await tab.getByRole('switch', { name: 'Keep for offline use' }).click();
    await tab.getByText('Kept.').waitFor({ timeout: 60_000 });
    // Every file of the pages is named; what stands in folders of its own belongs to products or to owners.
    const named = await tab.evaluate(async () => (await import('/demo/offline.js')).PAGES);
    const files = (await readdir(`${dist}demo`, { withFileTypes: true })).filter((entry) => entry.isFile() && /\.(html|js|css|svg)$/.test(entry.name));
    assert.deepEqual(files.map(({ name }) => `/demo/${name}`).filter((file) => !named.includes(file)), []);
    // The visit that is to be there again.
    await tab.reload();
    await stands(tab);
    // What the page itself fetched is kept behind its back: beside other work it takes its time.
    await tab.waitForFunction(async () => {
      const fetched = performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => /\.(js|wasm|json|glb)$/.test(name));
      return (await Promise.all([...fetched, '/demo/assets/lamp.json', '/demo/assets/lamp.glb'].map((url) => caches.match(url)))).every(Boolean);
    }, undefined, { timeout: 60_000 });
    await tab.context().setOffline(true);
    await tab.reload();
    await stands(tab);
    assert.equal(await tab.locator('h1').textContent(), 'Lumo');
    await tab.context().setOffline(false);
    await tab.getByRole('button', { name: 'Menu' }).click();
    await tab.getByRole('switch', { name: 'Keep for offline use' }).click();
    await tab.getByText('Nothing is kept').waitFor();
    assert.deepEqual(await tab.evaluate(() => caches.keys()), []);
  });
});
