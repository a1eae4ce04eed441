// Everyone can use it: axe finds nothing, languages follow the page, motion follows the customer.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { findings } from './axe.mjs';
import { PLACES, stage, viewer } from './fixtures.mjs';


// What a page hears and sees of this does not depend on the backend.
for (const { name, backend, elsewhere } of PLACES.filter((place) => place.backend === 'webgl')) describe(name, () => {
  let it;
  before(async () => { it = await stage(backend, { elsewhere }); });
  afterEach(() => it.tidy());
  after(() => it?.close());

  test('axe finds nothing while it loads, when it stands, with open buttons, and in trouble', async () => {
    const body = `<main><h1>Boxes</h1>${viewer('camera-controls')}${viewer().replace('id="v"', 'id="w"').replace('box.glb', 'gone.glb')}`
      + `${viewer().replace('id="v"', 'id="x"').replace('box.glb', 'slow.glb')}</main>`;
    it.site.faults['/slow.glb'] = { stall: 10, body: 'x'.repeat(1000) };
    const page = await it.show(body);
    await page.event('load');
    await page.event('error');
    await page.page.getByRole('button', { name: 'Turn and zoom' }).click();
    assert.deepEqual(await findings(page.page), []);
    assert.equal(await page.page.getByRole('progressbar', { name: 'Loading the 3D view' }).count(), 1);
  });

  for (const path of ['/demo/gallery.html']) {
    test(`axe finds nothing on ${path}`, async () => {
      const { open } = await import('./harness.mjs');
      const page = await open(it.browser, it.code.origin + path);
      await page.page.waitForFunction(() => document.querySelector('anprobe-viewer')?.loaded, undefined, { timeout: 60_000 });
      assert.deepEqual(await findings(page.page), []);
      assert.deepEqual([page.violations, page.errors.filter((text) => !text.includes('damaged'))], [[], []]);
    });
  }

  test('the tab key goes in and out, and the focus is seen', async () => {
    const page = await it.show(`<button>before</button>${viewer('camera-controls')}<button>after</button>`);
    await page.event('load');
    await page.page.getByText('before').focus();
    const inside = () => page.page.evaluate(() => document.activeElement.shadowRoot?.activeElement?.getAttribute('aria-label') ?? document.activeElement.textContent);
    const seen = [];
    for (let i = 0; i < 3; i += 1) {
      await page.page.keyboard.press('Tab');
      seen.push(await inside());
    }
    assert.deepEqual(seen, ['A box. View from the front', 'Turn and zoom', 'after']);
    await page.page.keyboard.press('Shift+Tab');
    await page.page.keyboard.press('Shift+Tab');
    const ring = await page.page.evaluate(() => getComputedStyle(document.querySelector('#v').shadowRoot.querySelector('.view'), '::after').borderTopWidth);
    assert.equal(ring, '2px');
  });

  test('words follow the closest language, the page and the element', async () => {
    const page = await it.show(`<div lang="de-AT">${viewer('camera-controls')}</div>`);
    await page.event('load');
    const role = page.page.locator('#v').getByRole('application');
    assert.equal(await role.getAttribute('aria-label'), 'A box. Blick von vorn');
    assert.equal(await page.page.getByRole('button', { name: 'Drehen und zoomen' }).count(), 1);
    await page.page.evaluate(() => document.querySelector('div').setAttribute('lang', 'en'));
    await page.page.waitForFunction(() => document.querySelector('#v').shadowRoot.querySelector('.view').getAttribute('aria-label') === 'A box. View from the front');
    await page.page.evaluate(() => { document.querySelector('#v').words = { buttons: 'Spin it' }; });
    assert.equal(await page.page.getByRole('button', { name: 'Spin it' }).count(), 1);
    await page.page.evaluate(() => {
      customElements.get('anprobe-viewer').words = { fr: { view: 'Vu de {0}', 'view-front': 'face' } };
      document.querySelector('div').setAttribute('lang', 'fr');
    });
    await page.page.waitForFunction(() => document.querySelector('#v').shadowRoot.querySelector('.view').getAttribute('aria-label') === 'A box. Vu de face');
  });

  test('with reduced motion nothing turns by itself, and moves are instant', async () => {
    const page = await it.show(viewer('camera-controls auto-rotate auto-rotate-delay="0"'), { context: { reducedMotion: 'reduce' } });
    await page.event('load');
    await page.page.waitForTimeout(600);
    const turned = await page.page.evaluate(() => document.querySelector('#v').turntableRotation);
    assert.equal(turned, 0);
    const before = await page.orbit();
    await page.page.locator('#v').getByRole('application').focus();
    await page.page.keyboard.press('ArrowLeft');
    await page.settle();
    assert.ok(Math.abs(Math.abs((await page.orbit()).theta - before.theta) - Math.PI / 8) < 1e-3);
    await page.page.emulateMedia({ reducedMotion: 'no-preference' });
    await page.page.waitForFunction(() => document.querySelector('#v').turntableRotation !== 0);
  });
});
