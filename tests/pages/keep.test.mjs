// Designs on the device, files of them, links and codes, and the screen that tells what is kept and fetched.
import { readFile } from 'node:fs/promises';
import test, { after, afterEach, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import jsQR from 'jsqr';
import { decode, foreign } from './harness.mjs';
import { findings, inEveryDress } from './axe.mjs';
import { stage } from './fixtures.mjs';
import { LAMP, PAGE, shop, stand } from './keep.mjs';

describe('what is kept and shared', () => {
  let it;
  before(async () => { it = await stage('webgpu', { pages: { '/panel.css': PAGE, '/other.css': 'p{color:red}', ...await sources('designs-file.js', 'kept.js', 'picture-size.js') } }); });
  after(() => it?.close());
  afterEach(() => it.tidy());

  /** Parts of the panel as they are before they are bundled, for what no customer can do. */
  async function sources(...names) {
    const read = async (name) => [`/source/${name}`, await readFile(new URL(`../../www/panel/${name}`, import.meta.url))];
    return Object.fromEntries(await Promise.all(names.map(read)));
  }

  /** A page whose section of designs is open. */
  async function designs(...args) {
    const page = await stand(it, ...args);
    const list = await page.section('designs');
    const names = () => list.locator('.design bdi').allTextContents();
    const named = async (...expected) => {
      await page.page.waitForFunction((count) => document.querySelector('anprobe-panel').shadowRoot.querySelectorAll('.design').length === count, expected.length);
      assert.deepEqual((await names()).sort(), expected.sort());
    };
    const unfold = (name) => page.press(`More for ${name}`, list);
    return { ...page, list, names, named, unfold };
  }

  /** What a file says when it is opened. */
  async function imported(page, content) {
    const buffer = typeof content === 'string' ? Buffer.from(content) : content;
    await page.panel.locator('.toast').evaluateAll((toasts) => toasts.forEach((toast) => toast.remove()));
    await page.list.locator('input[type=file]').setInputFiles({ name: 'designs.json', mimeType: 'application/json', buffer });
    return page.toast();
  }

  test('a design outlives the page, is opened, renamed, deleted and brought back', async () => {
    const page = await designs();
    const begin = await page.ask('code');
    await page.ask('select', 'finish', 'terracotta');
    const code = await page.ask('code');
    await page.press('Save this design', page.list);
    await page.told('Saved as Design 1');
    await page.named('Design 1');
    await page.press('Save this design', page.list);
    await page.told('Already saved as Design 1');

    await page.page.reload();
    await page.page.waitForFunction(() => document.querySelector('#v').code);
    await page.section('designs');
    await page.named('Design 1');
    assert.equal(await page.ask('code'), begin);
    const picture = await page.list.locator('.design canvas').screenshot();
    assert.ok(new Set(decode(picture).data).size > 40, 'it has a picture');
    await page.list.locator('.opener').click();
    await page.told('Design 1 is open');
    assert.equal(await page.ask('code'), code);
    await page.press('Undo', page.panel.locator('.toast'));
    assert.equal(await page.ask('code'), begin);

    await page.unfold('Design 1');
    await page.press('Rename', page.list);
    await page.page.keyboard.type('<b>Für Mia</b>');
    await page.page.keyboard.press('Enter');
    await page.list.locator('bdi', { hasText: '<b>Für Mia</b>' }).waitFor();
    await page.unfold('<b>Für Mia</b>');
    await page.press('Delete', page.list);
    await page.named();
    await page.press('Undo', page.panel.locator('.toast'));
    await page.named('<b>Für Mia</b>');
    assert.deepEqual([page.errors, page.violations, foreign(page.requests, [it.site.origin])], [[], [], []]);
  });

  test('what the customer has is kept and compared with', async () => {
    const page = await designs();
    const code = await page.ask('code');
    await page.press('I have this one', page.list);
    await page.told('My Lumo is among your products');
    assert.equal((await page.ask('configuration')).owned, code);
    await page.ask('select', 'light', 'warmdim');
    const reloaded = async () => {
      await page.page.reload();
      await page.page.waitForFunction(() => document.querySelector('#v').code);
      await page.section('designs');
      await page.named('My Lumo');
    };
    await reloaded();
    await page.page.waitForFunction((code) => document.querySelector('#v').configuration.owned === code, code);
    // Another one, taken back: what was owned before is owned again.
    await page.ask('select', 'light', 'warmdim');
    await page.press('I have this one', page.list);
    await page.told('My Lumo 2 is among your products');
    assert.notEqual((await page.ask('configuration')).owned, code);
    await page.press('Undo', page.panel.locator('.toast'));
    await page.named('My Lumo');
    await page.page.waitForFunction((code) => document.querySelector('#v').configuration.owned === code, code);
    await page.list.locator('.opener').click();
    await page.told('no longer compared with');
    assert.equal((await page.ask('configuration')).owned, undefined, 'a second tap forgets it');
    await reloaded();
    assert.equal((await page.ask('configuration')).owned, undefined, 'for good');
  });

  test('a design’s pictures are there after a reload, from a link, and where two are compared', async () => {
    const page = await designs(shop('', '/demo/assets/case.json'));
    await page.photograph(64, 128);
    const code = await page.ask('code');
    await page.press('Save this design', page.list);
    await page.named('Design 1');
    const there = () => page.page.waitForFunction(() => document.querySelector('#v').pictures?.().size === 1);
    await page.page.evaluate((code) => { history.replaceState(null, '', `#config=${code}`); }, code);
    await page.page.reload();
    await there();
    await page.page.evaluate(() => { history.replaceState(null, '', '#'); });
    await page.page.reload();
    await page.page.waitForFunction(() => document.querySelector('#v').code);
    await page.page.evaluate(async (code) => {
      const viewer = document.querySelector('#v');
      const { restore } = viewer;
      globalThis.given = 0;
      viewer.restore = (known) => { globalThis.given = known.size; return restore.call(viewer, known); };
      location.hash = `#a=${code}&b=${viewer.code}`;
    }, code);
    await page.page.waitForFunction(() => document.querySelector('#v').comparison);
    assert.equal(await page.page.evaluate(() => globalThis.given), 1, 'before they are compared');
  });

  test('who keeps nothing has no database', async () => {
    const page = await stand(it);
    await page.settle();
    assert.deepEqual(await page.page.evaluate(() => indexedDB.databases()), []);
  });

  test('a second tap on Save saves once', async () => {
    const page = await designs();
    await page.list.getByRole('button', { name: 'Save this design' }).evaluate((button) => { button.click(); button.click(); });
    await page.told('Saved as Design 1');
    await page.named('Design 1');
  });

  test('every file that was written is read again', async () => {
    const page = await designs();
    await page.page.evaluate(async () => {
      const { read, written } = await import('/source/designs-file.js');
      const design = { id: 'x', kind: 'ordered', name: `\u202e${'😀'.repeat(60)}`, product: 'blob:https://shop.example/1', productName: '', code: 'EAA', owned: '', savedMs: 0, pictures: ['gone'] };
      const [{ design: said }] = await read(await written([{ design, pictures: new Map() }]));
      if (said.kind !== 'design' || !design.name.includes(said.name) || said.pictures.length) throw new Error(JSON.stringify(said));
      if ((await read(await written([], { settings: {} }))).length) throw new Error('designs from nowhere');
    });
  });

  test('a file that cannot be read for another reason says so', async () => {
    const page = await designs();
    await page.page.evaluate(() => { Blob.prototype.text = () => Promise.resolve(JSON.stringify({ anprobeDesigns: 1, designs: [{ pictures: ['abc'] }], pictures: { abc: {} } })); });
    await page.page.evaluate(() => { Array.prototype.flatMap = () => { throw new RangeError(); }; });
    assert.equal(await imported(page, '{}'), 'That did not work. Please try again.');
  });

  test('two panels and two tabs see the same designs, each those of its product', async () => {
    const page = await stand(it, shop() + shop('', LAMP, 'w') + shop('', '/demo/assets/case.json', 'x'));
    const [one, two, three] = [0, 1, 2].map((at) => page.page.locator('anprobe-panel').nth(at));
    const lists = [];
    for (const panel of [one, two, three]) {
      await page.page.waitForFunction(() => [...document.querySelectorAll('anprobe-viewer')].every((viewer) => viewer.code));
      lists.push(await page.section('designs', panel));
    }
    await page.press('Save this design', lists[0]);
    await lists[1].locator('.design').waitFor();
    assert.deepEqual(await Promise.all(lists.map((list) => list.locator('.design').count())), [1, 1, 0]);
  });

  test('without a store that lasts, it says so and keeps designs for the visit', async () => {
    const page = await designs(shop(), { before: (page) => page.addInitScript(() => {
      IDBFactory.prototype.open = () => { throw new DOMException('', 'SecurityError'); };
    }) });
    await page.list.locator('.warning', { hasText: 'This browser keeps nothing here' }).waitFor();
    await page.press('Save this design', page.list);
    await page.named('Design 1');
  });

  test('a full device says so, and nothing else is lost', async () => {
    const page = await designs();
    await page.press('Save this design', page.list);
    await page.named('Design 1');
    await page.page.evaluate(() => { IDBObjectStore.prototype.put = () => { throw new DOMException('', 'QuotaExceededError'); }; });
    await page.ask('select', 'finish', 'silver');
    await page.press('Save this design', page.list);
    await page.told('There is no room left on this device');
    await page.named('Design 1');
  });

  test('a file takes designs and the customer’s pictures elsewhere, and comes back once', async () => {
    const page = await designs(shop('', '/demo/assets/case.json'));
    await page.page.evaluate(async () => {
      const canvas = new OffscreenCanvas(64, 128);
      const context = canvas.getContext('2d');
      context.fillStyle = '#00f';
      context.fillRect(0, 0, 64, 128);
      await document.querySelector('#v').select('photo', await canvas.convertToBlob());
    });
    const code = await page.ask('code');
    await page.press('Save this design', page.list);
    await page.named('Design 1');
    const file = await page.saved(() => page.press('Save all as file', page.list));
    assert.match(file.name, /\.json$/);
    const said = JSON.parse(file.bytes);
    assert.deepEqual([said.anprobeDesigns, said.designs.length, said.designs[0].code, Object.keys(said.pictures).length], [1, 1, code, 1]);
    assert.equal(await imported(page, file.bytes), 'You have all of these already');

    const other = await designs(shop('', '/demo/assets/case.json'));
    assert.equal(await imported(other, file.bytes), 'One design added');
    await other.named('Design 1');
    assert.equal(await other.page.evaluate(() => document.querySelector('#v').pictures().size), 0);
    await other.list.locator('.opener').click();
    await other.told('Design 1 is open');
    assert.equal(await other.page.evaluate(() => document.querySelector('#v').pictures().size), 1, 'the picture came along');
    assert.deepEqual(other.errors, []);
    const lamp = await designs();
    assert.match(await imported(lamp, file.bytes), /What belongs to other products waits there/);
    await lamp.named();
  });

  test('hostile files are refused with a sentence and change nothing', async () => {
    const page = await designs();
    await page.press('Save this design', page.list);
    await page.named('Design 1');
    const { bytes } = await page.saved(() => page.press('Save all as file', page.list));
    const good = JSON.parse(bytes);
    const bad = (change) => {
      const copy = structuredClone(good);
      change(copy.designs[0], copy);
      return JSON.stringify(copy);
    };
    const png = { type: 'image/png', base64: good.designs[0].picture.base64 };
    const huge = Buffer.from('89504e470d0a1a0a0000000d4948445200ffffff00ffffff0802000000', 'hex').toString('base64');
    const cases = [
      ['', 'holds no designs'], ['[]', 'holds no designs'], ['null', 'holds no designs'], ['{"anprobeDesigns":"1e999"}', 'holds no designs'],
      ['{"__proto__":{"anprobeDesigns":1}}', 'holds no designs'],
      ['{"anprobeDesigns":2}', 'newer version'], ['{"anprobeDesigns":1}', 'damaged'], ['['.repeat(200_000), 'holds no designs'],
      [bad((design) => { design.product = 'javascript:alert(1)'; }), 'damaged'],
      [bad((design) => { design.code = '"><script>'; }), 'damaged'],
      [bad((design) => { design.name = ''; }), 'damaged'],
      [bad((design) => { design.name = 'x'.repeat(200); }), 'damaged'],
      [bad((design) => { design.kind = 'other'; }), 'damaged'],
      [bad((design) => { design.saved = 'yesterday'; }), 'damaged'],
      [bad((design) => { design.pictures = ['unknown']; }), 'damaged'],
      [bad((design) => { design.picture = { type: 'image/svg+xml', base64: btoa('<svg/>') }; }), 'damaged'],
      [bad((design) => { design.picture = { type: 'image/png', base64: '%%%' }; }), 'damaged'],
      [bad((design) => { design.picture = { type: 'image/png', base64: huge }; }), 'damaged'],
      [bad((design, file) => { file.pictures = { abc: null, def: png }; design.pictures = ['abc']; }), 'damaged'],
      [bad((design, file) => { file.pictures = { 'no name': png }; design.pictures = ['no name']; }), 'damaged'],
      // Under the name of other contents.
      [bad((design, file) => { file.pictures = { [`${'0'.repeat(24)}`]: png }; design.pictures = Object.keys(file.pictures); }), 'damaged'],
      [bad((design, file) => { file.designs = Array(501).fill(design); }), 'damaged'],
    ];
    for (const [content, expected] of cases) assert.match(await imported(page, content), new RegExp(expected), content.slice(0, 80));
    await page.page.evaluate(() => { Object.defineProperty(File.prototype, 'size', { get: () => 2e8 }); });
    assert.match(await imported(page, JSON.stringify(good)), /too large/);
    await page.named('Design 1');
    assert.deepEqual([page.errors, page.violations], [[], []]);
  });

  test('a link opens the same design, also in a page that is open, and its code can be read', async () => {
    const page = await stand(it, shop(), { context: { permissions: ['clipboard-read', 'clipboard-write'] } });
    await page.ask('select', 'finish', 'sage');
    await page.ask('select', 'engraving', 'Für Mia');
    const code = await page.ask('code');
    const share = await page.section('share');
    await page.press('Copy link', share);
    await page.told('Link copied');
    const link = await page.page.evaluate(() => navigator.clipboard.readText());
    assert.equal(new URL(link).hash, `#config=${code}`);

    await page.press('Continue on the phone', share);
    const canvas = page.panel.locator('.scan canvas');
    await canvas.waitFor();
    const { width, height, data } = decode(await canvas.screenshot());
    assert.equal(jsQR(new Uint8ClampedArray(data), width, height)?.data, link);
    await page.page.keyboard.press('Escape');

    const other = await stand(it, shop(), { address: new URL(link).hash });
    assert.equal(await other.ask('code'), code);
    await other.page.evaluate(() => { location.hash = ''; });
    await other.ask('reset');
    await other.page.evaluate((hash) => { location.hash = hash; }, new URL(link).hash);
    await other.page.waitForFunction((code) => document.querySelector('#v').code === code, code);
    const own = await stand(it, shop(`config="${code}"`), { address: '#config=EAAA' });
    assert.equal(await own.ask('code'), code, 'the page’s own comes first');
    const nonsense = await stand(it, shop(), { address: '#config=%3Cb%3E&a=%20&b=x' });
    await nonsense.told('This link cannot be read.');
    const cut = await stand(it, shop(), { address: `#config=${code.slice(0, -3)}` });
    await cut.told('This link cannot be read.');
    assert.deepEqual([nonsense.errors, await nonsense.ask('code')], [[], await nonsense.page.evaluate(() => { document.querySelector('#v').reset(); return document.querySelector('#v').code; })]);
  });

  test('a page with several products has links that name theirs', async () => {
    const page = await stand(it, shop() + shop('', '/demo/assets/case.json', 'w'), { context: { permissions: ['clipboard-read', 'clipboard-write'] } });
    await page.page.waitForFunction(() => document.querySelector('#w').code);
    const before = await page.page.evaluate(() => document.querySelector('#w').code);
    await page.ask('select', 'finish', 'sage');
    const code = await page.ask('code');
    const share = await page.section('share');
    await page.press('Copy link', share);
    const { hash } = new URL(await page.page.evaluate(() => navigator.clipboard.readText()));
    assert.equal(hash, `#config=${code}&for=lumo`);
    await page.ask('reset');
    await page.page.evaluate((hash) => { location.hash = hash; }, hash);
    await page.page.waitForFunction((code) => document.querySelector('#v').code === code, code);
    assert.equal(await page.page.evaluate(() => document.querySelector('#w').code), before, 'the other one stays');
  });

  test('a link that others would cut says so and offers the file; a cart’s own keys stay out of it', async () => {
    const page = await stand(it, shop(), { address: '#line=7&set=8', context: { permissions: ['clipboard-read', 'clipboard-write'] } });
    const share = await page.section('share');
    await page.press('Copy link', share);
    await page.told('Link copied');
    assert.equal(new URL(await page.page.evaluate(() => navigator.clipboard.readText())).hash, `#config=${await page.ask('code')}`);
    await page.page.evaluate(() => { location.hash = `shop=${'x'.repeat(9000)}`; });
    await page.press('Copy link', share);
    await page.told('mail or chat may cut it');
    const file = await page.saved(() => page.press('Save design as file', page.panel.locator('.toast')));
    assert.equal(JSON.parse(file.bytes).designs.length, 1);
  });

  test('without a clipboard the link can be copied by hand; a picture can be saved', async () => {
    const page = await stand(it, shop(), { before: (page) => page.addInitScript(() => { Object.defineProperty(navigator, 'clipboard', { value: undefined }); }) });
    const share = await page.section('share');
    await page.press('Copy link', share);
    assert.equal(new URL(await page.panel.locator('.scan input').inputValue()).hash, `#config=${await page.ask('code')}`);
    await page.page.keyboard.press('Escape');
    const file = await page.saved(() => page.press('Save picture', share));
    assert.equal(file.name, 'Lumo.png');
    assert.equal(decode(file.bytes).width, 1600);
  });

  test('an own picture says that it does not travel, and goes into a file', async () => {
    const page = await stand(it, shop('', '/demo/assets/case.json'));
    const share = await page.section('share');
    assert.equal(await share.locator('.own').isVisible(), false);
    await page.photograph(8, 8);
    await share.getByText('Your own picture stays on this device').waitFor();
    const { bytes } = await page.saved(() => page.press('Save design as file', share));
    assert.equal(Object.keys(JSON.parse(bytes).pictures).length, 1);
  });

  test('your data: all that is kept and fetched, each deleted, all deleted, and taken back', async () => {
    const page = await designs();
    await page.press('Save this design', page.list);
    await page.named('Design 1');
    await page.page.evaluate(() => localStorage.setItem('anprobe-screen', '3.78'));
    await page.page.evaluate(() => localStorage.setItem('shop-basket', 'mine'));
    await page.press('What is kept on this device', page.list);
    const data = page.panel.locator('.device');
    await data.locator('li').first().waitFor();
    assert.deepEqual(await data.locator('li bdi').allTextContents(), ['Design 1', 'Size of your screen'], 'what is ours, and nothing of the shop’s');
    const table = await data.locator('tbody tr').allTextContents();
    assert.equal(table.length, 1, 'one origin');
    const expected = await page.page.evaluate(() => performance.getEntriesByType('resource').length + 1);
    assert.ok(table[0].includes(`(this shop)${expected}`), `${table[0]} ${expected}`);
    await data.getByText('This 3D view sets no cookies, and there are none on this page.').waitFor();
    assert.deepEqual(await findings(page.page, { practice: false }), []);

    await page.press('Delete Design 1', data);
    await page.press('Undo', data);
    await data.locator('bdi', { hasText: 'Design 1' }).waitFor();
    await page.press('Delete Size of your screen', data);
    await data.locator('.told', { hasText: 'deleted' }).waitFor();
    assert.equal(await page.page.evaluate(() => localStorage.getItem('anprobe-screen')), null);
    const file = await page.saved(() => page.press('Save everything as file', data));
    const said = JSON.parse(file.bytes);
    assert.deepEqual([said.designs.length, said.fetched[0].origin], [1, it.site.origin]);
    await page.page.evaluate(() => localStorage.setItem('anprobe-screen', '{"scale":3.5}'));
    await page.press('Delete everything', data);
    await data.getByText('Nothing is kept.').waitFor();
    await page.press('Undo', data);
    await data.locator('bdi', { hasText: 'Design 1' }).waitFor();
    assert.equal(await page.page.evaluate(() => localStorage.getItem('anprobe-screen')), '{"scale":3.5}', 'settings come back, too');
    await page.press('Delete everything', data);
    await data.getByText('Nothing is kept.').waitFor();
    assert.equal(await page.page.evaluate(() => localStorage.getItem('shop-basket')), 'mine');
    await page.page.keyboard.press('Escape');
    await page.named();
    assert.equal(await page.page.evaluate(() => new Promise((resolve) => {
      const request = indexedDB.open('anprobe');
      request.onsuccess = () => {
        const all = request.result.transaction('designs').objectStore('designs').count();
        all.onsuccess = () => resolve(all.result);
      };
    })), 0);
  });

  test('what another server hides is unknown, and nothing of ours writes a cookie', async () => {
    const page = await stand(it, shop(), { before: (page) => page.addInitScript(() => {
      globalThis.written = 0;
      const own = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
      Object.defineProperty(Document.prototype, 'cookie', { ...own, set() { globalThis.written += 1; } });
      const list = performance.getEntriesByType.bind(performance);
      // A server that does not allow timing: the browser tells its name and no size.
      performance.getEntriesByType = (type) => [...list(type), ...(type === 'resource' ? [{ name: 'https://cdn.example/a.woff2', transferSize: 0, decodedBodySize: 0, workerStart: 0 }] : [])];
    }) });
    const list = await page.section('designs');
    await page.press('Save this design', list);
    await page.press('What is kept on this device', list);
    const rows = page.panel.locator('.device tbody tr');
    await rows.nth(1).waitFor();
    assert.equal(await rows.nth(1).textContent(), 'cdn.example 1unknown');
    assert.equal(await page.page.evaluate(() => globalThis.written), 0);
    assert.deepEqual(new Set(it.site.log.map(({ method }) => method)), new Set(['GET']), 'nothing is sent');
    assert.ok(it.site.log.every(({ cookie }) => !cookie));
  });

  for (const width of [1000, 360]) {
    test(`every state is accessible at ${width} pixels`, async () => {
      const page = await stand(it, shop(), { context: { viewport: { width, height: 740 } } });
      const clean = (state) => inEveryDress(page.page, async (lang, scheme) => assert.deepEqual(await findings(page.page, { practice: false }), [], `${state}, ${lang}, ${scheme}`));
      const list = await page.section('designs');
      await list.getByRole('button').first().click();
      await list.locator('.design .row button').last().click();
      // The bar below covers what is only half in view.
      await list.evaluate((section) => section.scrollIntoView({ block: 'center' }));
      await clean('designs');
      const share = await page.section('share');
      await share.getByRole('button').nth(1).click();
      await page.panel.locator('.scan canvas').waitFor();
      await share.evaluate((section) => section.scrollIntoView({ block: 'center' }));
      await clean('the code');
    });
  }
});
