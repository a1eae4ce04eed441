/** @import { ProductGroup } from '../anprobe.js' */
/** @import { AnprobePanel } from './panel.js' */
import { button, icon, make, set, styled, write } from './make.js';

const STYLE = styled(/* css */ `
.filter { display: grid; gap: 8px; margin-block-end: 16px }
.search { position: relative }
.search svg { position: absolute; inset-block-start: 12px; inset-inline-start: 12px; width: 20px; height: 20px; color: var(--soft); pointer-events: none }
.search input[type=search] { padding-inline-start: 40px }
.wishes { display: flex; flex-wrap: wrap; gap: 8px }
.narrow .wishes { flex-wrap: nowrap; overflow-x: auto; margin: -4px -16px; padding: 4px 16px; scrollbar-width: none }
.narrow .wish { flex: none }
.wish { position: relative; display: inline-flex; align-items: center; gap: 6px; min-height: 44px; padding: 4px 14px; border: 1px solid var(--line); border-radius: 22px; font-size: var(--small); cursor: pointer }
.wish > input[type=checkbox] { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer }
.wish:has(> :checked) { border-color: var(--accent-line); box-shadow: inset 0 0 0 1px var(--accent-line); font-weight: 600 }
.wish svg { display: none; width: 16px; height: 16px; stroke-width: 2.5 }
.wish:has(> :checked) svg { display: block }
.wish:has(> :focus-visible) { outline: 2px solid var(--accent-line); outline-offset: 2px }
.wish.most { padding-inline-end: 4px }
.wish.most input { width: 7ch; min-height: 36px; padding: 4px 8px; border: 0; text-align: end; font-size: 16px; appearance: textfield; -moz-appearance: textfield }
.wish ::-webkit-inner-spin-button { appearance: none; -webkit-appearance: none; margin: 0 }
.wish .unit { padding-inline-end: 8px; color: var(--soft) }
.found { color: var(--soft); font-size: var(--small) }
.found button { min-height: 24px; padding: 0 4px; border: 0; text-decoration: underline; text-underline-offset: 3px }
`);

/** Search and filter over a long list. What matches is decided by the viewer. */
export class Filter {
  /** @param {AnprobePanel} panel @param {ProductGroup} group @param {(shown: Set<string> | undefined) => void} show */
  constructor(panel, group, show) {
    this.panel = panel;
    this.group = group;
    this.show = show;
    panel.adopt(STYLE);
    this.text = make('input', { type: 'search', autocomplete: 'off', enterkeyhint: 'search', part: 'search' });
    this.available = this.#wish();
    this.fits = this.#wish();
    this.most = this.#figure();
    /** One fact in which the choices differ, such as weight. */
    this.fact = this.#fact(group);
    this.least = this.#figure();
    this.least.label.hidden = !this.fact;
    this.count = make('span', { role: 'status' });
    this.clear = button({ text: ' ', kind: 'quiet', act: () => this.#clear() });
    this.element = make('div', { class: 'filter', role: 'search', part: 'filter' },
      make('div', { class: 'search' }, icon('search'), this.text),
      make('div', { class: 'wishes' }, this.available.label, this.fits.label, this.most.label, this.least.label),
      make('p', { class: 'found' }, this.count, ' ', this.clear));
    this.element.addEventListener('input', () => this.#find());
  }

  /** @param {ProductGroup} group */
  update(group) {
    this.group = group;
    const { panel } = this;
    const { viewer } = panel;
    const quote = viewer.quote;
    const fact = quote?.facts.find(({ id }) => id === this.fact);
    set(this.text, { placeholder: panel.say('panel-search', group.name), 'aria-label': panel.say('panel-search', group.name) });
    set(this.element, { 'aria-label': panel.say('panel-search', group.name) });
    write(this.available.words, panel.say('panel-available'));
    write(this.fits.words, panel.say('panel-fits'));
    write(this.most.words, panel.say('panel-up-to'));
    write(this.most.unit, quote?.currency ?? '');
    set(this.most.input, { 'aria-label': panel.say('panel-up-to-price', quote?.currency ?? '') });
    this.least.label.hidden = !fact;
    if (fact) {
      write(this.least.words, panel.say('panel-fact-up-to', fact.name));
      write(this.least.unit, fact.unit ?? '');
      set(this.least.input, { 'aria-label': `${this.least.words.textContent} ${fact.unit ?? ''}` });
    }
    write(this.clear, panel.say('panel-all'));
    this.#find();
  }

  #find() {
    const { viewer } = this.panel;
    const [most, least] = [this.most, this.least].map(({ input }) => (input.value === '' ? undefined : Number(input.value)));
    const wish = {
      group: this.group.id, available: this.available.input.checked, fits: this.fits.input.checked,
      ...(most !== undefined && { maxAmount: Math.round(most * 10 ** (viewer.quote?.digits ?? 2)) }),
      facts: this.fact && least !== undefined ? { [this.fact]: { max: least } } : {},
    };
    const all = !this.text.value.trim() && !wish.available && !wish.fits && most === undefined && least === undefined;
    this.clear.hidden = all;
    if (all) {
      write(this.count, '');
      return this.show(undefined);
    }
    const shown = new Set(viewer.filter(this.text.value, wish).map((id) => id.slice(id.indexOf('/') + 1)));
    const key = shown.size === 0 ? 'panel-found-none' : shown.size === 1 ? 'panel-found-one' : 'panel-found';
    write(this.count, this.panel.say(key, shown.size, this.group.choices.length));
    this.show(shown);
  }

  #clear() {
    this.text.value = this.most.input.value = this.least.input.value = '';
    this.available.input.checked = this.fits.input.checked = false;
    this.#find();
    this.text.focus();
  }

  #wish() {
    const [input, words] = [make('input', { type: 'checkbox' }), make('span')];
    return { input, words, label: make('label', { class: 'wish' }, input, icon('check'), words) };
  }

  #figure() {
    const input = make('input', { type: 'number', min: 0, step: 'any', inputmode: 'decimal' });
    const [words, unit] = [make('span'), make('span', { class: 'unit', 'aria-hidden': 'true' })];
    return { input, words, unit, label: make('label', { class: 'wish most' }, words, input, unit) };
  }

  /** @param {ProductGroup} group */
  #fact({ choices }) {
    /** @type {Map<string, Set<number>>} */
    const values = new Map();
    for (const { facts } of choices) {
      for (const [id, value] of Object.entries(facts ?? {})) {
        if (typeof value === 'number') values.set(id, (values.get(id) ?? new Set()).add(value));
      }
    }
    return [...values].sort(([, a], [, b]) => b.size - a.size).find(([, { size }]) => size > 1)?.[0];
  }
}
