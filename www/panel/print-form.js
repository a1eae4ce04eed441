/** @import { PrintPart, PrintReport, PrintRequest } from '../anprobe.js' */
/** @import { AnprobePanel } from './panel.js' */
import { make, set } from './make.js';
import { localeOf } from './words.js';

/** The bed of one's own, in the list. */
const OWN = '\u0000own';
/** Heights of layers that slicers offer, mm. */
const HEIGHTS = [0.08, 0.12, 0.16, 0.2, 0.24, 0.28];
/** How large, in percent; what a page may ask for is a thousandth to a thousand times. */
const [LEAST, MOST] = [5, 1000];

/** What a customer says of how it is printed. */
export class PrintForm {
  /** @param {AnprobePanel} panel @param {PrintPart[]} parts @param {() => void} change */
  constructor(panel, parts, change) {
    this.panel = panel;
    this.parts = parts;
    this.part = select();
    this.material = select();
    this.bed = select();
    this.layer = select();
    this.lies = select();
    this.scale = make('input', { type: 'number', min: LEAST, max: MOST, step: 1, value: 100, inputmode: 'numeric' });
    this.sides = [235, 235, 250].map((size) => make('input', { type: 'number', min: 10, max: 5000, step: 1, value: size, inputmode: 'numeric' }));
    this.own = make('div', { class: 'own', role: 'group' }, ...this.sides.map((input, at) => field(panel.say(['printing-width', 'printing-depth', 'printing-height'][at]), input, 'mm')));
    set(this.own, { 'aria-label': panel.say('printing-own') });
    this.own.hidden = true;
    const all = parts.length > 1 ? [option('all', panel.say('printing-all'))] : [];
    const added = parts.some(({ isAdded }) => isAdded) && parts.some(({ isAdded }) => !isAdded) ? [option('added', panel.say('printing-added'))] : [];
    const { priceText } = panel.viewer.sheet?.actions.find(({ kind }) => kind === 'print') ?? {};
    this.part.replaceChildren(...parts.map(({ id, name, isPaid }) => option(`part ${id}`, isPaid && priceText ? `${name} · ${priceText}` : name)), ...all, ...added);
    this.lies.replaceChildren(option('best', panel.say('printing-lies-best')), option('standing', panel.say('printing-lies-standing')));
    this.layer.replaceChildren(option('', '…'));
    this.hint = make('p', { class: 'soft small' }, panel.say('printing-size-true'));
    this.hint.hidden = true;
    const which = field(panel.say('printing-part'), this.part);
    which.hidden = this.part.options.length < 2;
    this.which = which;
    this.element = make('details', { class: 'settings' }, make('summary', {}, panel.say('printing-set')),
      make('div', { class: 'fields' },
        field(panel.say('printing-material'), this.material), field(panel.say('printing-printer'), this.bed), this.own,
        field(panel.say('printing-layer'), this.layer), field(panel.say('printing-size'), this.scale, '%'), this.hint, field(panel.say('printing-lies'), this.lies)));
    const changed = () => {
      this.own.hidden = this.bed.value !== OWN;
      this.hint.hidden = this.scale.value === '100';
      if ([this.scale, ...(this.own.hidden ? [] : this.sides)].every((input) => input.checkValidity() && input.value)) change();
    };
    for (const input of [this.part, this.material, this.bed, this.layer, this.lies, this.scale, ...this.sides]) input.addEventListener('change', changed);
  }

  /** Takes the lists that a report has, once. @param {PrintReport} report @param {number | undefined} layerMm what is usual */
  fill(report, layerMm) {
    const { panel } = this;
    if (this.bed.options.length) return;
    this.material.replaceChildren(...report.estimates.map(({ id, material }) => option(id, material)));
    /** @type {HTMLElement} */ (this.material.parentElement).hidden = report.estimates.length < 2;
    this.bed.replaceChildren(...report.beds.map(({ bed }) => option(bed.name, `${bed.name} · ${bed.sizeMm.map(Math.round).join(' × ')}`)), option(OWN, panel.say('printing-own')));
    const written = (/** @type {number} */ height) => `${new Intl.NumberFormat(localeOf(panel.viewer), { maximumFractionDigits: 3 }).format(height)}\u00a0mm`;
    const heights = layerMm && !HEIGHTS.includes(layerMm) ? [layerMm] : HEIGHTS;
    this.layer.replaceChildren(...heights.map((height) => {
      const usual = height === layerMm;
      const made = option(usual ? '' : String(height), usual ? panel.say('printing-layer-usual', written(height)) : written(height));
      made.selected = usual;
      return made;
    }));
    if (!layerMm) this.layer.prepend(new Option('–', '', true, true));
    if (this.bed.options[0]) this.bed.selectedIndex = 0;
  }

  /** The parts that are meant. @returns {PrintPart[]} */
  chosen() {
    const { value } = this.part;
    if (value === 'all') return this.parts;
    if (value === 'added') return this.parts.filter(({ isAdded }) => isAdded);
    return this.parts.filter(({ id }) => `part ${id}` === value);
  }

  /** What is asked for. @returns {PrintRequest} */
  request() {
    const isOwn = this.bed.value === OWN;
    return {
      parts: this.chosen().map(({ id }) => id),
      scale: Number(this.scale.value) / 100,
      lies: this.lies.value === 'standing' ? 'standing' : 'best',
      ...(this.material.value && { material: this.material.value }),
      ...(isOwn ? { bed: { name: this.panel.say('printing-own-name'), sizeMm: /** @type {[number, number, number]} */ (this.sides.map((input) => Number(input.value))) } } : this.bed.value && { bed: this.bed.value }),
      ...(this.layer.value && { layerHeightMm: Number(this.layer.value) }),
    };
  }
}

function select() {
  return make('select', {});
}

/** @param {string} value @param {string} text */
function option(value, text) {
  return new Option(text, value);
}

/** @param {string} name @param {HTMLElement} input @param {string} [unit] */
function field(name, input, unit) {
  return make('label', { class: 'field' }, make('span', {}, name), unit ? make('span', { class: 'unit' }, input, make('span', { 'aria-hidden': 'true' }, unit)) : input);
}
