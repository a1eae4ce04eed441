/** @import { AnprobeViewer, ProductFit, ProductRuler } from '../anprobe.js' */
import { layerOver } from './layer.js';
import { make, set, styled } from './make.js';
import { lengthText } from './space-units.js';
import { say } from './words.js';

const SPACE = 'http://www.w3.org/2000/svg';
/** Half of the little stroke at a ruler's end, and the least room around a label, CSS pixels. */
const TICK = 5;
const ROOM = 6;
/** Where along its line a label may stand, the best first. */
const STANDS = [0.5, 0.36, 0.64, 0.22, 0.78];
/** The twelve edges between the eight corners of a box, whose bits are its sides. */
const EDGES = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((from) => [1, 2, 4].filter((side) => !(from & side)).map((side) => [from, from | side]));

const STYLE = styled(/* css */ `
:host { color-scheme: inherit; font: inherit; font-variant-numeric: tabular-nums }
/* What the page lays over the picture's lower edge stays free. */
.area { position: absolute; inset: 0 0 var(--anprobe-covered, 0px); overflow: hidden }
svg { position: absolute; inset: 0; width: 100%; height: 100%; fill: none; stroke-linecap: round; stroke-linejoin: round }
path { stroke: CanvasText; stroke-width: 1.5 }
.halo { stroke: Canvas; stroke-width: 4.5; opacity: .75 }
.thin { stroke-width: 1; opacity: .5 }
.gap { stroke-dasharray: 4 4; stroke-width: 1.5 }
.over { stroke: light-dark(#c5221f, #ff8a80); stroke-width: 2.5 }
.excess { stroke: light-dark(#c5221f, #ff8a80); stroke-width: 1; fill: light-dark(#c5221f, #ff8a80); fill-opacity: .16; stroke-opacity: .6 }
.label {
  position: absolute; left: 0; top: 0; padding: 2px 8px; border-radius: 12px; white-space: nowrap; font-size: max(13px, .8125em); line-height: 20px;
  background: color-mix(in srgb, Canvas 90%, transparent); color: CanvasText; box-shadow: 0 0 0 1px color-mix(in srgb, CanvasText 14%, transparent)
}
.label.over { background: light-dark(#c5221f, #ff8a80); color: light-dark(#fff, #2b0200); box-shadow: none; font-weight: 600 }
.bar { position: absolute; inset-inline-start: 16px; bottom: 16px; height: 8px; border: solid CanvasText; border-width: 0 1.5px 1.5px; filter: drop-shadow(0 0 1px Canvas) drop-shadow(0 0 1px Canvas) }
.bar span { position: absolute; inset-inline-start: 0; bottom: 8px; white-space: nowrap; font-size: max(12px, .75em); color: CanvasText }
@media (forced-colors: active) { .over, .excess { stroke: Mark } .label { border: 1px solid CanvasText } }
`);

/** @typedef {{ from: number[], to: number[], ends: number[][], text: string, over: boolean }} Line */
/** @typedef {{ left: number, top: number, width: number, height: number }} Box */

/** What is drawn over the product: rulers, a gap and where the product sticks out of it, a bar of known length. */
export class Drawing {
  /** @param {AnprobeViewer} viewer */
  constructor(viewer) {
    this.viewer = viewer;
    this.rulers = false;
    /** @type {{ gap: number[], fit: ProductFit } | undefined} */
    this.fit = undefined;
    /** CSS pixels a metre, while the product is shown in true size. @type {number | undefined} */
    this.scale = undefined;
    this.layer = layerOver(viewer, [STYLE]);
    // The panel says the same in words.
    set(this.layer.host, { 'aria-hidden': 'true' });
    this.paths = document.createElementNS(SPACE, 'svg');
    this.labels = make('div');
    this.area = make('div', { class: 'area' }, this.paths, this.labels);
    this.layer.root.append(this.area);
    this.follow = () => this.draw();
    viewer.addEventListener('render', this.follow);
  }

  remove() {
    this.viewer.removeEventListener('render', this.follow);
    this.layer.remove();
  }

