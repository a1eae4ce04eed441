/** @import { AnprobePanel } from './panel.js' */
/** @import { ProductHand, ProductLayer, ProductPlaced, ProductSurface } from '../anprobe.js' */
import { icon, make, set } from './make.js';

/** The flat surface may be so high, and what comes so near snaps: CSS pixels, degrees. */
const MOST_HIGH = 300;
const SNAP_PX = 7;
const SNAP_DEG = 4;
/** Between two changes of the product while a hand moves, in milliseconds. */
const PACE = 50;

/** What a gesture starts from. @typedef {{ at: number, placed: Required<ProductPlaced>, points: Map<number, number[]>, grip?: 'size' | 'turn', number: number }} Grasp */

/**
 * The surface, flat, with what is on it: moved with one finger, sized and turned with two or by its grips.
 * Positions are millimetres from its middle.
 */
export class Stage {
  /**
   * @param {AnprobePanel} panel @param {string} group
   * @param {{ select: (at: number) => void, arrange: (at: number, hand: ProductHand, gesture: number) => void, key: (event: KeyboardEvent) => void }} acts
   */
  constructor(panel, group, acts) {
    this.panel = panel;
    this.group = group;
    this.acts = acts;
    this.canvas = make('canvas', { 'aria-hidden': 'true' });
    this.safe = make('div', { class: 'safe' });
    this.upright = make('div', { class: 'line upright', hidden: true });
    this.level = make('div', { class: 'line level', hidden: true });
    this.box = make('div', { class: 'box', hidden: true });
    this.sizes = make('div', { class: 'grip', hidden: true, title: panel.say('art-grip-size') }, icon('plus'));
    this.turns = make('div', { class: 'grip', hidden: true, title: panel.say('art-grip-turn') }, icon('turn'));
    this.sheet = make('div', { class: 'sheet' }, this.canvas, this.safe, this.upright, this.level, this.box, this.sizes, this.turns);
    this.none = make('div', { class: 'none', hidden: true }, make('span'));
    this.element = make('div', { class: 'flat', part: 'artwork-stage', tabindex: 0, role: 'application' }, this.sheet, this.none);
    /** @type {(ProductLayer & ProductPlaced)[]} */
    this.layers = [];
    this.chosen = -1;
    /** @type {ProductSurface | undefined} */
    this.surface = undefined;
    this.scale = 1;
    /** @type {Grasp | undefined} */
    this.grasp = undefined;
    /** The pointers that are down. @type {Map<number, number[]>} */
    this.points = new Map();
    this.paints = 0;
    this.due = 0;
    this.element.addEventListener('pointerdown', (event) => this.#down(event));
    this.element.addEventListener('pointermove', (event) => this.#move(event));
    for (const name of /** @type {const} */ (['pointerup', 'pointercancel'])) this.element.addEventListener(name, (event) => this.#up(event));
    this.element.addEventListener('keydown', (event) => acts.key(event));
    this.watch = new ResizeObserver(() => this.#lay());
    this.watch.observe(this.element);
  }

  /** @param {ProductSurface} surface @param {(ProductLayer & ProductPlaced)[]} layers @param {number} chosen @param {string} empty */
  update(surface, layers, chosen, empty) {
    Object.assign(this, { surface, layers, chosen });
    this.none.hidden = layers.length > 0;
    if (this.none.firstChild) this.none.firstChild.textContent = empty;
    set(this.element, { 'aria-label': this.panel.say('art-stage', surface.name, ...surface.sizeMm.map((side) => Math.round(side))) });
    this.#lay();
  }

  remove() {
    this.watch.disconnect();
    clearTimeout(this.due);
  }

  /** Sizes all to the room that there is, and draws. */
  #lay() {
    const { surface } = this;
    const style = getComputedStyle(this.element);
    const room = this.element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    if (!surface || !(room > 0)) return;
    const [width, height] = surface.sizeMm;
    this.scale = Math.min(room / width, Math.min(MOST_HIGH, innerHeight * (innerWidth < 600 ? 0.27 : 0.36)) / height);
    const [wide, high] = [width * this.scale, height * this.scale];
    this.sheet.style.setProperty('width', `${wide}px`);
    this.sheet.style.setProperty('height', `${high}px`);
    this.sheet.style.setProperty('background', surface.ground ?? '#d6d6d6');
    this.safe.style.setProperty('inset', `${surface.safeZoneMm * this.scale}px`);
    this.safe.hidden = !surface.safeZoneMm;
    const density = Math.min(devicePixelRatio || 1, 2);
    const sides = [Math.round(wide * density), Math.round(high * density)];
    if (this.canvas.width !== sides[0] || this.canvas.height !== sides[1]) [this.canvas.width, this.canvas.height] = sides;
    this.#frame();
    this.#paint();
  }

  /** One drawing at a time, and the last state last. */
  async #paint() {
    if (this.paints++ > 0) return;
    do {
      this.paints = 1;
      await this.panel.viewer.drawSurface(this.group, this.canvas).catch(() => false);
    } while (this.paints > 1);
    this.paints = 0;
  }

  /** The chosen layer's frame and grips. */
  #frame() {
    const layer = this.layers[this.chosen];
    const placed = isPlaced(layer) && this.surface ? layer : undefined;
    for (const part of [this.box, this.sizes, this.turns]) part.hidden = !placed;
    const moving = Boolean(this.grasp && placed);
    this.upright.hidden = !(moving && placed && Math.abs(placed.centerMm[0]) < 0.02);
    this.level.hidden = !(moving && placed && Math.abs(placed.centerMm[1]) < 0.02);
    if (!placed || !this.surface) return;
    const [wide, high] = placed.sizeMm.map((side) => side * this.scale);
    const [x, y] = this.#toPx(placed.centerMm);
    this.box.style.setProperty('width', `${wide}px`);
    this.box.style.setProperty('height', `${high}px`);
    this.box.style.setProperty('transform', `translate(${x - wide / 2}px, ${y - high / 2}px) rotate(${placed.turnDeg}deg)`);
    const turn = (placed.turnDeg * Math.PI) / 180;
    const place = (/** @type {HTMLElement} */ grip, /** @type {number} */ dx, /** @type {number} */ dy) => {
      // Always in reach, also when the corner is outside.
      const inside = (/** @type {number} */ value, /** @type {number} */ side) => Math.min(Math.max(value, -6), side + 6);
      const at = [x + dx * Math.cos(turn) - dy * Math.sin(turn), y + dx * Math.sin(turn) + dy * Math.cos(turn)];
      const [right, below] = this.surface?.sizeMm.map((side) => side * this.scale) ?? [0, 0];
      grip.style.setProperty('transform', `translate(${inside(at[0], right)}px, ${inside(at[1], below)}px)`);
    };
    place(this.sizes, wide / 2, high / 2);
    place(this.turns, wide / 2, -high / 2);
  }

  /** @param {number[]} mm */
  #toPx([x, y]) {
    const [width, height] = this.surface?.sizeMm ?? [0, 0];
    return [(x + width / 2) * this.scale, (y + height / 2) * this.scale];
  }

