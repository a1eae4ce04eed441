/** @import { AnprobePanel } from './panel.js' */
/** @import { ProductHand, ProductLayer, ProductPlaced, ProductSurface } from '../anprobe.js' */
import { gesture, isPlaced } from './artwork-stage.js';
import { button, icon, make, set } from './make.js';

/** Letters within this time are one step of the history, in milliseconds. */
const PAUSE = 250;

/** @typedef {(ProductLayer & ProductPlaced) | undefined} Shown */

/** The chosen layer in words and figures. */
export class Fields {
  /**
   * @param {AnprobePanel} panel
   * @param {{ change: (more: Partial<ProductLayer>, gesture?: number) => void, arrange: (hand: Partial<ProductHand>) => void, fit: () => void, type: (text: string, gesture: number) => void }} acts
   * @param {{ max?: number, coloured: boolean, fonts: string[] }} has
   */
  constructor(panel, acts, { max, coloured, fonts }) {
    this.panel = panel;
    /** @type {Shown} */
    this.layer = undefined;
    const say = (/** @type {string} */ key) => panel.say(key);
    this.text = make('input', { type: 'text', maxlength: max, autocomplete: 'off', enterkeyhint: 'done' });
    this.font = make('select', {}, make('option', { value: '' }, say('art-font-usual')), ...fonts.map((name) => make('option', { value: name }, name)));
    this.ink = make('input', { type: 'color' });
    this.words = make('label', { class: 'whole' }, make('span', {}, say('art-words')), this.text);
    this.fonts = make('label', { class: coloured ? '' : 'whole' }, make('span', {}, say('art-font')), this.font);
    this.inks = make('label', {}, make('span', {}, say('art-ink')), this.ink);
    this.inks.hidden = !coloured;
    this.coloured = coloured;
    const figure = (/** @type {string} */ key, /** @type {string} */ unit, /** @type {(value: number) => void} */ act) => {
      const input = make('input', { type: 'number', step: unit === 'mm' ? 0.5 : 1, inputmode: 'decimal' });
      input.addEventListener('change', () => {
        if (Number.isFinite(input.valueAsNumber)) act(input.valueAsNumber);
      });
      return { input, label: make('label', {}, make('span', {}, say(key)), make('span', { class: 'unit' }, input, make('span', { 'aria-hidden': 'true' }, unit))) };
    };
    const centre = () => this.layer?.centerMm ?? [0, 0];
    const sides = () => this.layer?.sizeMm ?? [1, 1];
    this.right = figure('art-right', 'mm', (value) => acts.arrange({ centerMm: [value, centre()[1]] }));
    this.below = figure('art-below', 'mm', (value) => acts.arrange({ centerMm: [centre()[0], value] }));
    this.width = figure('art-width', 'mm', (value) => acts.arrange({ widthMm: value }));
    this.height = figure('art-height', 'mm', (value) => acts.arrange({ widthMm: (value * sides()[0]) / sides()[1] }));
    this.turn = figure('art-turn', '°', (value) => acts.arrange({ turnDeg: value }));
    this.turn.label.className = 'whole';
    this.figures = [this.right, this.below, this.width, this.height, this.turn].map(({ label }) => label);
    const quick = (/** @type {string} */ key, /** @type {() => void} */ act) => button({ text: say(key), act });
    this.quick = make('div', { class: 'art-quick' },
      quick('art-smaller', () => acts.arrange({ widthMm: sides()[0] / 1.1 })), quick('art-larger', () => acts.arrange({ widthMm: sides()[0] * 1.1 })),
      quick('art-quarter', () => acts.arrange({ turnDeg: (this.layer?.turnDeg ?? 0) + 90 })),
      quick('art-centre', () => acts.arrange({ centerMm: [0, 0] })), quick('art-fit', acts.fit));
    this.element = make('div', {}, make('div', { class: 'art-fields' }, this.words, this.fonts, this.inks, ...this.figures), this.quick);
    /** Letters typed without a pause are one step. */
    let hand = 0;
    let timer = 0;
    this.text.addEventListener('input', () => {
      hand ||= gesture();
      acts.type(this.text.value, hand);
      clearTimeout(timer);
      timer = setTimeout(() => { hand = 0; }, 4 * PAUSE);
    });
    this.font.addEventListener('change', () => acts.change({ font: this.font.value || undefined }));
    this.ink.addEventListener('input', () => {
      hand ||= gesture();
      acts.change({ ink: this.ink.value }, hand);
    });
    this.ink.addEventListener('change', () => { hand = 0; });
  }

