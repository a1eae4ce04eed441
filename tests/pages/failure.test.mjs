// Bad days: every failure has a typed error, quiet words, a way on, and keeps the last good picture.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { picture, serve } from './harness.mjs';
import { PLACES, box, glb, isRed, part, stage, viewer } from './fixtures.mjs';

const HOSTILE = {
  '/empty.glb': [Buffer.alloc(0), 'GLTF_NOT_GLTF'],
  '/page.glb': [Buffer.from('<!doctype html><p>not found'), 'GLTF_NOT_GLTF'],
  '/cut.glb': [box().subarray(0, 400), 'GLTF_JSON'],
  '/future.glb': [glb({ asset: { version: '3.0' } }), 'GLTF_VERSION'],
  '/locked.glb': [box({ extensionsRequired: ['EXT_not_yet_known'] }), 'GLTF_REQUIRED_EXTENSION'],
  '/void.glb': [glb({ asset: { version: '2.0' } }), 'GLTF_EMPTY'],
};

for (const { name, backend, elsewhere } of PLACES) {
  describe(name, () => {
    let it;
    let other;
    let shop;
    before(async () => {
      other = await serve({ pages: { '/box.glb': box() }, cors: false });
      const headers = { 'Access-Control-Allow-Credentials': 'true' };
      shop = await serve({ pages: { '/box.glb': box() }, cors: false, headers });
      it = await stage(backend, { elsewhere, friends: [other.origin, shop.origin] });
      headers['Access-Control-Allow-Origin'] = it.site.origin;
      for (const [path, [body]] of Object.entries(HOSTILE)) it.site.faults[path] = { body };
    });
    afterEach(() => it.tidy());
    after(() => Promise.all([it?.close(), other?.close(), shop?.close()]));

    const message = (page) => page.page.locator('#v .message');

    test('a file that is not there: error, words, and try again', async () => {
      it.site.faults['/box.glb'] = { status: 404, body: 'gone' };
      const page = await it.show(viewer());
      const error = await page.event('error');
      assert.deepEqual([error.type, error.code], ['loadfailure', 'FETCH_FAILED']);
      assert.ok(error.message.includes('404') && error.remedy, error.message);
      assert.equal(await message(page).innerText().then((text) => text.split('\n')[0]), 'The 3D view could not be loaded.');
      delete it.site.faults['/box.glb'];
      await page.page.getByRole('button', { name: 'Try again' }).click();
      await page.event('load');
      await page.settle();
      assert.ok(await message(page).isHidden());
      assert.ok(part(await picture(page.page.locator('#v')), isRed) > 0.15);
    });

    test('a server that hangs up half way', async () => {
      it.site.faults['/box.glb'] = { truncate: 500 };
      const page = await it.show(viewer());
      assert.equal((await page.event('error')).code, 'FETCH_FAILED');
      delete it.site.faults['/box.glb'];
    });

    test('another origin without CORS', async () => {
      const page = await it.show(`<anprobe-viewer id="v" src="${other.origin}/box.glb"></anprobe-viewer>`);
      const error = await page.event('error');
      assert.equal(error.code, 'FETCH_FAILED');
      assert.ok(error.remedy.includes('CORS'));
      assert.deepEqual([page.violations, other.log.length], [[], 1], 'the server was asked, and the policy allows it');
    });

    test('cookies go to another origin with with-credentials only', async () => {
      for (const attribute of ['', 'with-credentials']) {
        const before = (page) => page.context().addCookies([{ name: 'who', value: 'me', url: shop.origin }]);
        const body = `<anprobe-viewer id="v" src="${shop.origin}/box.glb" alt="A box" ${attribute}></anprobe-viewer>`;
        const page = await it.show(body, { before });
        await page.event('load');
        assert.equal(shop.log.at(-1).cookie, attribute ? 'who=me' : undefined);
        await it.tidy();
      }
    });

    test('damaged and hostile files keep the last good picture', async () => {
      const page = await it.show(viewer());
      await page.event('load');
      await page.settle();
      let number = 0;
      for (const [path, [, code]] of Object.entries(HOSTILE)) {
        await page.page.evaluate((path) => { document.querySelector('#v').src = path; }, path);
        const error = await page.event('error', ++number);
        assert.deepEqual([error.type, error.code], ['loadfailure', code], path);
        assert.ok(error.remedy && error.message, path);
        await page.settle();
        assert.ok(await message(page).isVisible(), path);
        assert.ok(part(await picture(page.page.locator('#v')), isRed) > 0.03, `${path}: the picture stays beside the message`);
      }
      await page.page.evaluate(() => { document.querySelector('#v').src = '/box.glb'; });
      await page.event('load', 2);
      assert.ok(await message(page).isHidden());
    });

    test('the glue cannot be fetched', async () => {
      it.code.faults[`/anprobe_${backend}.js`] = { status: 503, body: '' };
      const page = await it.show(viewer());
      assert.equal((await page.event('error')).code, 'FETCH_FAILED');
      delete it.code.faults[`/anprobe_${backend}.js`];
      await page.page.getByRole('button', { name: 'Try again' }).click();
      await page.event('load');
    });

    test('the message follows the language, and Try again keeps the focus on the element', async () => {
      it.site.faults['/box.glb'] = { status: 404, body: 'gone' };
      const page = await it.show(viewer('camera-controls'));
      await page.event('error');
      delete it.site.faults['/box.glb'];
      await page.page.evaluate(() => { document.documentElement.lang = 'de'; });
      const again = page.page.getByRole('button', { name: 'Erneut versuchen' });
      await again.focus();
      await page.page.keyboard.press('Enter');
      await page.event('load');
      assert.equal(await page.page.evaluate(() => document.activeElement.id), 'v');
    });

    test('the viewer itself cannot be fetched', async () => {
      it.code.faults[`/anprobe_${backend}.wasm`] = { status: 404, body: '' };
      const page = await it.show(viewer());
      const error = await page.event('error');
      assert.equal(error.code, 'FETCH_FAILED');
      delete it.code.faults[`/anprobe_${backend}.wasm`];
      await page.page.getByRole('button', { name: 'Try again' }).click();
      await page.event('load');
    });
  });
}

test('a browser without graphics shows the poster and says so', async () => {
  const it = await stage('none', { pages: { '/poster.png': await poster() } });
  try {
    const page = await it.show(viewer('poster="/poster.png"'));
    const error = await page.event('error');
    assert.deepEqual([error.type, error.code], ['loadfailure', 'GRAPHICS_UNAVAILABLE']);
    assert.ok(await page.page.locator('#v .message').isVisible());
    assert.ok(part(await picture(page.page.locator('#v')), isRed) > 0.1, 'the poster beside the message');
    assert.deepEqual(page.requests.filter((url) => url.endsWith('.wasm')), []);
  } finally {
    await it.close();
  }
});

/** A red picture. */
async function poster() {
  const { PNG } = await import('pngjs');
  const png = new PNG({ width: 8, height: 6 });
  for (let i = 0; i < png.data.length; i += 4) png.data.set([255, 0, 0, 255], i);
  return PNG.sync.write(png);
}
