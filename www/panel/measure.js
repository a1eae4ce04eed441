/** @import { ProductGroup } from '../anprobe.js' */
/** @import { Groups } from './groups.js' */
import { gestures } from './gesture.js';
import { button, make, set, styled, write } from './make.js';
import { signed } from './words.js';

export const SLIDER = styled(/* css */ `
.slider { display: grid; grid-template-columns: 1fr auto; align-items: center; gap: 4px 12px }
.slider input[type=range] {
  appearance: none; -webkit-appearance: none; grid-column: 1 / -1; width: 100%; height: 44px; margin: 0; background: none; cursor: pointer;
  --track: linear-gradient(var(--to, to right), var(--accent-line) var(--at, 0%), color-mix(in oklab, var(--ink) 20%, var(--ground)) var(--at, 0%))
}
.slider input:dir(rtl) { --to: to left }
.slider ::-webkit-slider-runnable-track { height: 4px; border-radius: 2px; background: var(--blocked, linear-gradient(transparent, transparent)), var(--track) }
.slider ::-moz-range-track { height: 4px; border-radius: 2px; background: var(--blocked, linear-gradient(transparent, transparent)), var(--track) }
.slider ::-webkit-slider-thumb {
  appearance: none; -webkit-appearance: none; width: 28px; height: 28px; margin-block-start: -12px; border: 0; border-radius: 50%;
  background: var(--ground); box-shadow: 0 0 0 2px var(--accent-line), 0 2px 6px rgb(0 0 0 / .16)
}
.slider ::-moz-range-thumb { width: 28px; height: 28px; border: 0; border-radius: 50%; background: var(--ground); box-shadow: 0 0 0 2px var(--accent-line) }
.slider .ends { display: flex; justify-content: space-between; grid-column: 1 / -1; margin-block-start: -8px; font-size: var(--small); color: var(--soft) }
.stepper { display: flex; align-items: center; border: 1px solid color-mix(in oklab, var(--ink) 48%, var(--ground)); border-radius: var(--radius) }
.stepper button { border: 0 }
.stepper input:is([type=text], [type=number]) { width: 4ch; min-width: 44px; padding: 0; border: 0; text-align: end; appearance: textfield; -moz-appearance: textfield; border-radius: 4px }
.stepper ::-webkit-inner-spin-button { appearance: none; -webkit-appearance: none; margin: 0 }
.stepper .unit { padding-inline: 4px 8px; color: var(--soft) }
.slider .amounts { display: flex; flex-direction: column; color: var(--soft); font-size: var(--small) }
@media (forced-colors: active) { .slider ::-webkit-slider-thumb { background: ButtonText; forced-color-adjust: none } .slider ::-webkit-slider-runnable-track { background: GrayText; forced-color-adjust: none } }
`);

/** A number with its unit: a slider, a field, and two buttons that need no drag. */
export class Measure {
  /** @param {Groups} groups @param {ProductGroup} group */
  constructor(groups, group) {
    this.groups = groups;
    groups.panel.adopt(SLIDER);
    this.id = group.id;
    const { min = 0, max = 100, step = 1 } = group;
    const ends = { min, max, step };
    this.range = make('input', { type: 'range', ...ends, part: 'slider' });
    this.field = make('input', { type: 'number', inputmode: Number.isInteger(step) ? 'numeric' : 'decimal', ...ends });
    this.unit = make('span', { class: 'unit', 'aria-hidden': 'true' });
    this.less = button({ icon: 'minus', label: ' ', act: () => this.#step(-1) });
    this.more = button({ icon: 'plus', label: ' ', act: () => this.#step(1) });
    this.ends = ['', ''].map(() => make('span'));
    this.amounts = make('span', { class: 'amounts' });
    this.element = make('div', { class: 'slider' }, this.range, make('div', { class: 'ends', 'aria-hidden': 'true' }, ...this.ends), this.amounts,
      make('div', { class: 'stepper' }, this.less, this.field, this.unit, this.more));
    let frame = 0;
    const gesture = gestures(this.range);
    this.range.addEventListener('input', () => {
      this.#paint(group, Number(this.range.value));
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => groups.take(this.id, Number(this.range.value), gesture()));
    });
    this.field.addEventListener('change', () => groups.take(this.id, this.#near(group, Number(this.field.value))));
    this.step = step;
  }

  /** @param {ProductGroup} group */
  update(group) {
    const { say } = this.groups;
    const value = Number(group.value);
    const { min = 0, max = 100, unit = '' } = group;
    const { activeElement } = this.groups.panel.root;
    if (Number(this.range.value) !== value) this.range.value = String(value);
    if (activeElement !== this.field || Number(this.field.value) !== value) this.field.value = String(value);
    const written = this.spoken(group);
    set(this.range, { 'aria-label': group.name, 'aria-valuetext': written });
    set(this.field, { 'aria-label': unit ? `${group.name}, ${unit}` : group.name });
    set(this.less, { 'aria-label': say('panel-less', group.name), title: say('panel-less', group.name), 'aria-disabled': value <= min ? 'true' : null });
    set(this.more, { 'aria-label': say('panel-more', group.name), title: say('panel-more', group.name), 'aria-disabled': value >= max ? 'true' : null });
    write(this.unit, unit);
    const number = new Intl.NumberFormat(this.groups.locale);
    this.ends.forEach((end, at) => write(end, `${number.format(at ? max : min)}${unit ? `\u00a0${unit}` : ''}`));
    write(this.amounts, group.price ? say('panel-each-step', signed(this.groups.panel.viewer.money(group.price, { sign: true })), number.format(this.step), unit) : '');
    this.#paint(group, value);
  }

  /** @param {ProductGroup} group */
  spoken({ value, unit }) {
    const written = new Intl.NumberFormat(this.groups.locale).format(Number(value));
    return unit ? `${written}\u00a0${unit}` : written;
  }

  /** @param {number} steps */
  #step(steps) {
    const { min, max } = this.range;
    const next = Number(this.range.value) + steps * this.step;
    if (next >= Number(min) && next <= Number(max)) this.groups.take(this.id, Number(next.toFixed(9)));
  }

  /** The nearest value that there is. @param {ProductGroup} group @param {number} value */
  #near({ min = 0, max = 100 }, value) {
    const steps = Math.round((Math.min(max, Math.max(min, value)) - min) / this.step);
    return Number((min + steps * this.step).toFixed(9));
  }

  /** The part that is covered, and fainter where other choices stand against it. @param {ProductGroup} group @param {number} value */
  #paint({ min = 0, max = 100, ranges = [] }, value) {
    /** @param {number} at */
    const part = (at) => `${max > min ? ((at - min) / (max - min)) * 100 : 0}%`;
    this.range.style.setProperty('--at', part(value));
    const faint = 'color-mix(in oklab, var(--ground) 78%, transparent)';
    const stops = ranges.filter(({ state }) => state === 'repairable' || state === 'dead').map((range) => {
      const [from, to] = [part(range.min - (range.min > min ? this.step / 2 : 0)), part(range.max + (range.max < max ? this.step / 2 : 0))];
      return `transparent ${from}, ${faint} ${from}, ${faint} ${to}, transparent ${to}`;
    });
    if (stops.length) this.range.style.setProperty('--blocked', `linear-gradient(var(--to, to right), ${stops.join(', ')})`);
    else this.range.style.removeProperty('--blocked');
  }
}
