// A product with its panel, and what tests of what is kept, shared and bought do with it.
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const LAMP = '/demo/assets/lamp.json';
export const PAGE = 'html{color-scheme:light dark}body{margin:0;font-family:system-ui,sans-serif;background:Canvas;color:CanvasText}'
  + 'anprobe-viewer{display:block;width:320px;height:200px}anprobe-viewer[panel]{width:900px;height:700px}anprobe-panel{display:block;width:400px}';

/** A viewer of a product and its panel. */
export function shop(attributes = '', product = LAMP, id = 'v') {
  return `<anprobe-viewer id="${id}" product="${product}" alt="Lamp" interaction-prompt="none" ${attributes}></anprobe-viewer><anprobe-panel for="${id}"></anprobe-panel>`;
}

/** Opens such a page and waits until the panel stands; `address` is what follows the page's own. */
export async function stand(it, body = shop(), { lang = 'en', head = '', address = '', ...more } = {}) {
  const page = await it.show(body, {
    page: { lang, head: `<link rel="stylesheet" href="/panel.css">${head}` },
    context: { viewport: { width: 1000, height: 800 }, acceptDownloads: true, ...more.context },
    before: async (page) => {
      // What is said for some seconds is there when a slow machine comes to read it.
      await page.addInitScript(() => {
        const own = globalThis.setTimeout;
        globalThis.setTimeout = (act, ms, ...rest) => own(act, ms === 8000 ? 120_000 : ms, ...rest);
      });
      if (address) await page.addInitScript((address) => { if (!location.hash) history.replaceState(null, '', address); }, address);
      await more.before?.(page);
    },
  });
  // In software, print and glass take their time, and meanwhile nothing else is drawn.
  page.page.setDefaultTimeout(120_000);
  await page.event('load', 1, 120_000);
  // The panel may come after the picture, and with it what the address says.
  await page.page.waitForFunction(() => document.querySelector('anprobe-panel').shadowRoot?.querySelector('.panel:not([aria-busy])'));
  const ask = (act, ...args) => page.page.evaluate(([act, args]) => {
    const value = document.querySelector('#v')[act];
    return typeof value === 'function' ? value.apply(document.querySelector('#v'), args) : value;
  }, [act, args]);
  /** Puts a black picture of so many pixels on the product. */
  const photograph = (width, height) => page.page.evaluate(async ([width, height]) => {
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext('2d').fillRect(0, 0, width, height);
    await document.querySelector('#v').select('photo', await canvas.convertToBlob());
  }, [width, height]);
  return { ...page, ask, photograph, ...hands(page.page) };
}

/** What a customer does. */
function hands(page) {
  const panel = page.locator('anprobe-panel').first();
  /** Unfolds a section and gives it back. */
  const section = async (name, within = panel) => {
    const found = within.locator(`[part~="${name}"]`).first();
    await found.waitFor({ state: 'attached' });
    // Where there is no more room than on a phone it is a tab.
    const tab = within.locator(`[role=tab][id="t-anprobe-${name}"]`);
    const fold = found.locator('button.opens');
    if (await tab.isVisible()) await tab.click();
    else if (await fold.getAttribute('aria-expanded') === 'false') await fold.click();
    await found.locator('.body > *').first().waitFor({ state: 'attached' });
    return found;
  };
  const press = (name, within = panel) => within.getByRole('button', { name, exact: true }).click();
  const toast = async () => {
    const found = panel.locator('.toast');
    await found.waitFor();
    return found.locator('span').first().textContent();
  };
  /** Waits for a toast with these words. */
  const told = (text) => panel.locator('.toast', { hasText: text }).waitFor();
  /** What a press hands to the downloads. */
  const saved = async (act) => {
    const [download] = await Promise.all([page.waitForEvent('download'), act()]);
    const path = join(await mkdtemp(join(tmpdir(), 'anprobe-')), 'file');
    await download.saveAs(path);
    return { name: download.suggestedFilename(), bytes: await readFile(path), path };
  };
  return { panel, section, press, toast, told, saved };
}
