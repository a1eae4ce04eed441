/** @import { ProductConfiguration, ProductSheet } from '../anprobe.js' */
/** @import { AnprobePanel } from './panel.js' */
import { Frame } from './frame.js';
import { icon, make, set, styled, write } from './make.js';
import { SLIDER } from './measure.js';
import { run } from './motion.js';
import { localeOf } from './words.js';

/** One move of a button takes so long, in milliseconds. */
const MOVES = 600;

const STYLE = styled(/* css */ `
.behaviours .body { display: grid; gap: 12px }
.behaviours .switches { display: flex; flex-wrap: wrap; gap: 8px }
.behaviours .switches:empty { display: none }
.behaviours .switches [aria-pressed=true] { border-color: var(--accent-line); box-shadow: inset 0 0 0 1px var(--accent-line); font-weight: 600 }
.behaviours .switches svg { width: 20px; height: 20px }
.behaviours .slider { gap: 0 12px }
.behaviours .slider output { color: var(--soft) }
`);

/** How the product reacts and is used: sliders and buttons that change nothing of the order. */
export class Behaviours {
  /** @param {AnprobePanel} panel */
  constructor(panel) {
    this.panel = panel;
    panel.adopt(SLIDER);
    panel.adopt(STYLE);
    this.frame = new Frame(panel, 'anprobe-behaviours', { part: 'behaviours' });
    this.frame.element.classList.add('behaviours');
    this.switches = make('div', { class: 'switches' });
    /** @type {Map<string, { label: Node, update: (name: string, value: number) => void }>} */
    this.all = new Map();
    this.known = '';
  }

  /** @param {ProductSheet} sheet */
  build({ behaviours }) {
    this.all.clear();
    this.switches.replaceChildren();
    this.frame.body.replaceChildren(this.switches);
    for (const behaviour of behaviours) this.all.set(behaviour.id, behaviour.button ? this.#switch(behaviour) : this.#slider(behaviour));
  }

  /** @param {ProductSheet} sheet @param {ProductConfiguration} configuration */
  update(sheet, { behaviours: playing }) {
    const known = JSON.stringify(sheet.behaviours.map(({ id, min, max }) => [id, min, max]));
    if (known !== this.known) this.build(sheet);
    this.known = known;
    this.frame.hide(!sheet.behaviours.length);
    this.frame.label(this.panel.say('panel-behaviours'), '');
    for (const { id, name, rest } of sheet.behaviours) this.all.get(id)?.update(name, playing[id] ?? rest);
  }

  /** There and back again. @param {ProductSheet['behaviours'][number]} behaviour */
  #switch({ id, min, max, rest }) {
    const label = make('span');
    const made = make('button', { type: 'button', part: 'behaviour' }, icon('play'), label);
    const far = max - rest >= rest - min ? max : min;
    let on = false;
    /** Ends what moves. @type {(() => void) | undefined} */
    let moving;
    made.addEventListener('click', () => {
      const { viewer } = this.panel;
      const from = viewer.configuration?.behaviours[id] ?? rest;
      on = !on;
      set(made, { 'aria-pressed': String(on) });
      const to = on ? far : rest;
      moving?.();
      let over = false;
      const stop = run(MOVES, (part) => {
        // Of a product that is gone.
        if (!made.isConnected) return stop();
        over = part === 1;
        if (over) moving = undefined;
        viewer.behave(id, over ? to : from + (to - from) * part);
      });
      if (!over) moving = stop;
    });
    this.switches.append(made);
    /** @param {string} name @param {number} value */
    const update = (name, value) => {
      write(label, name);
      if (moving) return;
      on = Math.abs(value - rest) > Math.abs(far - rest) / 2;
      set(made, { 'aria-pressed': String(on) });
    };
    set(made, { 'aria-pressed': 'false' });
    return { label, update };
  }

  /** @param {ProductSheet['behaviours'][number]} behaviour */
  #slider({ id, min, max, unit }) {
    const label = make('span', { id: `l-${id}` });
    const output = make('output', { 'aria-hidden': 'true' });
    const step = (max - min) / 100;
    const input = make('input', { type: 'range', min, max, step: Number.isInteger(max - min) && max - min >= 20 ? 1 : step, 'aria-labelledby': `l-${id}`, part: 'slider' });
    const paint = () => {
      const written = `${new Intl.NumberFormat(localeOf(this.panel.viewer), { maximumFractionDigits: 1 }).format(Number(input.value))}${unit ? `\u00a0${unit}` : ''}`;
      write(output, written);
      set(input, { 'aria-valuetext': written });
      input.style.setProperty('--at', `${((Number(input.value) - min) / (max - min)) * 100}%`);
    };
    input.addEventListener('input', () => {
      paint();
      this.panel.viewer.behave(id, Number(input.value));
    });
    this.frame.body.append(make('div', { class: 'slider' }, label, output, input));
    /** @param {string} name @param {number} value */
    const update = (name, value) => {
      write(label, name);
      if (this.panel.root.activeElement !== input) input.value = String(value);
      paint();
    };
    return { label, update };
  }
}
