/** @import { AnprobeViewer, ProductSheet } from '../anprobe.js' */
import { figure } from './figures.js';
import { button, icon, make, set } from './make.js';
import { run, soft, still } from './motion.js';
import { localeOf, say } from './words.js';

/** @typedef {ProductSheet['behaviours'][number]} Behaviour */

const WAY_MS = 1200;
const PAUSE_MS = 400;

/** How a product reacts and is used: sliders with a play button, and switches of what has but two ends. */
export class Uses {
  /** @param {AnprobeViewer} viewer */
  constructor(viewer) {
    this.viewer = viewer;
    const { behaviours } = /** @type {ProductSheet} */ (viewer.sheet);
    this.product = viewer.product;
    /** What was shown before. */
    this.known = viewer.configuration?.behaviours ?? {};
    this.rows = behaviours.map((behaviour) => new Row(this, behaviour));
    this.element = make('div', { class: 'uses', part: 'uses' }, ...this.rows.map(({ element }) => element));
  }

  /** What runs is over: an act of the customer's comes first. @param {Row} [except] */
  rest(except) {
    for (const row of this.rows) if (row !== except) row.halt(true);
  }

  remove() {
    for (const row of this.rows) {
      row.halt(false);
      // Another product may have one of the same name.
      if (this.viewer.product === this.product) row.put(this.known[row.behaviour.id] ?? row.behaviour.rest);
    }
  }
}

class Row {
  /** @param {Uses} all @param {Behaviour} behaviour */
  constructor(all, behaviour) {
    const { viewer } = this.all = all;
    this.behaviour = behaviour;
    const { name, min, max, rest } = behaviour;
    this.value = all.known[behaviour.id] ?? rest;
    this.far = max - rest >= rest - min ? max : min;
    /** @type {(() => void) | undefined} */
    this.running = undefined;
    this.play = button({ icon: 'play', label: say(viewer, 'upgrade-play', name), act: () => this.toggle() });
    if (behaviour.button) {
      this.play = button({ text: name, act: () => this.toggle() });
      this.play.prepend(icon('play'));
      this.element = make('div', { class: 'use two' }, this.play);
    } else {
      this.slider = make('input', { type: 'range', min, max, step: 'any', 'aria-label': name, part: 'slider' });
      this.slider.addEventListener('input', () => {
        all.rest(this);
        this.halt(false);
        this.put(Number(this.slider?.value));
      });
      this.slider.addEventListener('keydown', (event) => this.key(event));
      this.output = make('output', { class: 'value' });
      this.element = make('div', { class: 'use' }, make('span', { class: 'name', 'aria-hidden': 'true' }, name), this.slider, this.output, this.play);
    }
    this.told();
  }

  /** Steps that one sees: a step of `any` would be one hundredth of nothing. @param {KeyboardEvent} event */
  key(event) {
    const { min, max } = this.behaviour;
    const rtl = this.slider?.matches(':dir(rtl)') ? -1 : 1;
    const parts = { ArrowRight: rtl, ArrowUp: 1, ArrowLeft: -rtl, ArrowDown: -1, PageUp: 5, PageDown: -5 }[event.key];
    if (!parts) return;
    event.preventDefault();
    this.all.rest(this);
    this.halt(false);
    const step = max - min >= 20 ? Math.ceil((max - min) / 40) : (max - min) / 20;
    this.put(Math.min(max, Math.max(min, Math.round((this.value + parts * step) / step) * step)));
  }

  /** @param {number} value */
  put(value) {
    this.value = value;
    this.all.viewer.behave(this.behaviour.id, value);
    this.told();
  }

  told() {
    const { viewer } = this.all;
    const { name, min, max, unit, rest } = this.behaviour;
    if (this.slider && this.output) {
      const digits = max - min >= 20 ? 0 : 1;
      const text = figure(viewer, Number(this.value.toFixed(digits)), unit);
      this.slider.value = String(this.value);
      this.slider.style.setProperty('--part', String((this.value - min) / (max - min || 1)));
      set(this.slider, { 'aria-valuetext': text });
      this.output.textContent = text;
      const label = say(viewer, this.running ? 'upgrade-stop' : 'upgrade-play', name);
      set(this.play, { 'aria-label': label, title: label });
    } else {
      set(this.play, { 'aria-pressed': String(this.running ? this.goal !== rest : this.value !== rest), lang: localeOf(viewer) });
    }
    this.play.classList.toggle('running', Boolean(this.running));
  }

  /** A switch goes to its other end; else there and back once, or to rest at once. */
  toggle() {
    const { rest, button: two } = this.behaviour;
    this.all.rest(this);
    if (two) {
      const goal = (this.running ? this.goal : this.value) === rest ? this.far : rest;
      this.halt(false);
      this.move(goal, () => {});
    } else if (this.running) {
      this.halt(true);
    } else {
      this.put(rest);
      this.move(this.far, () => {
        const pause = setTimeout(() => this.move(rest, () => {}), still() ? WAY_MS : PAUSE_MS);
        this.running = () => clearTimeout(pause);
        this.told();
      });
    }
  }

  /** @param {number} goal @param {() => void} then */
  move(goal, then) {
    const from = this.value;
    this.goal = goal;
    let over = false;
    const stop = run(WAY_MS, (part) => {
      over = part === 1;
      if (over) this.running = undefined;
      this.put(over ? goal : from + (goal - from) * part);
      if (over) then();
    }, soft);
    if (!over) this.running = stop;
    this.told();
  }

  /** @param {boolean} back whether what ran goes to where it would have ended */
  halt(back) {
    if (!this.running) return;
    this.running();
    this.running = undefined;
    if (back) this.put(this.behaviour.button ? this.goal ?? this.value : this.behaviour.rest);
    else this.told();
  }
}