  draw() {
    const { viewer } = this;
    this.paths.replaceChildren();
    this.labels.replaceChildren();
    /** @type {Box[]} */
    const taken = this.scale ? [this.bar(this.scale)] : [];
    const lines = this.lines();
    const corners = this.fit ? gapCorners(this.fit.gap, this.fit.fit) : [];
    const slabs = this.fit ? excess(this.fit.gap, this.fit.fit) : [];
    if (!lines.length && !corners.length) return;
    const points = [...lines.flatMap(({ from, to, ends }) => [from, to, ...ends]), ...corners, ...slabs.flat()];
    const seen = viewer.project(points).map(({ x, y }) => ({ x, y }));
    let next = 0;
    const take = () => seen[next++];
    const drawn = lines.map((line) => ({ line, at: [take(), take(), take(), take()] }));
    const gap = corners.map(take);
    for (const slab of slabs) this.path(outline(slab.map(take)), 'excess');
    if (gap.length && gap.every(isSeen)) this.path(EDGES.map(([from, to]) => stroke(gap[from], gap[to])).join(''), 'gap', true);
    for (const { line, at } of drawn) {
      const [from, to, one, other] = at;
      if (!at.every(isSeen)) continue;
      this.path(stroke(one, from) + stroke(other, to), 'thin');
      const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
      const [x, y] = [-(to.y - from.y) / length * TICK, (to.x - from.x) / length * TICK];
      const tick = (/** @type {{ x: number, y: number }} */ end) => stroke({ x: end.x - x, y: end.y - y }, { x: end.x + x, y: end.y + y });
      this.path(stroke(from, to) + tick(from) + tick(to), line.over ? 'over' : '', true);
      this.label(line, from, to, taken);
    }
  }

  /** @returns {Line[]} */
  lines() {
    const { viewer, fit } = this;
    const over = fit?.fit.sides.filter((side) => side.over > 0) ?? [];
    const box = over.length ? viewer.boxRulers : [];
    const wrong = over.flatMap((side) => {
      const ruler = box.find(({ axis }) => axis === side.axis);
      const text = say(viewer, `space-over-${side.axis}`, lengthText(viewer, side.over));
      return ruler ? [{ ...ruler, text, over: true }] : [];
    });
    // What is wrong is told alone.
    if (wrong.length || !this.rulers) return wrong;
    return viewer.rulers.map((ruler) => ({ ...ruler, text: this.told(ruler), over: false }));
  }

  /** @param {ProductRuler} ruler */
  told({ name, length }) {
    const text = lengthText(this.viewer, length);
    return name ? `${name} ${text}` : text;
  }

  /** @param {string} d @param {string} kind @param {boolean} [halo] */
  path(d, kind, halo = false) {
    for (const name of halo ? [`halo ${kind === 'gap' ? 'gap' : ''}`, kind] : [kind]) {
      const path = document.createElementNS(SPACE, 'path');
      set(path, { d, class: name.trim() });
      this.paths.append(path);
    }
  }

  /**
   * Puts a label on its line, where no other is and nothing is cut off.
   * @param {Line} line @param {{ x: number, y: number }} from @param {{ x: number, y: number }} to @param {Box[]} taken
   */
  label({ text, over }, from, to, taken) {
    const label = make('div', { class: over ? 'label over' : 'label' }, text);
    this.labels.append(label);
    const { clientWidth, clientHeight } = this.area;
    const [width, height] = [label.offsetWidth, label.offsetHeight];
    const stand = (/** @type {number} */ part) => {
      const [x, y] = [from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part];
      const left = Math.max(4, Math.min(clientWidth - width - 4, x - width / 2));
      const top = Math.max(4, Math.min(clientHeight - height - 4, y - height / 2));
      return { left, top, width, height };
    };
    const free = (/** @type {Box} */ box) => taken.every((other) => !overlap(box, other));
    const seen = STANDS.filter((part) => {
      const [x, y] = [from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part];
      return x >= 0 && y >= 0 && x <= clientWidth && y <= clientHeight;
    });
    // Nobody sees the line.
    if (!seen.length) return label.remove();
    let box = seen.map(stand).find(free) ?? stand(seen[0]);
    // Nowhere on the line: below the others.
    for (let tries = 0; tries < 8 && !free(box); tries += 1) box = { ...box, top: box.top + height + ROOM };
    taken.push(box);
    label.style.transform = `translate(${box.left.toFixed(1)}px, ${box.top.toFixed(1)}px)`;
  }

