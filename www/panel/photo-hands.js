/** @import { AnprobePanel } from './panel.js' */
import { layerOver } from './layer.js';
import { make, set, styled } from './make.js';

const STYLE = styled(/* css */ `
:host { font: inherit }
.hands { position: absolute; inset: 0 0 var(--anprobe-covered, 0px); touch-action: none; cursor: move; pointer-events: auto; outline-offset: -4px }
.hands:focus-visible { outline: 3px solid Highlight }
.hands.marks { cursor: crosshair }
.mark { position: absolute; left: 0; top: 0; width: 28px; height: 28px; margin: -14px 0 0 -14px; border: 2px solid #fff; border-radius: 50%; box-shadow: 0 0 0 2px #000, inset 0 0 0 1px #000; pointer-events: none; color: #fff; font: 600 13px/24px system-ui; text-align: center; text-shadow: 0 0 3px #000, 0 0 3px #000 }
.mark.now { border-color: #ffd60a; color: #ffd60a }
.mark::after { content: ''; position: absolute; left: 50%; top: 50%; width: 4px; height: 4px; margin: -2px; border-radius: 50%; background: currentColor }
`);

/** Degrees and factors of one key, and of one with Shift. */
const FINE = { drag: [1, 10], turn: [0.5, 5], twist: [0.25, 2], scale: [1.005, 1.05] };
/** A wheel's notch makes it so much larger. */
const WHEEL = 0.0015;

/**
 * What hands do on the picture: one finger carries, two twist and scale, with Shift or the right button it is turned and tilted;
 * all of it by keys, too. While points are marked, a tap marks.
 */
export class Hands {
  /** @param {AnprobePanel} panel @param {{ moved: () => void, marked: (x: number, y: number) => void }} acts */
  constructor(panel, acts) {
    this.panel = panel;
    this.acts = acts;
    this.marks = false;
    /** A drag shows it from another side. */
    this.turns = false;
    this.layer = layerOver(panel.viewer, [STYLE]);
    this.points = make('div', { 'aria-hidden': 'true' });
    this.area = make('div', { class: 'hands', tabindex: 0, role: 'application' }, this.points);
    this.layer.root.append(this.area);
    /** @type {Map<number, [number, number]>} */
    this.down = new Map();
    this.travelled = 0;
    /** Where keys mark, CSS pixels. */
    this.cross = [0, 0];
    const { area } = this;
    area.addEventListener('pointerdown', (event) => this.#down(event));
    area.addEventListener('pointermove', (event) => this.#move(event));
    for (const name of /** @type {const} */ (['pointerup', 'pointercancel'])) area.addEventListener(name, (event) => this.#up(event));
    area.addEventListener('contextmenu', (event) => event.preventDefault());
    area.addEventListener('wheel', (event) => {
      event.preventDefault();
      this.#do('scale', Math.exp(-event.deltaY * WHEEL));
    }, { passive: false });
    area.addEventListener('keydown', (event) => this.#key(event));
  }

  remove() {
    this.layer.remove();
  }

  /** Keys begin in the middle. */
  center() {
    this.cross = [this.area.clientWidth / 2, this.area.clientHeight / 2];
  }

  /** @param {string} label @param {boolean} marks @param {{ x: number, y: number, text: string, now: boolean }[]} points */
  update(label, marks, points) {
    set(this.area, { 'aria-label': label });
    this.area.classList.toggle('marks', marks);
    this.marks = marks;
    this.points.replaceChildren(...points.map(({ x, y, text, now }) => {
      const point = make('div', { class: now ? 'mark now' : 'mark' }, text);
      point.style.transform = `translate(${x}px, ${y}px)`;
      return point;
    }));
  }

  /** @param {string} name @param {number} first @param {number} [second] */
  #do(name, first, second) {
    this.panel.viewer.movePhoto(name, first, second);
    this.acts.moved();
  }

  /** @param {PointerEvent} event @returns {[number, number]} */
  #at(event) {
    const { left, top } = this.area.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  }

  /** @param {PointerEvent} event */
  #down(event) {
    this.area.setPointerCapture(event.pointerId);
    if (!this.down.size) this.travelled = 0;
    this.down.set(event.pointerId, this.#at(event));
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const before = this.down.get(event.pointerId);
    if (!before) return;
    const now = this.#at(event);
    const [dx, dy] = [now[0] - before[0], now[1] - before[1]];
    this.travelled += Math.hypot(dx, dy);
    const [other] = [...this.down].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    this.down.set(event.pointerId, now);
    if (other) {
      const [was, is] = [before, now].map(([x, y]) => [x - other[0], y - other[1]]);
      const angle = Math.atan2(was[1], was[0]) - Math.atan2(is[1], is[0]);
      this.panel.viewer.movePhoto('twist', Math.atan2(Math.sin(angle), Math.cos(angle)) * 180 / Math.PI);
      this.panel.viewer.movePhoto('scale', Math.hypot(is[0], is[1]) / Math.max(1, Math.hypot(was[0], was[1])));
      this.#do('drag', dx / 2, dy / 2);
    } else if (event.shiftKey || event.buttons & 2 || (this.turns && !this.marks)) {
      this.panel.viewer.movePhoto('turn', -dx * 0.3);
      this.#do('tilt', dy * 0.3);
    } else if (!this.marks) this.#do('drag', dx, dy);
  }

  /** @param {PointerEvent} event */
  #up(event) {
    const known = this.down.delete(event.pointerId);
    if (known && this.marks && event.type === 'pointerup' && this.travelled < 8) this.acts.marked(...this.#at(event));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const at = event.shiftKey ? 1 : 0;
    const [x, y] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [0, 0];
    const [turn, tilt] = { a: [-1, 0], d: [1, 0], w: [0, 1], s: [0, -1] }[event.key.toLowerCase()] ?? [0, 0];
    const step = FINE.drag[at];
    if (this.marks && (x || y)) {
      this.cross = [this.cross[0] + x * step, this.cross[1] + y * step];
      this.acts.moved();
    } else if (this.marks && event.key === 'Enter') this.acts.marked(this.cross[0], this.cross[1]);
    else if (turn) this.#do('turn', turn * FINE.turn[at]);
    else if (tilt) this.#do('tilt', tilt * FINE.turn[at]);
    else if (x || y) this.#do('drag', x * step, y * step);
    else if (event.key === '+' || event.key === 'PageUp') this.#do('scale', FINE.scale[at]);
    else if (event.key === '-' || event.key === 'PageDown') this.#do('scale', 1 / FINE.scale[at]);
    else if (event.key === ',' || event.key === ';') this.#do('twist', FINE.twist[at]);
    else if (event.key === '.' || event.key === ':') this.#do('twist', -FINE.twist[at]);
    else return;
    event.preventDefault();
  }
}
