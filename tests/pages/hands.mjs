// How customers act: with a mouse, with a thumb that only taps, or with keys alone.

/** Where the focus is, through shadow roots, seen from what is to be reached. */
function near(target) {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  if (at === target) return 'there';
  const same = (what) => at?.[what] && at[what] === target[what];
  if (at?.type === 'radio' && target.type === 'radio' && same('name')) return 'among';
  if (at?.getAttribute?.('role') === 'tab' && target.getAttribute('role') === 'tab') return 'among';
  return '';
}

/** Goes to a control as the keyboard does: Tab from one to the next, arrows within a group. */
async function reach(page, target) {
  const element = await target.elementHandle();
  for (let pressed = 0; pressed < 400; pressed++) {
    const at = await page.evaluate(near, element);
    if (at === 'there') return;
    await page.keyboard.press(at === 'among' ? 'ArrowRight' : 'Tab');
  }
  throw new Error(`no key leads to ${target}`);
}

/** @param {'mouse' | 'taps' | 'keys'} kind */
export function hand(kind, page) {
  const keys = kind === 'keys';
  return {
    kind,
    /** A button, link or tab. */
    async press(target) {
      await target.waitFor({ state: 'visible' });
      if (kind === 'mouse') return target.click();
      if (kind === 'taps') return target.tap();
      await reach(page, target);
      // What arrows reach in a list of tabs is open already.
      if (await target.getAttribute('aria-selected') !== 'true') await page.keyboard.press('Enter');
    },
    /** One of several: a radio button or a box to tick, by its input. */
    async choose(input) {
      await input.waitFor({ state: 'attached' });
      const label = input.locator('xpath=ancestor::label');
      if (kind === 'mouse') return label.click();
      if (kind === 'taps') return label.tap();
      await reach(page, input);
      if (!await input.isChecked()) await page.keyboard.press('Space');
    },
    /** Words into a field. */
    async write(field, words) {
      await field.waitFor({ state: 'visible' });
      if (keys) await reach(page, field);
      else if (kind === 'taps') await field.tap();
      else await field.click();
      await page.keyboard.type(words);
    },
  };
}
