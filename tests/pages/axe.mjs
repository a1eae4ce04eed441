// Everyone can use it: what axe finds, in every language and theme.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * What axe finds, a line for each rule; injected as a debugger would, past the page's policy. `practice`: also what is no
 * rule of WCAG, which is of a whole page and not of a part.
 */
export async function findings(page, { practice = true } = {}) {
  // What fades in or out has no colour of its own: it is told to be done until nothing new begins, and nothing fades later.
  await page.waitForTimeout(400);
  const moving = await page.evaluate(async () => {
    // A document names only what moves in its own tree.
    const trees = (tree) => [tree, ...[...tree.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? trees(shadowRoot) : []))];
    const sheet = globalThis.axeSheet ??= new CSSStyleSheet();
    sheet.replaceSync('*, ::before, ::after { transition: none !important }');
    for (const tree of trees(document)) {
      if (!tree.adoptedStyleSheets.includes(sheet)) tree.adoptedStyleSheets = [...tree.adoptedStyleSheets, sheet];
    }
    for (let calm = 0, round = 0; calm < 3; round++) {
      const ends = trees(document).flatMap((tree) => tree.getAnimations())
        .filter(({ effect, playState }) => playState !== 'finished' && effect?.getComputedTiming().endTime !== Infinity);
      if (ends.length && round > 100) return ends.length;
      ends.forEach((animation) => animation.finish());
      calm = ends.length ? 0 : calm + 1;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return 0;
  });
  if (moving) throw new Error(`${moving} animations begin without end`);
  // It covers what is below for some seconds.
  await page.locator('.toast').evaluateAll((toasts) => toasts.forEach((toast) => toast.remove()));
  await page.evaluate(`globalThis.axe ?? (() => { ${source} })()`);
  return page.evaluate(async (runOnly) => {
    const { violations } = await globalThis.axe.run(document, { runOnly, resultTypes: ['violations'] });
    globalThis.axeSheet.replaceSync('');
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('; ')}`);
  }, practice ? [...RULES, 'best-practice'] : RULES);
}

/** Both languages in both themes, one after the other, in a page that stands; `act` is told which. Ends as it began. */
export async function inEveryDress(page, act) {
  const first = await page.evaluate(() => document.documentElement.lang);
  const wear = async (lang, colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await page.evaluate((lang) => { document.documentElement.lang = lang; }, lang);
    // What fades has faded, and late words have come.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 350)))));
  };
  for (const lang of [first, ...['en', 'de'].filter((lang) => lang !== first)]) {
    for (const scheme of ['light', 'dark']) {
      await wear(lang, scheme);
      await act(lang, scheme);
    }
  }
  await wear(first, 'light');
}