  /** @param {PointerEvent} event */
  #toMm({ clientX, clientY }) {
    const { left, top } = this.sheet.getBoundingClientRect();
    const [width, height] = this.surface?.sizeMm ?? [0, 0];
    return [(clientX - left) / this.scale - width / 2, (clientY - top) / this.scale - height / 2];
  }

  /** The topmost layer under a point, but rather the chosen one. @param {number[]} point */
  #under(point) {
    const holds = (/** @type {ProductLayer & ProductPlaced} */ layer) => {
      if (!isPlaced(layer)) return false;
      const turn = (-layer.turnDeg * Math.PI) / 180;
      const [dx, dy] = [point[0] - layer.centerMm[0], point[1] - layer.centerMm[1]];
      const [x, y] = [dx * Math.cos(turn) - dy * Math.sin(turn), dx * Math.sin(turn) + dy * Math.cos(turn)];
      // A thumb needs something to hold.
      const least = 22 / this.scale;
      return Math.abs(x) <= Math.max(layer.sizeMm[0] / 2, least) && Math.abs(y) <= Math.max(layer.sizeMm[1] / 2, least);
    };
    return this.layers.findLastIndex(holds);
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (event.button > 0) return;
    const point = this.#toMm(event);
    this.element.setPointerCapture(event.pointerId);
    this.points.set(event.pointerId, point);
    const target = /** @type {Element} */ (event.composedPath()[0]);
    const grip = this.sizes.contains(target) ? 'size' : this.turns.contains(target) ? 'turn' : undefined;
    if (this.points.size === 1 && !grip) {
      const under = this.#under(point);
      if (under >= 0 && under !== this.chosen) this.acts.select(under);
    }
    this.#hold(grip);
  }

  /** What moves from now on moves from here. @param {'size' | 'turn'} [grip] */
  #hold(grip) {
    const layer = this.layers[this.chosen];
    if (!isPlaced(layer)) return;
    const number = this.grasp?.number ?? gesture();
    const { centerMm, sizeMm, turnDeg } = layer;
    this.grasp = { at: this.chosen, placed: { centerMm, sizeMm, turnDeg }, points: new Map(this.points), grip, number };
    this.element.classList.add('held');
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (!this.points.has(event.pointerId)) return;
    this.points.set(event.pointerId, this.#toMm(event));
    if (!this.grasp) return;
    this.due ||= setTimeout(() => {
      this.due = 0;
      this.#apply();
    }, PACE);
  }

  /** @param {PointerEvent} event */
  #up(event) {
    if (!this.points.has(event.pointerId)) return;
    if (this.due) {
      clearTimeout(this.due);
      this.due = 0;
      this.#apply();
    }
    this.points.delete(event.pointerId);
    if (this.points.size) return this.#hold(undefined);
    this.grasp = undefined;
    this.element.classList.remove('held');
    this.#frame();
  }

  #apply() {
    const { grasp } = this;
    if (!grasp) return;
    const { placed: { centerMm: [x, y], sizeMm: [width], turnDeg }, grip } = grasp;
    const [then, now] = [grasp.points, this.points].map((points) => [...points.values()]);
    let [centre, size, turn] = [[x, y], 1, 0];
    const from = (/** @type {number[]} */ point, /** @type {number[]} */ origin) => [point[0] - origin[0], point[1] - origin[1]];
    if (grip) {
      const [before, after] = [from(then[0], [x, y]), from(now[0], [x, y])];
      if (grip === 'size') size = Math.hypot(...after) / Math.max(Math.hypot(...before), 0.1);
      else turn = angle(after) - angle(before);
    } else if (then.length > 1 && now.length > 1) {
      const [before, after] = [from(then[1], then[0]), from(now[1], now[0])];
      size = Math.hypot(...after) / Math.max(Math.hypot(...before), 0.1);
      turn = angle(after) - angle(before);
      centre = [x + (now[0][0] + now[1][0] - then[0][0] - then[1][0]) / 2, y + (now[0][1] + now[1][1] - then[0][1] - then[1][1]) / 2];
    } else {
      centre = [x + now[0][0] - then[0][0], y + now[0][1] - then[0][1]];
      // A tap that trembles is no drag.
      if (Math.hypot(centre[0] - x, centre[1] - y) * this.scale < 3) return;
    }
    const hand = { centerMm: centre, widthMm: width * size, turnDeg: turnDeg + turn, snapMm: SNAP_PX / this.scale, snapDeg: SNAP_DEG };
    this.acts.arrange(grasp.at, hand, grasp.number);
  }
}

/** @param {number[]} way */
function angle([x, y]) {
  return (Math.atan2(y, x) * 180) / Math.PI;
}

/** @param {(ProductLayer & ProductPlaced) | undefined} layer @returns {layer is ProductLayer & Required<ProductPlaced>} */
export function isPlaced(layer) {
  return layer?.centerMm !== undefined;
}

let last = Date.now() % 1_000_000_000;

/** A number that no other gesture has. */
export function gesture() {
  return ++last;
}
