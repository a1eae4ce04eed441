// A print to look at before it is printed: the panel's dialog, its stage, its findings, its files.
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { after, afterEach, before, describe, test } from 'node:test';
import { findings } from './axe.mjs';
import { foreign } from './harness.mjs';
import { glb, stage } from './fixtures.mjs';
import { shop, stand } from './keep.mjs';

const SHOTS = new URL('../../target/print-panel/', import.meta.url);
const PAGE = 'html{color-scheme:light dark!important}body{margin:0;font-family:system-ui,sans-serif;background:Canvas!important;color:CanvasText}'
  + 'anprobe-viewer#v{display:block;width:320px;height:200px}anprobe-panel{display:block;max-width:400px}';
const asset = (/** @type {string} */ name) => readFile(new URL(`../../assets/${name}`, import.meta.url));
/** A lamp whose clip is sold apart, and its shop. */
const lamp = JSON.parse(await asset('lamp.json'));
const sold = { ...lamp, models: [{ id: 'lamp', src: '/demo/assets/lamp.glb' }], print: { ...lamp.print, pieces: lamp.print.pieces.map((piece) => ({ ...piece, source: `/sold/${piece.id}.glb` })) } };
/** The lamp's own file, in which the clip is seen. */
async function bought() {
  const bytes = await asset('lamp.glb');
  const length = bytes.readUInt32LE(12);
  const json = JSON.parse(bytes.subarray(20, 20 + length).toString());
  json.nodes.forEach((node) => delete node.extensions?.KHR_node_visibility);
  return glb(json, bytes.subarray(28 + length));
}
const SHOP = "document.addEventListener('anprobe-action', ({ detail }) => detail.respond(detail.action === 'print' ? { text: 'Thank you.', token: 'abc' } : {}));";
const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };

describe('printing', () => {
  let it;
  before(async () => {
    await mkdir(SHOTS, { recursive: true });
    it = await stage('webgl', { pages: { '/panel.css': PAGE, '/sold.json': JSON.stringify(sold), '/sold/clip.glb': await bought(), '/shop.js': SHOP } });
  });
  afterEach(() => it.tidy());
  after(() => it?.close());

  /** A page whose lamp has printed parts, with the dialog open and something to be seen in it. */
  async function opened({ size = DESKTOP, lang = 'en', answer = 'clip', group = 'clip', waits = true, product, head, body = '' } = {}) {
    const page = await stand(it, `<main ${body}><h1>Lumo</h1>${shop('', product)}</main>`, { lang, head, context: { viewport: size } });
    await page.ask('repair', group, 'printed');
    await page.page.waitForFunction((part) => document.querySelector('#v').printable().some(({ id }) => id === part), answer);
    const section = await page.section('print');
    await section.locator('[part~=print-open]').click();
    const dialog = page.panel.locator('dialog.print-dialog');
    await dialog.waitFor();
    const ready = () => dialog.locator('[part~=print-verdict]').first().waitFor();
    const inner = (act, argument) => page.page.evaluate(`(${act})(document.querySelector('anprobe-panel').shadowRoot.querySelector('.print-view anprobe-viewer'), ${JSON.stringify(argument)})`);
    const stood = () => page.page.waitForFunction(() => {
      const view = document.querySelector('anprobe-panel').shadowRoot.querySelector('.print-view');
      return !view.hidden && view.querySelector('anprobe-viewer').loaded && !view.hasAttribute('aria-busy');
    });
    const shoot = async (name) => writeFile(new URL(`${name}.png`, SHOTS), await page.page.screenshot());
    if (waits) {
      await ready();
      await stood();
    }
    return { ...page, dialog, ready, inner, stood, shoot };
  }

  for (const [dress, size] of [['desktop', DESKTOP], ['phone', PHONE]]) {
    test(`on a ${dress} a print is seen, judged and taken along, in both languages`, async () => {
      for (const lang of ['en', 'de']) {
        const page = await opened({ size, lang });
        const { dialog } = page;
        await page.shoot(`${dress}-${lang}`);
        const text = await dialog.textContent();
        assert.match(text, lang === 'en' ? /Narrow gap: under 0\.1\smm/ : /Enger Spalt: unter 0,1\smm/);
        assert.match(text, lang === 'en' ? /Size21\.2 × 30\.5 × 16\.7\smm/ : /Maße21,2 × 30,5 × 16,7\smm/);
        assert.match(text, lang === 'en' ? /are estimates/ : /sind geschätzt/);
        // In software the last picture may be a part of one.
        await page.page.waitForFunction(() => document.querySelector('anprobe-panel').shadowRoot
          .querySelector('.print-view anprobe-viewer')[Symbol.for('anprobe.statistics')]()[3] > 2000);
        const file = await page.saved(() => dialog.locator('[part~=print-stl]').click());
        assert.match(file.name, /_mm\.stl$/);
        assert.equal(file.bytes.length, 84 + 50 * file.bytes.readUInt32LE(80));
        assert.equal(await page.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, 'nothing runs out of the page');
        assert.deepEqual([page.errors, page.violations, foreign(page.requests, [it.site.origin])], [[], [], []]);
        await it.tidy();
      }
    });
  }

  test('a finding brings the camera to its place, and the other side keeps it', async () => {
    const page = await opened();
    const { dialog } = page;
    const orbit = () => page.inner((viewer) => viewer.getCameraOrbit().toString());
    const before = await orbit();
    await dialog.getByRole('button', { name: /Narrow gap/ }).click();
    await page.page.waitForFunction((before) => document.querySelector('anprobe-panel').shadowRoot.querySelector('.print-view anprobe-viewer').getCameraOrbit().toString() !== before, before);
    await page.page.waitForTimeout(900);
    await page.shoot('finding');
    assert.match(await dialog.getByRole('button', { name: /Narrow gap/ }).textContent(), /1 of \d+/);
    const near = (text) => text.split(' ').map(parseFloat);
    const at = near(await orbit());
    await dialog.getByRole('button', { name: 'As designed' }).click();
    await page.stood();
    near(await orbit()).forEach((part, index) => assert.ok(Math.abs(part - at[index]) < 0.01, `${part} ${at[index]}`));
    await page.page.waitForTimeout(600);
    await page.shoot('finished');
    await dialog.getByRole('button', { name: 'Printed', exact: true }).click();
    await page.stood();
    await dialog.getByRole('button', { name: 'Seams' }).click();
    assert.equal(await page.inner((viewer) => viewer.variantName), 'supports marks');
  });

  test('another size and layer are worked out anew, and work can be stopped', async () => {
    const page = await opened();
    const { dialog } = page;
    const facts = () => dialog.locator('dl').first().textContent();
    const before = await facts();
    await dialog.getByText('Printer and settings').click();
    await dialog.getByRole('spinbutton', { name: 'Size' }).fill('200');
    await dialog.getByRole('spinbutton', { name: 'Size' }).press('Tab');
    await page.page.waitForFunction((before) => {
      const list = document.querySelector('anprobe-panel').shadowRoot.querySelector('dialog.print-dialog dl');
      return list && list.textContent !== before;
    }, before);
    await page.shoot('settings');
    await dialog.getByRole('combobox', { name: 'Printer' }).selectOption({ label: 'Another printer' });
    await dialog.getByRole('spinbutton', { name: 'Width' }).fill('20');
    await dialog.getByRole('spinbutton', { name: 'Width' }).press('Tab');
    await dialog.getByText(/not on My printer/).first().waitFor();
  });

  test('work that takes long can be stopped, and is begun again', async () => {
    it.site.faults['/anprobe_work.wasm'] = { stall: 1000 };
    const page = await opened({ waits: false });
    const { dialog } = page;
    assert.equal(await dialog.getByRole('progressbar').isVisible(), true);
    assert.equal(await dialog.locator('[part~=print-3mf]').isDisabled(), true);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.locator('.print-wait', { hasText: 'Stopped.' }).waitFor();
    delete it.site.faults['/anprobe_work.wasm'];
    await dialog.getByRole('button', { name: 'Try again' }).click();
    await page.ready();
    await page.stood();
  });

  test('what is sold is seen before it is bought, and its file comes with what the shop answers', async () => {
    const page = await opened({ product: '/sold.json', head: '<script type="module" src="/shop.js"></script>' });
    const { dialog } = page;
    const fetched = () => it.site.log.filter(({ path }) => path.startsWith('/sold/')).length;
    assert.equal(fetched(), 0, 'nothing of it is asked for');
    assert.equal(await dialog.locator('[part~=print-3mf]').isVisible(), false);
    await page.shoot('sold');
    await dialog.getByRole('button', { name: 'Get the print file · €9.00' }).click();
    await dialog.locator('[part~=print-3mf]:not([disabled])').waitFor();
    const file = await page.saved(() => dialog.locator('[part~=print-3mf]').click());
    assert.match(file.name, /\.3mf$/);
    assert.equal(file.bytes.readUInt32LE(0), 0x04034b50);
    assert.ok(fetched() > 0);
    await dialog.getByText(/is saved/).first().waitFor();
    assert.deepEqual([page.errors, page.violations], [[], []]);
  });

  test('axe finds nothing, in every dress', async () => {
    for (const size of [DESKTOP, PHONE]) {
      for (const lang of ['en', 'de']) {
        const page = await opened({ size, lang });
        const dress = `${size === PHONE ? 'phone' : 'desktop'}-${lang}`;
        for (const colorScheme of ['light', 'dark']) {
          await page.page.emulateMedia({ colorScheme });
          assert.deepEqual(await findings(page.page), [], `${dress} ${colorScheme}`);
        }
        await page.shoot(`${dress}-dark`);
        await page.dialog.locator('.settings summary').click();
        await page.dialog.locator('.settings select').first().scrollIntoViewIfNeeded();
        assert.deepEqual(await findings(page.page), [], `${dress} with its settings`);
        await page.shoot(`${dress}-settings`);
        await it.tidy();
      }
    }
  });

  test('from right to left nothing is lost', async () => {
    const page = await opened({ size: PHONE, body: 'dir="rtl"' });
    assert.equal(await page.dialog.evaluate((dialog) => [dialog, dialog.querySelector('.content')].every((box) => box.scrollWidth <= box.clientWidth)), true);
    await page.shoot('rtl');
  });

  test('by keys alone it opens, is used and closes, and the focus comes back', async () => {
    const page = await opened();
    await page.page.keyboard.press('Escape');
    await page.dialog.waitFor({ state: 'detached' });
    const focus = await page.page.evaluate(() => document.querySelector('anprobe-panel').shadowRoot.activeElement?.getAttribute('part'));
    assert.match(focus ?? '', /print-open/);
    await page.page.keyboard.press('Enter');
    await page.ready();
  });
});