  /** A bar to check with a ruler in the hand. @param {number} scale @returns {Box} */
  bar(scale) {
    const most = this.area.clientWidth - 32;
    const lengths = [0.1, 0.05, 0.02, 0.01];
    const length = lengths.find((length) => length * scale <= most) ?? 0.01;
    const bar = make('div', { class: 'bar' }, make('span', {}, say(this.viewer, 'space-bar', lengthText(this.viewer, length))));
    bar.style.width = `${length * scale}px`;
    this.labels.append(bar);
    return { left: bar.offsetLeft, top: bar.offsetTop - 24, width: bar.offsetWidth, height: bar.offsetHeight + 24 };
  }
}

/** The corners of a gap in which the product stands on the floor, in the middle, against the back. @param {number[]} gap @param {ProductFit} fit */
function gapCorners(gap, { min, max }) {
  const [low, high] = gapBox(gap, min, max);
  return corners(low, high);
}

/** @param {number[]} gap @param {readonly number[]} min @param {readonly number[]} max */
function gapBox([width, height, depth], min, max) {
  const middle = (min[0] + max[0]) / 2;
  const half = (width || max[0] - min[0]) / 2;
  const low = [middle - half, min[1], min[2]];
  return [low, [middle + half, height ? min[1] + height : max[1], depth ? min[2] + depth : max[2]]];
}

/** @param {number[]} low @param {number[]} high */
function corners(low, high) {
  return [0, 1, 2, 3, 4, 5, 6, 7].map((corner) => [0, 1, 2].map((axis) => (corner & (1 << axis) ? high : low)[axis]));
}

/** What sticks out of the gap: a slab for each side. @param {number[]} gap @param {ProductFit} fit */
function excess(gap, { min, max, sides }) {
  const [low, high] = gapBox(gap, min, max);
  const slab = (/** @type {number} */ axis, /** @type {number} */ from, /** @type {number} */ to) => {
    const [one, other] = [[...min], [...max]];
    [one[axis], other[axis]] = [from, to];
    return corners(one, other);
  };
  return sides.flatMap(({ over }, axis) => {
    if (!(over > 0)) return [];
    const front = slab(axis, high[axis], max[axis]);
    return axis === 0 ? [slab(0, min[0], low[0]), front] : [front];
  });
}

/** The outline of points on the screen (Andrew's monotone chain). @param {{ x: number, y: number }[]} points */
function outline(points) {
  if (!points.every(isSeen)) return '';
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const half = (/** @type {typeof points} */ list) => {
    /** @type {typeof points} */
    const chain = [];
    for (const point of list) {
      while (chain.length > 1 && turn(chain[chain.length - 2], chain[chain.length - 1], point) <= 0) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  const hull = [...half(sorted), ...half(sorted.reverse())];
  return hull.length ? `M${hull.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z` : '';
}

/** @typedef {{ x: number, y: number }} Point */
/** @param {Point} a @param {Point} b @param {Point} c */
function turn(a, b, c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/** @param {Point} point */
function isSeen({ x, y }) {
  return Number.isFinite(x) && Number.isFinite(y);
}

/** @param {Point} from @param {Point} to */
function stroke(from, to) {
  return `M${from.x.toFixed(1)} ${from.y.toFixed(1)}L${to.x.toFixed(1)} ${to.y.toFixed(1)}`;
}

/** @param {Box} a @param {Box} b */
function overlap(a, b) {
  return a.left < b.left + b.width + ROOM && b.left < a.left + a.width + ROOM && a.top < b.top + b.height + ROOM && b.top < a.top + a.height + ROOM;
}
