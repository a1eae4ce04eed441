// What a customer asks the shop for: the event, its answers, two shops' carts, and a product without network.
import test, { after, afterEach, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { decode, foreign } from './harness.mjs';
import { findings } from './axe.mjs';
import { stage } from './fixtures.mjs';
import { PAGE, shop, stand } from './keep.mjs';
import { shopify, woocommerce } from './shops.mjs';

/** The shop's own numbers of all that the lamp is sold in. */
const FILE = JSON.parse(await readFile(new URL('../../assets/lamp.json', import.meta.url), 'utf8'));
const SKUS = ['lumo', ...FILE.groups.flatMap(({ choices = [] }) => choices.flatMap(({ sku }) => sku ?? []))];
const VARIANTS = Object.fromEntries(SKUS.map((sku, at) => [sku, at + 1]));
const SHOPIFY = `import { sellWithShopify } from '/demo/recipes/shopify.js';
sellWithShopify(document.querySelector('#v'), { variants: ${JSON.stringify(VARIANTS)} });`;
const WOO = `import { sellWithWooCommerce } from '/demo/recipes/woocommerce.js';
sellWithWooCommerce(document.querySelector('#v'), { products: ${JSON.stringify(VARIANTS)} });`;

describe('what is bought', () => {
  let it;
  const answers = {};
  before(async () => { it = await stage('webgpu', { answers, pages: { '/panel.css': PAGE, '/shopify.js': SHOPIFY, '/woo.js': WOO, '/none.js': SHOPIFY.replace(/variants: .*? \}\)/, 'variants: {} })'), '/basket.json': '{"items":[]}' } }); });
  after(() => it?.close());
  afterEach(() => it.tidy());

  const main = (page) => page.panel.locator('.buy button');

  /** A page whose shop answers as `host`, which runs there, says. */
  async function answered(host, settings) {
    const page = await stand(it, shop(), settings);
    await page.page.evaluate(() => { globalThis.heard = []; });
    await page.page.evaluate(`document.addEventListener('anprobe-action', (event) => { globalThis.heard.push(event); (${host})(event.detail, event); })`);
    await main(page).waitFor();
    return page;
  }

  test('the event says all that a shop needs, bubbles and is composed', async () => {
    const page = await answered('() => {}');
    await page.ask('select', 'power', 'battery');
    await page.ask('select', 'engraving', 'Mia');
    assert.equal(await main(page).textContent(), 'Add to cart');
    await main(page).click();
    const [said] = await page.page.evaluate(async () => Promise.all(globalThis.heard.map(async ({ detail, bubbles, composed, cancelable, target }) => {
      const picture = await detail.picture();
      const files = await detail.files();
      const { action, product, code, quote, bom, lines } = detail;
      return { action, product, code, total: quote.total, bom, lines, bubbles, composed, cancelable, id: target.id, picture: [...new Uint8Array(await picture.arrayBuffer())], files: files.length };
    })));
    assert.deepEqual([said.action, said.product, said.bubbles, said.composed, said.cancelable, said.id], ['buy', 'lumo', true, true, true, 'v']);
    assert.equal(said.code, await page.ask('code'));
    assert.equal(said.lines.reduce((sum, { unitPrice, quantity }) => sum + unitPrice * quantity, 0), said.total);
    assert.equal(said.lines[0].sku, 'lumo');
    assert.equal(said.lines[0].properties.Engraving, 'Mia');
    assert.ok(said.lines.some(({ sku }) => sku === 'LU-P-BA') && said.bom.some(({ sku }) => sku === 'LU-P-BA'));
    assert.equal(decode(said.picture).width, 800);
    assert.deepEqual([page.errors, page.violations, foreign(page.requests, [it.site.origin])], [[], [], []]);
  });

  test('whoever owns one buys the upgrade for its price less the credit, and not a whole new one', async () => {
    const page = await answered('(detail) => detail.respond({})');
    await page.page.evaluate(() => { const viewer = document.querySelector('#v'); viewer.owned = viewer.code; });
    await page.ask('upgrade', 'charging');
    await page.panel.getByRole('button', { name: 'Add upgrade to cart' }).waitFor();
    const total = page.panel.locator('[part=total]');
    await page.page.waitForFunction(() => document.querySelector('anprobe-panel').shadowRoot.querySelector('[part=total]').textContent === '€54.00');
    await page.panel.locator('button.total').click();
    const lines = (await page.panel.locator('[part=lines] tr').allTextContents()).map((line) => line.replace(/\s+/g, ' '));
    assert.deepEqual(lines, ['Charging base€69.00', 'Charging base: for your old part−€15.00', 'You pay€54.00', 'A whole new one€295.50']);
    assert.deepEqual(await findings(page.page, { practice: false }), []);
    await page.panel.locator('button.total').click();
    await main(page).click();
    await page.told('It is in your cart.');
    const offers = await page.section('offers');
    await offers.getByRole('button', { name: 'A whole new one' }).click();
    const said = await page.page.evaluate(() => globalThis.heard.map(({ detail: { action, owned, quote, lines } }) => [action, owned, quote.moreThanOwned, lines.map(({ sku, unitPrice }) => [sku, unitPrice])]));
    const code = await page.page.evaluate(() => document.querySelector('#v').owned);
    assert.deepEqual(said[0], ['buy', code, 5400, [['LU-U-QI', 5400]]]);
    assert.deepEqual([said[1][0], said[1][1], said[1][3][0][0]], ['buy', undefined, 'lumo']);
    // Another colour is no upgrade: the whole lamp, and its price.
    await page.ask('select', 'finish', 'sage');
    await page.panel.getByRole('button', { name: 'Add to cart' }).waitFor();
    assert.notEqual(await total.textContent(), '€54.00');
  });

  test('where nobody answers, nothing pretends to have happened', async () => {
    const page = await answered('() => {}');
    await main(page).click();
    await page.settle();
    assert.deepEqual([await page.page.evaluate(() => globalThis.heard.length), await page.panel.locator('.toast').count(), await page.panel.locator('dialog').count(), await main(page).textContent()], [1, 0, 0, 'Add to cart']);
  });

  test('while the shop thinks the button says so, and asks once; then it is confirmed', async () => {
    const page = await answered('(detail) => detail.respond(new Promise((resolve) => { globalThis.answer = resolve; }))');
    await main(page).click();
    await page.panel.locator('.buy [aria-busy=true]', { hasText: 'One moment' }).waitFor();
    await main(page).click();
    await page.ask('select', 'finish', 'sage');
    assert.equal(await page.page.evaluate(() => globalThis.heard.length), 1);
    await page.page.evaluate(() => globalThis.answer({ text: 'Two lamps are in your cart.', href: '/basket.json' }));
    await page.told('Two lamps are in your cart.');
    assert.equal(await main(page).textContent(), 'Add to cart');
    await page.press('Go on', page.panel.locator('.toast'));
    await page.page.waitForURL('**/basket.json');
  });

  for (const [how, host] of [['a rejection', '(detail) => detail.respond(Promise.reject(new Error("Only <b>two</b> are left.")))'], ['an answer', '(detail) => detail.respond({ error: "Only <b>two</b> are left." })']]) {
    test(`what the shop refuses by ${how} is shown in its words, and nothing is lost`, async () => {
      const page = await answered(host);
      await page.ask('select', 'finish', 'sage');
      const code = await page.ask('code');
      await main(page).click();
      const dialog = page.panel.locator('dialog');
      await dialog.getByText('Only <b>two</b> are left.').waitFor();
      await dialog.getByText('Your choice is still here.').waitFor();
      assert.deepEqual(await findings(page.page, { practice: false }), []);
      await page.press('Try again', dialog);
      await page.page.waitForFunction(() => globalThis.heard.length === 2);
      assert.equal(await page.ask('code'), code);
    });
  }

  for (const [how, host] of [['TypeError', 'new TypeError("Failed to fetch")'], ['DOMException', 'new DOMException("signal is aborted")']]) {
    test(`what a browser says to programmers, a ${how}, customers do not read`, async () => {
      const page = await answered(`(detail) => detail.respond(Promise.reject(${host}))`);
      await main(page).click();
      await page.panel.locator('dialog').getByText('The shop did not say why.').waitFor();
      assert.doesNotMatch(await page.panel.locator('dialog').textContent(), /fetch|abort/);
    });
  }

  test('what is ordered keeps its pictures: the cart’s link brings the code alone', async () => {
    const page = await stand(it, shop('', '/demo/assets/case.json'));
    await page.page.evaluate(() => document.addEventListener('anprobe-action', ({ detail }) => detail.respond({})));
    await page.photograph(64, 128);
    const code = await page.ask('code');
    await main(page).click();
    await page.told('It is in your cart.');
    await page.page.evaluate((code) => { history.replaceState(null, '', `#config=${code}&line=1`); }, code);
    await page.page.reload();
    await page.page.waitForFunction(() => document.querySelector('#v').pictures?.().size === 1);
    const list = await page.section('designs');
    assert.equal(await list.locator('.design').count(), 0, 'no design of theirs');
    await page.press('What is kept on this device', list);
    await page.panel.locator('.device').getByText('Ordered, ').waitFor();
  });

  test('other offers have their price, and one tap orders again what is used up', async () => {
    const page = await answered('(detail) => detail.respond({})', { lang: 'de' });
    const offers = await page.section('offers');
    await page.press('Ersatzkugel nachbestellen, 19,00\u00a0€', offers);
    await page.told('Ist nachbestellt.');
    await offers.getByText('hält etwa 4 Jahre').waitFor();
    await offers.getByRole('button', { name: 'Zwei Wochen ausleihen' }).click();
    await page.told('Ihre Anfrage ist unterwegs.');
    const said = await page.page.evaluate(() => globalThis.heard.map(({ detail: { action, lines } }) => [action, lines.map(({ sku, quantity, unitPrice }) => [sku, quantity, unitPrice])]));
    assert.deepEqual(said, [['reorder', [['LU-R-GL', 1, 1900]]], ['borrow', [['lumo', 1, 1900]]]]);
    assert.deepEqual(await findings(page.page, { practice: false }), []);
  });

  for (const [name, make, script, cartOf] of [
    ['Shopify', shopify, '/shopify.js', (cart) => cart.items.map(({ id, quantity, properties }) => ({ id, quantity, properties }))],
    ['WooCommerce', woocommerce, '/woo.js', (cart) => cart.items.map(({ id, quantity, extensions }) => ({ id, quantity, properties: extensions.anprobe }))],
  ]) {
    test(`${name}: into the cart, changed from there, and what the shop refuses`, async () => {
      const stock = Object.fromEntries(Object.values(VARIANTS).map((id) => [id, 9]));
      const { cart, answers: own } = make(stock);
      Object.assign(answers, own);
      const head = `<script type="module" src="${script}"></script>`;
      const page = await stand(it, shop(), { head });
      await page.ask('select', 'power', 'battery');
      const code = await page.ask('code');
      await main(page).click();
      await page.told('It is in your cart.');
      const first = cartOf(cart);
      const ids = async (page) => (await page.ask('order', 0)).lines.map(({ sku }) => VARIANTS[sku]);
      assert.deepEqual(first.map(({ id }) => id), await ids(page));
      const battery = VARIANTS['LU-P-BA'];
      assert.ok(first.some(({ id }) => id === 1) && first.some(({ id }) => id === battery));
      assert.ok(first.every(({ properties }) => properties._anprobe_code === code));
      assert.equal(first[0].properties.Power, 'Battery');

      // The cart's link.
      const address = `#config=${code}&set=${first[0].properties._anprobe_set}`;
      const again = await stand(it, shop(), { head, address });
      assert.equal(await again.ask('code'), code);
      // As a link to the page's content does.
      await again.page.evaluate(() => { location.hash = '#main'; });
      // The old ones do not go at first: no error of the order, and only that is tried again.
      const [path] = Object.keys(own).filter((path) => /update|remove/.test(path));
      let failed = 0;
      answers[path] = (...said) => (failed++ ? own[path](...said) : { status: 500, body: {} });
      await again.ask('select', 'power', 'mains');
      await main(again).click();
      await again.told('It is in your cart.');
      const second = cartOf(cart);
      assert.deepEqual(second.map(({ id }) => id), await ids(again), 'it took the place of the first');
      assert.ok(failed > 1);
      assert.ok(!second.some(({ id }) => id === battery));
      assert.equal(second[0].properties._anprobe_code, await again.ask('code'));

      await again.ask('select', 'power', 'battery');
      stock[battery] = 0;
      await main(again).click();
      const dialog = again.panel.locator('dialog');
      await dialog.getByText(name === 'Shopify' ? 'All 0 of this are in your cart.' : 'You cannot add "Lumo" to the cart because the product is out of stock.').waitFor();
      assert.deepEqual(cartOf(cart), second, 'the cart is as it was');
      await again.page.keyboard.press('Escape');
      stock[battery] = 9;
      await again.page.context().setOffline(true);
      await main(again).click();
      await again.panel.locator('dialog').getByText('The shop cannot be reached.').waitFor();
      await again.page.context().setOffline(false);
      await again.panel.locator('.toast').evaluateAll((toasts) => toasts.forEach((toast) => toast.remove()));
      await again.press('Try again', again.panel.locator('dialog'));
      await again.told('It is in your cart.');
      assert.deepEqual(cartOf(cart).map(({ id }) => id), await ids(again));
      assert.deepEqual(page.violations.concat(again.violations), []);
    });
  }

  test('a SKU that the shop does not know is said, and nothing is sent', async () => {
    const { cart, answers: own } = shopify({ 1: 9 });
    Object.assign(answers, own);
    const page = await stand(it, shop(), { head: '<script type="module" src="/none.js"></script>' });
    await main(page).click();
    await page.panel.locator('dialog').getByText('This cannot be ordered here just now.').waitFor();
    assert.deepEqual(cart.items, []);
  });
});
