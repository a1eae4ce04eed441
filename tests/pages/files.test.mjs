// Files for a phone's own viewer, made in the page: what is in them is what is seen.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { decode as decodePng } from 'fast-png';
import { near } from './harness.mjs';
import { stage } from './fixtures.mjs';
import { PLATE, plate, square } from './plate.mjs';

const ANDROID = 'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36';
const [RED, GREEN] = [[255, 0, 0], [0, 255, 0]];

/** The files of a stored archive in their order, each with its place. @param {Buffer} bytes */
function unpack(bytes) {
  const files = [];
  for (let at = 0; bytes.readUInt32LE(at) === 0x04034b50;) {
    const [method, size, name, extra] = [bytes.readUInt16LE(at + 8), bytes.readUInt32LE(at + 18), bytes.readUInt16LE(at + 26), bytes.readUInt16LE(at + 28)];
    const start = at + 30 + name + extra;
    files.push({ name: bytes.toString('utf8', at + 30, at + 30 + name), start, method, content: bytes.subarray(start, start + size) });
    at = start + size;
  }
  return files;
}

describe('webgl', () => {
  let it;
  before(async () => { it = await stage('webgl', { pages: { '/plate.json': PLATE, '/plate.glb': plate() } }); });
  afterEach(() => it.tidy());
  after(() => it?.close());

  async function ready() {
    const page = await it.show('<anprobe-viewer id="v" product="/plate.json" alt="A plate" interaction-prompt="none"></anprobe-viewer>', { context: { viewport: { width: 400, height: 300 } } });
    await page.event('load', 1, 90_000);
    const ask = (act, argument) => page.page.evaluate(`(${act})(document.querySelector('#v'), ${JSON.stringify(argument)})`);
    const usdz = async (options) => {
      const { type, text } = await ask(async (viewer, options) => {
        const blob = await viewer.toUsdz(options);
        const bytes = new Uint8Array(await blob.arrayBuffer());
        return { type: blob.type, text: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')) };
      }, options);
      assert.equal(type, 'model/vnd.usdz+zip');
      return unpack(Buffer.from(text, 'base64'));
    };
    return { ...page, ask, usdz };
  }

  test('a customer\'s picture is in the file, upright and where it is on the product', async () => {
    const page = await ready();
    const before = await page.usdz();
    assert.deepEqual([before[0].name, before[0].method], ['product.usda', 0]);
    const name = await page.ask(async (viewer, text) =>
      viewer.remember(new Blob([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], { type: 'image/png' })), square(80, 40, RED, GREEN).toString('base64'));
    assert.equal(await page.ask((viewer, name) => viewer.select('photo', name), name), 'changed');
    await page.rest();
    const files = await page.usdz({ placement: 'wall' });
    assert.ok(files.every(({ start, method }) => start % 64 === 0 && method === 0));
    const layer = files[0].content.toString();
    assert.match(layer, /planeAnchoring:alignment = "vertical"/);
    assert.match(layer, /asset inputs:file = @\.\/textures\/0\.png@/);
    const printed = decodePng(files.find((file) => file.name === 'textures/0.png').content);
    const { width, height, channels, data } = printed;
    const at = (x, y) => [...data.subarray(channels * (Math.floor(y * height) * width + Math.floor(x * width)))].slice(0, 3);
    assert.ok(near(at(0.25, 0.5), RED) && near(at(0.75, 0.5), GREEN), `${at(0.25, 0.5)} ${at(0.75, 0.5)}`);
  });

  test('textures are no larger than is asked for, and two files at once are two whole files', async () => {
    const page = await ready();
    const name = await page.ask(async (viewer, text) =>
      viewer.remember(new Blob([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], { type: 'image/png' })), square(80, 40, RED, GREEN).toString('base64'));
    await page.ask((viewer, name) => viewer.select('photo', name), name);
    await page.rest();
    const [small, large] = await Promise.all([page.usdz({ maxTextureSize: 32 }), page.usdz({ maxTextureSize: 4096 })]);
    const sides = [small, large].map((files) => decodePng(files.find((file) => file.name === 'textures/0.png').content)).map(({ width, height }) => Math.max(width, height));
    assert.equal(sides[0], 32);
    assert.ok(sides[1] > 32);
  });

  test('without a product on the stage there is no file', async () => {
    const page = await it.show('<anprobe-viewer id="v" product="/none.json" alt="None"></anprobe-viewer>', { context: { viewport: { width: 400, height: 300 } } });
    await page.event('error', 1, 90_000);
    const refused = await page.page.evaluate(() => document.querySelector('#v').toUsdz().then(() => 'made', (error) => error.name));
    assert.equal(refused, 'InvalidStateError');
  });

  /** A page on a phone whose own viewer opens files: what is tapped in the end is kept. */
  async function phone(attributes, { ar, userAgent, taps = true } = {}) {
    const page = await it.show(`<anprobe-viewer id="v" ar product="/plate.json" alt="A plate" interaction-prompt="none" ${attributes}></anprobe-viewer>`, {
      context: { viewport: { width: 400, height: 300 }, ...(userAgent && { userAgent }) },
      before: (tab) => tab.addInitScript((ar) => {
        globalThis.heard = [];
        for (const name of ['ar-warning', 'quick-look-button-tapped', 'ar-status']) document.addEventListener(name, ({ detail }) => globalThis.heard.push([name, detail]), true);
        const supports = DOMTokenList.prototype.supports;
        DOMTokenList.prototype.supports = function (token) { return token === 'ar' ? ar : supports.call(this, token); };
        HTMLAnchorElement.prototype.click = function () { globalThis.tapped = this; };
      }, Boolean(ar)),
    });
    await page.event('load', 1, 90_000);
    await page.page.getByRole('button', { name: 'View in your room', exact: true }).click();
    if (!taps) return page;
    await page.page.waitForFunction(() => globalThis.tapped, undefined, { timeout: 60_000 });
    const tapped = await page.page.evaluate(() => {
      const { href, rel, download, firstElementChild, isConnected } = globalThis.tapped;
      return { href, rel, download, holds: firstElementChild?.localName, isConnected };
    });
    return { ...page, tapped };
  }

  test('an iPhone’s Quick Look gets the configured product, fixed in size, with its name and price', async () => {
    const page = await phone('ar-scale="fixed"', { ar: true });
    const { href, ...rest } = page.tapped;
    assert.deepEqual(rest, { rel: 'ar', download: 'plate.usdz', holds: 'img', isConnected: true });
    const { quote, sheet } = await page.page.evaluate(() => { const { quote, sheet } = document.querySelector('#v'); return { quote, sheet }; });
    const wanted = new URLSearchParams({ allowsContentScaling: '0', checkoutTitle: sheet.name, price: quote.totalText });
    assert.match(href, /^blob:/);
    assert.deepEqual(Object.fromEntries(new URLSearchParams(href.split('#')[1])), Object.fromEntries(wanted));
    await page.page.evaluate(() => globalThis.tapped.dispatchEvent(new MessageEvent('message', { data: '_apple_ar_quicklook_button_tapped' })));
    assert.ok((await page.page.evaluate(() => globalThis.heard)).some(([name]) => name === 'quick-look-button-tapped'));
    assert.deepEqual([page.errors, page.violations], [[], []]);
  });

  test('a page’s own file for Quick Look is opened as it is, with the page’s parameters', async () => {
    const page = await phone('ios-src="/mine.usdz#callToAction=Try%20it"', { ar: true });
    assert.equal(page.tapped.href, `${it.site.origin}/mine.usdz#callToAction=Try%20it&checkoutTitle=Plate&price=${encodeURIComponent(await page.page.evaluate(() => document.querySelector('#v').quote.totalText))}`);
    assert.ok(!page.requests.some((url) => url.endsWith('.usdz')));
  });

  test('Android’s Scene Viewer gets the address of the configured file', async () => {
    const userAgent = ANDROID;
    const page = await phone('ar-placement="wall" scene-viewer-src="https://shop.example/baked/{code}.glb"', { userAgent });
    const code = await page.page.evaluate(() => document.querySelector('#v').code);
    const file = encodeURIComponent(`https://shop.example/baked/${code}.glb`);
    // This page has no secure address: there is none to come back to.
    assert.equal(page.tapped.href, `intent://arvr.google.com/scene-viewer/1.2?mode=ar_preferred&enable_vertical_placement=true&title=Plate&file=${file}`
      + `#Intent;scheme=https;package=com.google.android.googlequicksearchbox;action=android.intent.action.VIEW;end;`);
    assert.ok(!(await page.page.evaluate(() => globalThis.heard)).some(([name]) => name === 'ar-warning'));
    // Where there is no Scene Viewer the browser comes back, and the button says what can be done instead.
    await page.page.evaluate(() => { location.hash = 'anprobe-no-scene-viewer'; });
    await page.page.getByRole('button', { name: 'View in your room with a phone' }).waitFor();
  });

  test('without a hosted file the page is warned, and a file that is not of https: is refused in plain words', async () => {
    const page = await phone('', { userAgent: ANDROID, taps: false });
    await page.page.getByText('This phone cannot show this product in your room. Here you can turn it and see its size.').waitFor();
    const heard = await page.page.evaluate(() => globalThis.heard);
    assert.deepEqual(heard.find(([name]) => name === 'ar-warning'), ['ar-warning', { code: 'AR_BASE_MODEL' }]);
    assert.deepEqual(heard.at(-1), ['ar-status', { status: 'failed' }]);
    assert.equal(await page.page.evaluate(() => globalThis.tapped), undefined);
  });
});
