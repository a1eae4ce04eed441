// `cargo xtask bench --interaction`: from a customer's click or key to the next paint, by the browser's own Event Timing
// (which rounds to 8 ms), on the product pages. The picture is drawn in software, so that whatever is drawn is felt.
import { BACKENDS, launch, open, serve } from './harness.mjs';

const SIZES = { desktop: { width: 1280, height: 800 }, phone: { width: 360, height: 740 } };
/** Between two interactions: a hesitant customer meets the sharp picture's first moments, a quick one the moving one's. */
const PAUSES_MS = [300, 900, 1700];

/** What the page has measured since it was asked the last time, by the events of one interaction. */
function watch() {
  const entries = [];
  globalThis.__take = () => entries.splice(0);
  new PerformanceObserver((list) => {
    for (const { name, duration, interactionId, processingStart, processingEnd, startTime } of list.getEntries()) {
      if (interactionId) entries.push({ name, duration, interactionId, handled: processingEnd - processingStart, delay: processingStart - startTime });
    }
  }).observe({ type: 'event', durationThreshold: 16, buffered: true });
}

/** @param {import('playwright-core').Page} page @param {import('playwright-core').Locator} target */
async function middle(page, target) {
  await target.evaluate((element) => element.scrollIntoView({ block: 'center', behavior: 'instant' }));
  const centre = async () => {
    const { x, y, width, height } = await target.boundingBox();
    return [x + width / 2, y + height / 2];
  };
  // Customers scroll by the wheel or a finger, which the page hears; the way itself is long or short.
  await page.mouse.move(...await centre());
  await page.mouse.wheel(0, 1);
  // Who scrolls looks before they tap: what comes into view is painted by then.
  await page.waitForTimeout(400);
  return centre();
}

/** @param {import('playwright-core').Page} page @param {import('playwright-core').Locator} target */
async function press(page, target) {
  await page.mouse.click(...await middle(page, target));
}

/** What a customer does, again and again; each returns false where the page has nothing of the kind. */
const ACTS = {
  /** @param {import('playwright-core').Page} page */
  async turn(page, round) {
    await page.locator('anprobe-viewer').first().evaluate((viewer) => viewer.focus({ preventScroll: true }));
    await page.keyboard.press(round % 2 ? 'ArrowLeft' : 'ArrowUp');
  },
  async choose(page, round) {
    const labels = page.locator('anprobe-panel label.choice:visible');
    const count = await labels.count();
    if (!count) return false;
    await press(page, labels.nth((round * 3 + 1) % count));
  },
  async undo(page) {
    const button = page.locator('anprobe-panel').getByRole('button', { name: 'Undo' }).first();
    if (!await button.isVisible() || await button.isDisabled()) return false;
    await press(page, button);
  },
  async drag(page) {
    const [x, y] = await middle(page, page.locator('anprobe-viewer').first());
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (let step = 1; step < 6; step += 1) {
      await page.mouse.move(x + 8 * step, y);
      await page.waitForTimeout(16);
    }
    await page.mouse.up();
  },
};

/** @param {number[]} figures */
function spread(figures) {
  const sorted = [...figures].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { median: at(0.5), most: at(1), n: sorted.length };
}

/** @param {{ rounds?: number, products?: string[], only?: string }} options `only`: what has it in "backend product size" */
export async function interaction({ rounds = 12, products = ['lamp', 'car', 'shirt', 'case'], only = '' } = {}) {
  const site = await serve();
  for (const backend of BACKENDS) {
    const browser = await launch(backend);
    for (const product of products) {
      for (const [size, viewport] of Object.entries(SIZES)) {
        if (!`${backend} ${product} ${size}`.includes(only)) continue;
        const seen = await open(browser, `${site.origin}/demo/product.html?product=${product}&backend=${backend}`, {
          context: { viewport, locale: 'en', hasTouch: false }, before: (page) => page.addInitScript(watch),
        });
        const { page } = seen;
        await page.waitForFunction(() => document.querySelector('#product')?.loaded, undefined, { timeout: 120_000 });
        await page.locator('anprobe-panel label.choice').first().waitFor({ state: 'attached' });
        // Software compiles the shirt's shaders for 15 s, which is the load's and no interaction's.
        await page.locator('anprobe-viewer').first().evaluate((viewer) => viewer.toDataURL());
        await page.waitForTimeout(6000);
        await page.evaluate(() => globalThis.__take());
        const found = {};
        for (let round = 0; round < rounds; round += 1) {
          for (const [name, act] of Object.entries(ACTS)) {
            if (await act(page, round) === false) continue;
            await page.waitForTimeout(PAUSES_MS[round % PAUSES_MS.length]);
            // The slow ones are told when they are painted.
            const entries = await page.evaluate(() => new Promise((resolve) => setTimeout(() => resolve(globalThis.__take()))));
            const durations = [...new Set(entries.map((entry) => entry.interactionId))]
              .map((id) => Math.max(...entries.filter((entry) => entry.interactionId === id).map((entry) => entry.duration)));
            (found[name] ??= []).push(...(durations.length ? durations : [16]));
            for (const { name: event, duration, delay, handled } of entries.filter((entry) => entry.duration > 100)) {
              console.log(`  ${backend} ${product} ${size}, round ${round}, ${name}: ${event} ${duration} ms, of which ${Math.round(delay)} before its handlers and ${Math.round(handled)} in them`);
            }
          }
        }
        const said = Object.entries(found).map(([name, figures]) => {
          const { median, most, n } = spread(figures);
          return `${name} ${median} (most ${most}, ${n})`;
        });
        console.log(`${backend} ${product} ${size}: ms to the next paint, median: ${said.join(', ')}`);
        await seen.close();
      }
    }
    await browser.close();
  }
  await site.close();
}
