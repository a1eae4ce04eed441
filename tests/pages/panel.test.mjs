// The customer's panel: choosing, conflicts and their way out, search, languages, keys and taps, and that nothing jumps.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, afterEach, before, describe, test } from 'node:test';
import { findings, inEveryDress } from './axe.mjs';
import { foreign } from './harness.mjs';
import { stage } from './fixtures.mjs';

const lamp = JSON.parse(await readFile(new URL('../../assets/lamp.json', import.meta.url)));
const colours = ['Amber', 'Birch', 'Cherry', 'Denim', 'Élan', 'Fern', 'Grape', 'Honey', 'Iris', 'Jade', 'Kiwi', 'Lime'];
/** A lamp with a long list: each dearer and heavier than the one before, some sold out. */
const long = {
  ...lamp, models: [{ id: 'lamp', src: '/demo/assets/lamp.glb' }],
  groups: [...lamp.groups, {
    id: 'cord', number: 40, name: { en: 'Cord', de: 'Kabel' },
    choices: colours.map((name, at) => ({ id: `c${at}`, number: at + 1, name, price: at * 500, swatch: '#808080', stock: at === 2 ? 0 : 9, facts: { weight: at * 10 } })),
  }],
};
const PAGES = {
  '/long.json': JSON.stringify(long),
  '/panel.css': 'body{margin:0;font:16px system-ui;background:Canvas!important}html{color-scheme:light dark!important}h1{position:absolute;clip-path:inset(50%)}main anprobe-viewer{display:block;width:100vw;height:100vh}'
    + '.apart{display:grid;grid-template-columns:1fr 380px}.apart anprobe-viewer{width:auto}.apart anprobe-panel{height:100vh}',
};
const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };

// All that is asked here is the same on both backends; the picture has tests of its own.
describe('panel', () => {
  let it;
  before(async () => { it = await stage('webgpu', { pages: PAGES }); });
  afterEach(() => it.tidy());
  after(() => it?.close());

  /** A page with a viewer whose panel is in its own box, or apart; ready when the choices are there. */
  async function show({ product = '/demo/assets/lamp.json', lang = 'en', size = DESKTOP, apart = false, attributes = '', inside = '', context = {}, wait = true } = {}) {
    const own = `<anprobe-viewer id="v" ${apart ? '' : 'panel'} loading="eager" camera-controls interaction-prompt="none" alt="A lamp" product="${product}" ${attributes}>${inside}</anprobe-viewer>`;
    const body = `<main><h1>Lumo</h1><div class="${apart ? 'apart' : 'in'}">${own}${apart ? '<anprobe-panel for="v"></anprobe-panel>' : ''}</div></main>`;
    const opened = await it.show(body, { page: { lang, head: '<link rel="stylesheet" href="/panel.css">' }, context: { viewport: size, ...context } });
    const { page } = opened;
    const panel = page.locator('anprobe-panel');
    const ask = (act, ...args) => page.evaluate(([act, args]) => {
      const viewer = document.querySelector('#v');
      const value = act.split('.').reduce((at, name) => at?.[name], viewer);
      return typeof value === 'function' ? value.apply(viewer, args) : value;
    }, [act, args]);
    const focused = () => page.evaluate(() => {
      const at = document.querySelector('anprobe-panel').shadowRoot.activeElement;
      return at && (at.value && at.type === 'radio' ? `${at.name}/${at.value}` : at.getAttribute('part') ?? at.textContent);
    });
    const total = async (text) => page.waitForFunction((text) => document.querySelector('anprobe-panel').shadowRoot.querySelector('[part=total]').textContent === text, text);
    const heard = () => page.evaluate(() => document.querySelector('anprobe-panel').shadowRoot.querySelector('.panel > [role=status]').textContent);
    if (wait) {
      await panel.locator('label.choice').first().waitFor({ state: 'attached', timeout: 60_000 });
      await opened.event('load', 1, 60_000);
      await opened.settle();
    }
    return { ...opened, panel, ask, focused, total, heard };
  }
  /** As a finger or mouse takes a choice: by its label. */
  const choice = (panel, name) => panel.locator('label.choice', { hasText: name });

  test('a choice is taken, costs, is said once, and is taken back', async () => {
    const { page, panel, ask, total, requests, errors, violations } = await show();
    await total('€256.50');
    await page.evaluate(() => {
      globalThis.said = [];
      new MutationObserver(([{ target }]) => target.textContent && globalThis.said.push(target.textContent))
        .observe(document.querySelector('anprobe-panel').shadowRoot.querySelector('.panel > [role=status]'), { childList: true });
    });
    await choice(panel, 'Terracotta').click();
    await total('€266.50');
    assert.equal(await panel.getByRole('radio', { name: /Terracotta/ }).isChecked(), true);
    assert.equal(await ask('configuration.values.finish'), 'terracotta');
    await page.waitForFunction(() => globalThis.said.length);
    await page.waitForTimeout(500);
    assert.deepEqual(await page.evaluate(() => globalThis.said), ['Colour: Terracotta. Total €266.50.']);
    await panel.getByRole('button', { name: 'Undo' }).click();
    await total('€256.50');
    await panel.getByRole('button', { name: 'Redo' }).click();
    await total('€266.50');
    await panel.getByRole('button', { name: /^Total/ }).click();
    const lines = await panel.getByRole('region', { name: 'What the price consists of' }).getByRole('row').allTextContents();
    assert.ok(lines.includes('Terracotta€10.00') && lines.includes('Total€266.50'), lines.join('; '));
    await page.waitForFunction(() => globalThis.said.at(-1).endsWith('€266.50.'));
    assert.deepEqual([errors, violations, foreign(requests, [it.site.origin])], [[], [], []]);
  });

  test('what does not go says why and what it takes, and one tap does it', async () => {
    const { panel, ask, focused, total, heard } = await show({ lang: 'de' });
    await choice(panel, 'Akku').click();
    await total('305,50\u00a0€');
    const blocked = choice(panel, 'Lädt Ihr Telefon');
    assert.equal(await blocked.getAttribute('data-state'), 'repairable');
    await blocked.click();
    const card = panel.getByRole('group', { name: 'Lädt Ihr Telefon passt nicht zur Auswahl.' });
    assert.match(await card.textContent(), /Ein Telefon zu laden braucht mehr, als der Akku gibt\..*Strom: Akku ist gewählt\./);
    await card.page().waitForFunction(() => document.querySelector('anprobe-panel').shadowRoot.querySelector('.panel > [role=status]').textContent.includes('Ausweg'));
    assert.match(await heard(), /Akku gibt/);
    assert.equal(await ask('configuration.values.base'), 'dimmer', 'nothing has changed yet');
    await card.getByRole('button', { name: 'Kabel nehmen · −10,00' }).click();
    assert.deepEqual([await ask('configuration.values.base'), await ask('configuration.values.power')], ['charging', 'mains']);
    assert.equal(await card.count(), 0);
    assert.equal(await focused(), 'base/charging', 'the focus is where the customer was');
    await panel.getByRole('button', { name: 'Rückgängig' }).click();
    await blocked.click();
    await card.getByRole('button', { name: 'So lassen' }).click();
    assert.equal(await ask('configuration.values.power'), 'battery');
  });

  test('from the beginning asks nothing and can be taken back', async () => {
    const { panel, ask, focused } = await show();
    await choice(panel, 'Sage').click();
    await panel.getByRole('button', { name: 'Start over' }).click();
    assert.equal(await ask('configuration.values.finish'), 'graphite');
    await panel.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    assert.equal(await ask('configuration.values.finish'), 'sage');
    assert.equal(await panel.locator('.toast').count(), 0);
    assert.equal(await focused(), 'reset', 'the focus is where it was');
    await panel.getByRole('button', { name: 'Start over' }).click();
    await panel.locator('.toast').waitFor();
    await choice(panel, 'Silver').click();
    assert.equal(await panel.locator('.toast').count(), 0, 'it stays until something else is done');
  });

  test('by keyboard alone: choose, meet a conflict, repair it, set a number, write, take back', async () => {
    const { page, panel, ask, focused, total } = await show();
    const { keyboard } = page;
    const tab = async (until) => {
      for (let at = 0; at < 60; at += 1) {
        await keyboard.press('Tab');
        if (until.test(await focused() ?? '')) return;
      }
      assert.fail(`no way by tab to ${until}; at ${await focused()}`);
    };
    await tab(/^finish\//);
    await keyboard.press('ArrowRight');
    await page.waitForFunction(() => document.querySelector('#v').configuration.values.finish === 'silver');
    assert.equal(await focused(), 'finish/silver');
    await tab(/^slider$/);
    await keyboard.press('ArrowRight');
    await page.waitForFunction(() => document.querySelector('#v').configuration.values.arm === 34);
    await tab(/^power\//);
    await keyboard.press('ArrowRight');
    await total('€308.00');
    await tab(/^base\/dimmer$/);
    await keyboard.press('ArrowRight');
    await panel.getByRole('group', { name: /Charges your phone does not go/ }).waitFor();
    assert.equal(await focused(), 'base/charging', 'a conflict does not take the focus');
    await tab(/^repair$/);
    await keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('#v').configuration.values.base === 'charging');
    assert.equal(await focused(), 'base/charging');
    await tab(/^text$/);
    await keyboard.type('Mia');
    await page.waitForFunction(() => document.querySelector('#v').configuration.values.engraving === 'Mia');
    assert.equal(await focused(), 'text');
    await keyboard.press('Shift+Tab');
    await ask('undo');
    assert.equal(await panel.locator('[part=text]').inputValue(), '');
  });

  test('by taps alone on a phone: groups, a conflict, more room and less', async () => {
    const { page, panel, ask } = await show({ size: PHONE, context: { hasTouch: true, isMobile: true } });
    const tall = () => panel.evaluate((panel) => panel.getBoundingClientRect().height / innerHeight);
    assert.ok(Math.abs(await tall() - 0.45) < 0.01, `the sheet has ${await tall()}`);
    const view = await page.evaluate(() => document.querySelector('#v').shadowRoot.querySelector('.view').getBoundingClientRect().height / innerHeight);
    assert.ok(view > 0.54 && view < 0.59, `the picture has ${view}`);
    await panel.getByRole('tab', { name: /^Power/ }).tap();
    assert.equal(await panel.locator('section:visible').count(), 1, 'one group at a time');
    await choice(panel, 'Battery').tap();
    await panel.getByRole('tab', { name: /^Base/ }).tap();
    await choice(panel, 'Charges your phone').tap();
    await panel.getByRole('button', { name: 'Switch to Cable' }).tap();
    assert.equal(await ask('configuration.values.base'), 'charging');
    await panel.getByRole('button', { name: 'More room for the choices' }).tap();
    await page.waitForFunction(() => Math.abs(document.querySelector('anprobe-panel').getBoundingClientRect().height / innerHeight - 0.9) < 0.01);
    for (let at = 0; at < 2; at += 1) await panel.getByRole('button', { name: 'More room for the product' }).tap();
    await page.waitForFunction(() => document.querySelector('anprobe-panel').getBoundingClientRect().height / innerHeight < 0.25);
    assert.equal(await panel.locator('[part=total]').isVisible(), true, 'the price stays');
    await page.waitForFunction(() => document.querySelector('#v').shadowRoot.querySelector('.view').getBoundingClientRect().height / innerHeight > 0.7);
  });

  test('the sheet is drawn up by its head, and flung back', async () => {
    const { page, panel } = await show({ size: PHONE });
    const head = await panel.locator('[part=head] h2').boundingBox();
    const [x, y] = [head.x + 20, head.y + 10];
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (let at = 1; at <= 8; at += 1) await page.mouse.move(x, y - at * 35);
    await page.mouse.up();
    await page.waitForFunction(() => Math.abs(document.querySelector('anprobe-panel').getBoundingClientRect().height / innerHeight - 0.9) < 0.01);
    const targets = await panel.evaluate((panel) => [...panel.shadowRoot.querySelectorAll('button, .choice, input[type=range]')]
      .filter((one) => one.checkVisibility()).map((one) => [one.getAttribute('aria-label') ?? one.textContent, one.getBoundingClientRect()])
      .filter(([, { width, height }]) => Math.min(width, height) < 24).map(([name]) => name));
    assert.deepEqual(targets, []);
  });

  test('a long list is searched without accents and filtered by price, stock and weight', async () => {
    const { panel } = await show({ product: '/long.json' });
    const list = panel.getByRole('radiogroup', { name: 'Cord' });
    const shown = () => list.locator('label:visible .name').allTextContents();
    assert.equal((await shown()).length, 12);
    const search = panel.getByRole('searchbox', { name: 'Search: Cord' });
    await search.fill('elan');
    assert.deepEqual(await shown(), ['Élan']);
    await search.fill('nothing');
    assert.deepEqual([await shown(), await panel.getByText('Nothing like this here.').isVisible()], [[], true]);
    await panel.getByRole('button', { name: 'Show all' }).click();
    await panel.getByLabel('Adds up to, in EUR').fill('15');
    assert.deepEqual(await shown(), ['Amber', 'Birch', 'Cherry', 'Denim']);
    await panel.getByLabel('Available now').check({ force: true });
    assert.deepEqual(await shown(), ['Amber', 'Birch', 'Denim']);
    await panel.getByLabel(/^Weight up to/).fill('10');
    assert.deepEqual(await shown(), ['Amber', 'Birch']);
    await panel.getByRole('button', { name: 'Show all' }).click();
    assert.equal((await shown()).length, 12);
    assert.equal(await choice(panel, 'Cherry').locator('.state').textContent(), 'Sold out');
  });

  test('right to left, buttons and places on the product are beside the panel and where they belong', async () => {
    const { page, settle } = await show({ attributes: 'ar', inside: '<button slot="hotspot-shade" data-position="0 0.3m 0">Shade</button>' });
    const boxes = async () => {
      await settle();
      return page.evaluate(() => {
        const viewer = document.querySelector('#v');
        const box = (element) => element.getBoundingClientRect().toJSON();
        const [view, button] = ['.view', '.ar-button'].map((name) => box(viewer.shadowRoot.querySelector(name)));
        return { view, button, spot: box(viewer.querySelector('[slot=hotspot-shade]')), panel: box(document.querySelector('anprobe-panel')), wide: document.documentElement.scrollWidth <= innerWidth };
      });
    };
    const before = await boxes();
    await page.evaluate(() => { document.documentElement.dir = 'rtl'; });
    const after = await boxes();
    assert.ok(before.panel.left >= before.view.right - 1 && after.panel.right <= after.view.left + 1, 'the panel changes sides');
    const within = ({ spot, view }) => [spot.x - view.x, spot.y - view.y];
    within(after).forEach((at, axis) => assert.ok(Math.abs(at - within(before)[axis]) < 1.5, `${within(after)} is not ${within(before)}`));
    for (const { button, view, wide } of [before, after]) {
      assert.ok(button.width > 40 && button.left >= view.left && button.right <= view.right, JSON.stringify([button, view]));
      assert.ok(wide);
    }
  });

  test('the language changes in its place: focus, scroll and what is typed stay', async () => {
    const { page, panel, focused } = await show();
    await choice(panel, 'Silver').click();
    const top = () => panel.evaluate((panel) => panel.shadowRoot.querySelector('.scroll').scrollTop);
    const [before, element] = [await top(), await panel.getByRole('radio', { name: /Silver/ }).elementHandle()];
    await page.evaluate(() => { document.documentElement.lang = 'de'; });
    await panel.getByRole('radio', { name: /Silber/ }).waitFor({ state: 'attached' });
    assert.equal(await focused(), 'finish/silver');
    assert.equal(await element.evaluate((element) => element.isConnected), true, 'it is the same element');
    assert.ok(Math.abs(await top() - before) < 40);
    assert.equal(await panel.getByRole('button', { name: 'Von vorn' }).count(), 1);
    assert.match(await panel.locator('[part=facts]').textContent(), /Daten und Herkunft.*Gewicht.*Hergestellt in.*Deutschland/s);
  });

  test('the guide asks, marks what suits, and shows it as one step', async () => {
    const { panel, ask } = await show();
    await panel.getByRole('button', { name: 'For mood' }).click();
    await panel.getByText('Is there a socket nearby?').waitFor();
    assert.ok(await panel.locator('label[data-suggested]').count() > 0);
    await panel.locator('[part=guide]').getByRole('group').getByRole('button').last().click();
    await panel.getByRole('button', { name: /^Show it to me/ }).click();
    assert.equal(await ask('configuration.values.power'), 'battery');
    await panel.getByText('What you see suits you well.').waitFor();
    await ask('undo');
    assert.equal(await ask('configuration.canUndo'), false);
  });

  test('each state has its words and a next step', async () => {
    it.site.faults['/bad.json'] = { body: '{"anprobe":1,', times: 1 };
    const { page, panel } = await show({ product: '/bad.json', wait: false });
    await panel.getByText('The choices did not come').waitFor();
    it.site.faults['/bad.json'] = { body: JSON.stringify(long) };
    await panel.getByRole('button', { name: 'Try again' }).click();
    await panel.locator('label.choice').first().waitFor({ state: 'attached' });
    assert.equal(await panel.getByText('The choices did not come').isVisible(), false);
    await page.context().setOffline(true);
    await panel.getByText('You are offline. You can go on choosing').waitFor();
    await choice(panel, 'Sage').click();
    await page.context().setOffline(false);
    await panel.getByText('You are offline').waitFor({ state: 'hidden' });
    await choice(panel, 'Cherry').click();
    await panel.getByText('This version is sold out at the moment.').waitFor();
  });

  test('apart from the viewer it waits for it, and follows another one', async () => {
    const { page, panel } = await show({ apart: true });
    assert.equal(await panel.evaluate((panel) => panel.narrow), false);
    await page.evaluate(() => {
      const other = document.querySelector('#v').cloneNode();
      other.id = 'w';
      other.product = '/long.json';
      document.querySelector('anprobe-panel').setAttribute('for', 'later');
      setTimeout(() => { document.querySelector('#v').replaceWith(other); other.id = 'later'; }, 100);
    });
    await panel.getByRole('heading', { name: 'Cord' }).waitFor();
    // One with the same id takes its place.
    await page.evaluate(() => {
      const old = document.querySelector('#later');
      const other = old.cloneNode();
      other.product = '/demo/assets/lamp.json';
      old.replaceWith(other);
    });
    await panel.getByRole('heading', { name: 'Cord' }).waitFor({ state: 'detached' });
    await panel.getByRole('radio', { name: /Terracotta/ }).waitFor({ state: 'attached' });
  });

  test('a panel that the page wrote is the page\'s; one that came by the attribute goes with it', async () => {
    const { page, panel } = await show({ inside: '<anprobe-panel class="own"></anprobe-panel>' });
    const turn = (on) => page.evaluate(async (on) => {
      document.querySelector('#v').toggleAttribute('panel', on);
      // The element looks after this turn, and asks the panel's module then.
      await new Promise((resolve) => setTimeout(resolve, 0));
      await import('/anprobe_panel.js');
      await new Promise((resolve) => setTimeout(resolve, 0));
      return [...document.querySelectorAll('anprobe-panel')].map((panel) => panel.className);
    }, on);
    assert.deepEqual(await turn(false), ['own']);
    assert.deepEqual(await turn(true), ['own']);
    await panel.evaluate((panel) => panel.remove());
    await turn(false);
    assert.deepEqual(await turn(true), ['']);
    assert.deepEqual(await turn(false), []);
  });

  test('another product begins anew: the guide, the price, what was open over it, and the way back', async () => {
    const { page, panel, ask, total } = await show();
    await panel.getByRole('button', { name: 'For mood' }).click();
    await choice(panel, 'Sage').click();
    await panel.getByRole('button', { name: 'Start over' }).click();
    await panel.locator('.toast').waitFor();
    await panel.evaluate((panel) => {
      globalThis.ended = 0;
      panel.dialog({ title: 'Open', content: document.createElement('p'), onclose: () => { globalThis.ended += 1; } });
    });
    const to = (product) => page.evaluate((product) => { document.querySelector('#v').product = product; }, product);
    await to('/demo/assets/case.json');
    await panel.getByRole('heading', { name: 'Finish' }).waitFor({ state: 'attached' });
    assert.equal(await page.evaluate(() => globalThis.ended), 1);
    assert.deepEqual([await panel.locator('dialog').count(), await panel.locator('.toast').count()], [0, 0]);
    await panel.getByText('Find yours · 1 of 2').waitFor();
    assert.equal(await panel.locator('[part=total-delta].told').count(), 0);
    await to('/demo/assets/lamp.json');
    await total('€256.50');
    await panel.getByText('Find yours · 1 of 2').waitFor();
    assert.equal(await panel.locator('[part=guide] [aria-pressed]').count(), 0);
    assert.equal(await panel.locator('[part=total-delta].told').count(), 0);
    assert.equal(await ask('configuration.values.finish'), 'graphite');
  });

  test('a switch goes to its other end and to rest, and shows where it is', async () => {
    const { page, panel, ask } = await show({ product: '/demo/assets/car.json' });
    const doors = panel.getByRole('button', { name: 'Doors' });
    const shows = (pressed, values) => page.waitForFunction(([pressed, values]) => {
      const made = [...document.querySelector('anprobe-panel').shadowRoot.querySelectorAll('.switches button')].find(({ textContent }) => textContent === 'Doors');
      return made.getAttribute('aria-pressed') === pressed && JSON.stringify(document.querySelector('#v').configuration.behaviours) === values;
    }, [pressed, values]);
    await doors.click();
    await shows('true', '{"doors":1}');
    await doors.click();
    await shows('false', '{}');
    // The page moves it, too.
    await ask('behave', 'doors', 1);
    await shows('true', '{"doors":1}');
  });

  test('nothing jumps when the choices come and when one is taken; a click is answered soon', async (t) => {
    const { page, panel } = await show();
    const jumps = await page.evaluate(() => new Promise((resolve) => {
      new PerformanceObserver((list) => { globalThis.shifts = (globalThis.shifts ?? 0) + list.getEntries().filter(({ hadRecentInput }) => !hadRecentInput).reduce((sum, { value }) => sum + value, 0); })
        .observe({ type: 'layout-shift', buffered: true });
      globalThis.delays = [];
      new PerformanceObserver((list) => globalThis.delays.push(...list.getEntries().filter(({ name }) => name === 'click').map(({ duration }) => duration))).observe({ type: 'event', durationThreshold: 16 });
      setTimeout(() => resolve(globalThis.shifts ?? 0), 200);
    }));
    for (const name of ['Terracotta', 'Silver', 'Neutral white', 'Battery', 'Cable', 'Graphite']) await choice(panel, name).first().click();
    await page.waitForTimeout(800);
    const [after, delays] = await page.evaluate(() => [globalThis.shifts ?? 0, globalThis.delays]);
    t.diagnostic(`clicks were answered after ${delays.join(', ')} ms`);
    assert.ok(jumps < 0.01 && after < 0.01, `${jumps}, then ${after}`);
  });

  for (const [name, size] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
    test(`axe finds nothing: ${name}`, async () => {
      const { page, panel, ask } = await show({ product: '/long.json', size, context: { reducedMotion: 'reduce' } });
      await ask('select', 'power', 'battery');
      const clean = (state) => inEveryDress(page, async (lang, scheme) => assert.deepEqual(await findings(page), [], `${state}, ${lang}, ${scheme}`));
      const tabs = size === PHONE ? panel.getByRole('tab') : undefined;
      await clean('as it comes');
      for (const at of tabs ? [2, 5, 9] : [0]) {
        await tabs?.nth(at).click();
        if (tabs && at === 9) break;
        await ask('select', 'base', 'charging');
        await clean(`a conflict, ${at}`);
      }
      await panel.getByRole('button', { name: /^Total/ }).click();
      await clean('the price');
    });
  }
});
