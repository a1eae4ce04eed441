// A product without network, after one visit, where the shop includes the worker.
import test, { after, afterEach, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { stage } from './fixtures.mjs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { dist } from './harness.mjs';
import { PAGE, shop, stand } from './keep.mjs';

/** The worker as a build makes it, whose files are those of `dist/`, but for what is `changed`. */
async function built(version, changed = {}) {
  const files = {};
  for (const entry of await readdir(dist, { recursive: true, withFileTypes: true })) {
    const name = join(entry.parentPath, entry.name).slice(dist.length);
    if (!entry.isFile() || !/^((panel\/)?[\w-]+\.(js|wasm|txt)|fonts\/.*woff2)$/.test(name) || name === 'anprobe_worker.js') continue;
    files[name] = crc32(changed[name] ?? await readFile(join(dist, name))).toString(16).padStart(8, '0');
  }
  const worker = await readFile(join(dist, 'anprobe_worker.js'), 'utf8');
  // The names are sorted in what is built, and not in the source.
  const body = worker.replace(/\{("version":"[^"]*",)?"files":\{[^}]*\}(,"version":"[^"]*")?\}/, () => JSON.stringify({ version, files }));
  assert.notEqual(body, worker);
  return { body };
}

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
    // What is looked for again is away for a moment.
    let all = await kept(page.page);
    for (let tries = 0; tries < 20 && all['anprobe-products'].length < 2; tries += 1) {
      await page.page.waitForTimeout(250);
      all = await kept(page.page);
    }
    assert.deepEqual(all['anprobe-products'].sort(), ['/demo/assets/lamp.glb', '/demo/assets/lamp.json']);
    assert.deepEqual(all['anprobe-pages'].sort(), [path, '/panel.css', '/register.js', '/style.css'].sort());
    const [code] = Object.keys(all).filter((name) => name.startsWith('anprobe-code-'));
    assert.ok(all[code].every((name) => /^\/(anprobe|panel\/|[\w-]+\.js)/.test(name)), all[code].join(' '));
    assert.deepEqual(Object.keys(all).length, 3);
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

  test('what is kept of the element is of one build, and the next one comes whole or not at all', async () => {
    const name = 'anprobe.js';
    const newer = `${await readFile(join(dist, name), 'utf8')}\n// newer`;
    it.site.faults['/anprobe_worker.js'] = await built('one');
    const page = await stand(it, shop(), { head: '<script type="module" src="/register.js"></script>' });
    const holds = (cache) => page.page.waitForFunction(async (cache) => (await caches.keys()).includes(cache)
      && (await (await caches.open(cache)).keys()).some(({ url }) => url.endsWith('_product.wasm')), cache, { timeout: 60_000 });
    const update = () => page.page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update().then(async ({ installing }) => {
      while (installing?.state === 'installing') await new Promise((resolve) => installing.addEventListener('statechange', resolve, { once: true }));
      return installing?.state;
    }));
    await holds('anprobe-code-one');
    // The worker has been put up before the file.
    it.site.faults['/anprobe_worker.js'] = await built('two', { [name]: newer });
    assert.equal(await update(), 'redundant');
    await holds('anprobe-code-one');
    assert.ok(!(await page.page.evaluate(() => caches.keys())).includes('anprobe-code-two'));
    it.site.faults[`/${name}`] = { body: newer, headers: { 'Content-Type': 'text/javascript' } };
    assert.equal(await update(), 'installed');
    await holds('anprobe-code-two');
    const ends = (cache) => page.page.evaluate(async (cache) => (await (await (await caches.open(cache)).match('/anprobe.js')).text()).endsWith('// newer'), cache);
    assert.deepEqual([await ends('anprobe-code-one'), await ends('anprobe-code-two')], [false, true]);
    delete it.site.faults[`/${name}`];
    delete it.site.faults['/anprobe_worker.js'];
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
    // Nor do they come back when the customer leaves.
    await page.page.evaluate(async () => {
      Object.defineProperty(document, 'hidden', { value: true });
      document.dispatchEvent(new Event('visibilitychange'));
      await (await fetch('/demo/assets/lamp.json')).text();
    });
    assert.deepEqual(await page.page.evaluate(async () => [(await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length]), [0, 0]);
  });
});