  /** @param {Shown} layer @param {ProductSurface} surface @param {boolean} words whether there are words, or could be */
  update(layer, surface, words) {
    this.layer = layer;
    const placed = isPlaced(layer) ? layer : undefined;
    this.element.hidden = !layer && !words;
    for (const label of [this.words, this.fonts]) label.hidden = !words;
    this.inks.hidden = !words || !this.coloured;
    for (const label of [...this.figures, this.quick]) label.hidden = !placed;
    const active = this.panel.root.activeElement;
    if (words && (active !== this.text || !layer)) this.text.value = layer?.text ?? '';
    if (layer?.font && ![...this.font.options].some(({ value }) => value === layer.font)) this.font.append(make('option', { value: layer.font }, layer.font));
    this.font.value = layer?.font ?? '';
    this.fonts.hidden ||= !layer;
    this.inks.hidden ||= !layer;
    if (active !== this.ink) this.ink.value = layer?.ink ?? surface.ink;
    if (!placed) return;
    const { centerMm: [x, y], sizeMm: [width, height], turnDeg } = placed;
    for (const [{ input }, value] of /** @type {const} */ ([[this.right, x], [this.below, y], [this.width, width], [this.height, height], [this.turn, turnDeg]])) {
      const text = String(Math.round(value * 10) / 10 || 0);
      if (Number(input.value) !== Number(text) || input.value === '') input.value = text;
    }
  }
}

/** The layers by name, the topmost first. */
export class Layers {
  /** @param {AnprobePanel} panel @param {{ select: (at: number) => void, swap: (at: number, by: number) => void, remove: (at: number) => void }} acts */
  constructor(panel, acts) {
    this.panel = panel;
    this.acts = acts;
    this.element = make('ul', { class: 'art-layers', 'aria-label': panel.say('art-layers') });
    this.shape = '';
  }

  /** @param {ProductLayer[]} layers @param {number} chosen @param {string[]} names */
  update(layers, chosen, names) {
    const shape = JSON.stringify([names, chosen]);
    if (shape === this.shape) return;
    this.shape = shape;
    // The focus stays on what it was on, which may have moved.
    const held = this.element.contains(this.panel.root.activeElement) ? this.panel.root.activeElement?.getAttribute('data-act') : undefined;
    this.element.replaceChildren(...layers.map((layer, at) => this.#row(layer, at, chosen, names, layers.length)).reverse());
    if (held) {
      const rows = this.element.querySelectorAll(`[data-at="${chosen}"]`);
      const same = [...rows].find((made) => made.getAttribute('data-act') === held && !(/** @type {HTMLButtonElement} */ (made).disabled));
      /** @type {HTMLElement | undefined} */ (same ?? rows[0])?.focus();
    }
  }

  /** @param {ProductLayer} layer @param {number} at @param {number} chosen @param {string[]} names @param {number} count */
  #row({ picture }, at, chosen, names, count) {
    const { say } = this.panel;
    const name = names[at];
    const made = {
      name: button({ text: name, icon: picture === undefined ? 'text' : 'picture', act: () => this.acts.select(at) }),
      up: button({ icon: 'up', label: say.call(this.panel, 'art-up', name), kind: 'quiet', act: () => this.acts.swap(at, 1) }),
      down: button({ icon: 'down', label: say.call(this.panel, 'art-down', name), kind: 'quiet', act: () => this.acts.swap(at, -1) }),
      remove: button({ icon: 'trash', label: say.call(this.panel, 'art-remove', name), kind: 'quiet', act: () => this.acts.remove(at) }),
    };
    set(made.name, { class: 'name', 'aria-pressed': String(at === chosen) });
    made.name.append(icon('check'));
    made.up.disabled = at === count - 1;
    made.down.disabled = at === 0;
    for (const [act, each] of Object.entries(made)) set(each, { 'data-act': act, 'data-at': at });
    return make('li', {}, made.name, count > 1 && made.up, count > 1 && made.down, made.remove);
  }
}

