/** @import { Panel } from './panel.js' */
import { cover, layerOver } from './layer.js';
import { button, icon, make, set } from './make.js';
import { run } from './motion.js';
import { sidesOf } from './sides.js';
import { localeOf, teach } from './words.js';
import { UPGRADE_WORDS } from './words-upgrade.js';
import { LAYER_STYLE } from './layer-style.js';
import { WIPE_STYLE } from './wipe-style.js';

/** How far a key moves the line, as a part of the picture's width. */
const KEYS = { ArrowLeft: -0.02, ArrowDown: -0.02, ArrowRight: 0.02, ArrowUp: 0.02, PageDown: -0.1, PageUp: 0.1 };
const MOVE_MS = 250;
/** Up to this width, CSS pixels, the picture ends above the buttons. */
const NARROW = 480;
const FOOT = '60px';
/** Nearer to an end than this, a drag ends there: the whole picture is one side. */
const NEAR = 0.03;

/** The line between two configurations of one picture, with all that moves it. The left one stays left in any language. */
export class Wipe {
  /** @param {Panel} panel @param {() => void} end what the customer's close button does */
  constructor(panel, end) {
    const viewer = this.viewer = panel.viewer;
    this.panel = panel;
    this.stop = () => {};
    this.known = '';
    this.sides = this.shows = /** @type {[string, string]} */ (['', '']);
    teach(UPGRADE_WORDS);
    this.names = [make('span', { class: 'label', part: 'label' }), make('span', { class: 'label', part: 'label' })];
    this.handle = make('div', { class: 'handle', part: 'handle', role: 'slider', tabindex: 0, 'aria-orientation': 'horizontal', 'aria-valuemin': 0, 'aria-valuemax': 100 }, icon('wipe'));
    this.stands = [1, 0.5, 0].map((place) => button({ text: ' ', kind: 'plain', act: () => this.go(place) }));
    this.marks = button({ icon: 'marks', text: ' ', kind: 'plain', act: () => this.mark() });
    this.end = button({ icon: 'close', label: ' ', kind: 'plain', act: end });
    this.end.classList.add('end');
    this.group = make('div', { class: 'group', role: 'group' }, ...this.stands);
    this.element = make('div', { class: 'wipe', part: 'wipe' },
      make('div', { class: 'side a' }, this.names[0]), make('div', { class: 'side b' }, this.names[1]),
      make('div', { class: 'line' }), this.handle, this.end,
      make('div', { class: 'bar' }, this.group, this.marks));
    this.layer = layerOver(viewer, [LAYER_STYLE, WIPE_STYLE]);
    this.layer.root.append(this.element);
    // In a narrow picture the buttons would lie on the product.
    this.watch = new ResizeObserver(() => {
      const { clientWidth } = this.element;
      if (!clientWidth) return;
      cover(viewer, clientWidth > NARROW ? '0px' : FOOT);
      // In a wide one the buttons stand where the viewer's own would.
      viewer.style.setProperty('--anprobe-lifted', clientWidth > NARROW ? FOOT : '0px');
    });
    this.watch.observe(this.element);
    this.drag();
    this.handle.addEventListener('keydown', (event) => this.key(event));
    this.update();
  }

  /** Words, places and states, as the viewer has them now. @param {NonNullable<Panel['viewer']['comparison']>} [comparison] */
  update(comparison = this.viewer.comparison) {
    const { viewer, panel } = this;
    if (!comparison) return;
    const { wipe, marks } = comparison;
    const known = `${comparison.a} ${comparison.b} ${localeOf(viewer)}`;
    // A drag asks sixty times a second.
    if (this.known !== known) [this.known, this.sides, this.shows] = [known, sidesOf(viewer, comparison), sidesOf(viewer, comparison, 'show')];
    const { sides, shows } = this;
    this.element.style.setProperty('--wipe', String(wipe));
    this.element.classList.toggle('end-of', wipe === 0 || wipe === 1);
    sides.forEach((side, at) => { this.names[at].textContent = side; });
    const part = Math.round(wipe * 100);
    set(this.handle, {
      'aria-label': panel.say('upgrade-wipe', ...sides),
      'aria-valuenow': part, 'aria-valuetext': panel.say('upgrade-wipe-value', sides[0], part, sides[1], 100 - part),
    });
    set(this.group, { 'aria-label': panel.say('upgrade-shown') });
    const stand = wipe > 0.999 ? 0 : wipe < 0.001 ? 2 : 1;
    [shows[0], panel.say('upgrade-both'), shows[1]].forEach((text, at) => {
      /** @type {HTMLElement} */ (this.stands[at].firstElementChild).textContent = text;
      set(this.stands[at], { 'aria-pressed': String(at === stand) });
    });
    const label = panel.say('upgrade-marks');
    /** @type {HTMLElement} */ (this.marks.lastElementChild).textContent = label;
    set(this.marks, { 'aria-pressed': String(Boolean(marks)), title: label });
    set(this.end, { 'aria-label': panel.say('upgrade-end'), title: panel.say('upgrade-end') });
  }

  remove() {
    this.stop();
    this.watch.disconnect();
    cover(this.viewer, '');
    this.viewer.style.removeProperty('--anprobe-lifted');
    this.layer.remove();
  }

  /** @param {number} place */
  put(place) {
    this.viewer.wipe = Math.min(1, Math.max(0, place));
  }

  /** Goes to a place in a quarter of a second. @param {number} place */
  go(place) {
    this.stop();
    const from = this.viewer.wipe;
    this.stop = run(MOVE_MS, (part) => this.put(part === 1 ? place : from + (place - from) * part));
  }

  /** What comes can be marked only where the right side shows. */
  mark() {
    const { viewer } = this;
    viewer.marks = !viewer.marks;
    if (viewer.marks) this.go(0);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const step = KEYS[/** @type {keyof typeof KEYS} */ (event.key)];
    const end = { Home: 0, End: 1 }[event.key];
    if (step === undefined && end === undefined) return;
    event.preventDefault();
    this.stop();
    this.put(end ?? Math.round((this.viewer.wipe + step) * 100) / 100);
  }

  drag() {
    const { handle } = this;
    /** Where the pointer holds the handle, off the line: at an end the handle itself stands off it. */
    let held = 0;
    let left = 0;
    let width = 1;
    handle.addEventListener('pointerdown', (event) => {
      if (event.button > 0) return;
      this.stop();
      ({ left, width } = this.element.getBoundingClientRect());
      held = event.clientX - left - this.viewer.wipe * width;
      handle.setPointerCapture(event.pointerId);
    });
    handle.addEventListener('pointermove', (event) => {
      if (handle.hasPointerCapture(event.pointerId)) this.put((event.clientX - left - held) / Math.max(1, width));
    });
    handle.addEventListener('pointerup', (event) => {
      if (!handle.hasPointerCapture(event.pointerId)) return;
      const { wipe } = this.viewer;
      const place = wipe < NEAR ? 0 : wipe > 1 - NEAR ? 1 : wipe;
      if (place !== wipe) this.go(place);
    });
  }
}
