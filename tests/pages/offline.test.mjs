// A product without network, after one visit, where the shop includes the worker.
import test, { after, afterEach, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { stage } from './fixtures.mjs';
import { PAGE, shop, stand } from './keep.mjs';

const REGISTER = "navigator.serviceWorker.register('/anprobe_worker.js?with=' + encodeURIComponent(location.pathname) + '&with=/panel.css&with=/style.css&with=/register.js', { scope: '/' });"
  + "fetch('/basket.json'); fetch('/search.json?q=lamp');";

describe('without network', () => {
  let it;
  before(async () => {
    it = await stage('webgpu', { pages: { '/panel.css': PAGE, '/register.js': REGISTER, '/basket.json': '{"items":["secret"]}', '/search.json': '{"asset":{}}' } });
  });
  after(() => it?.close());
  afterEach(() => it.tidy());

  const kept = (page) => page.evaluate(async () => {
    const found = {};
    for (const name of await caches.keys()) found[name] = (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname);
    return found;
  });

  test('after one visit the product stands and can be configured, and nothing else of the shop is kept', async () => {
    const page = await stand(it, shop(), { head: '<script type="module" src="/register.js"></script>' });
    const path = new URL(page.page.url()).pathname;
    await page.section('share');
    // Leaving tells the worker what came after the first picture.
    await page.page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      Object.defineProperty(document, 'hidden', { value: true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await page.page.waitForFunction(async () => {
      const all = [];
      for (const name of await caches.keys()) all.push(...(await (await caches.open(name)).keys()).map(({ url }) => url));
      return ['.wasm', 'lamp.json', 'lamp.glb', 'anprobe.js'].every((end) => all.some((url) => url.endsWith(end)));
    }, undefined, { timeout: 60_000 });
    await page.page.waitForFunction(async () => {
      const before = JSON.stringify(await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).length)));
      const same = before === globalThis.before;
      globalThis.before = before;
      return same;
    }, undefined, { polling: 1000 });
    const all = await kept(page.page);
    assert.deepEqual(all['anprobe-products'].sort(), ['/demo/assets/lamp.glb', '/demo/assets/lamp.json', path, '/panel.css', '/register.js', '/style.css'].sort());
    const [code] = Object.keys(all).filter((name) => name.startsWith('anprobe-code-'));
    assert.ok(all[code].every((name) => /^\/(anprobe|panel\/|[\w-]+\.js)/.test(name)), all[code].join(' '));
    assert.deepEqual(Object.keys(all).length, 2);
    assert.ok(!Object.values(all).flat().some((name) => /basket|search/.test(name)));

    // The whole server is gone, not only the page's network.
    const lost = Object.fromEntries([...new Set(it.site.log.map(({ path }) => path))].map((name) => [name, { drop: true }]));
    Object.assign(it.site.faults, lost);
    await page.page.context().setOffline(true);
    await page.page.reload();
    await page.page.waitForFunction(() => document.querySelector('#v')?.loaded, undefined, { timeout: 60_000 });
    assert.equal(await page.ask('select', 'finish', 'sage'), 'changed');
    assert.equal(await page.page.evaluate(() => fetch('/basket.json').then(() => 'there', () => 'gone')), 'gone');
    for (const name of Object.keys(lost)) delete it.site.faults[name];
    await page.page.context().setOffline(false);
  });

  test('what has changed at the shop replaces what is kept', async () => {
    const page = await stand(it, shop(), { head: '<script type="module" src="/register.js"></script>' });
    const price = () => page.page.evaluate(async () => {
      const answer = await (await caches.open('anprobe-products')).match('/demo/assets/lamp.json');
      return answer && (await answer.json()).price.base;
    });
    const until = (expected) => page.page.waitForFunction(async (expected) => {
      const answer = await (await caches.open('anprobe-products')).match('/demo/assets/lamp.json');
      return answer && (await answer.json()).price.base === expected;
    }, expected, { timeout: 60_000 });
    await until(24900);
    const file = JSON.parse(await page.page.evaluate(() => fetch('/demo/assets/lamp.json').then((answer) => answer.text())));
    file.price.base = 100;
    it.site.faults['/demo/assets/lamp.json'] = { body: JSON.stringify(file), headers: { 'Content-Type': 'application/json' } };
    await page.page.reload();
    await page.page.waitForFunction(() => document.querySelector('#v').quote);
    await until(100);
    assert.equal(await price(), 100);
    delete it.site.faults['/demo/assets/lamp.json'];
  });

  test('your data lists the files that are kept, and deletes them with the worker', async () => {
    const page = await stand(it, shop(), { head: '<script type="module" src="/register.js"></script>' });
    await page.page.waitForFunction(async () => (await (await caches.open('anprobe-products')).match('/demo/assets/lamp.glb')), undefined, { timeout: 60_000 });
    const list = await page.section('designs');
    await page.press('What is kept on this device', list);
    const data = page.panel.locator('.device');
    await data.getByText('Files for use without network').first().waitFor();
    await page.press('Delete Files for use without network', data);
    await data.getByText('Nothing is kept.').waitFor();
    assert.deepEqual(await page.page.evaluate(async () => [(await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length]), [0, 0]);
  });
});
