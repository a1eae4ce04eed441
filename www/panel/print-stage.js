/** @import { AnprobeViewer, PrintReport, SeenPrint } from '../anprobe.js' */
/** @import { AnprobePanel } from './panel.js' */
import { button, make, set, write } from './make.js';

/** What of the print can be left out, as the names of its variants have them. */
const LAYERS = /** @type {const} */ (['supports', 'seams', 'marks']);
/** From where one first looks: a little from above, as one stands before a printer. */
const VIEW = { theta: 0.5, phi: 1.12 };
/** So much of the part's size is around it; and how near one may come, of it. */
const AIR = 2.3;
const NEAR = 0.12;

/** Width, height and depth of the part in a print's file, metres. @param {Uint8Array} glb @returns {number[]} */
function extent(glb) {
  const length = new DataView(glb.buffer, glb.byteOffset).getUint32(12, true);
  const { accessors, meshes } = JSON.parse(new TextDecoder().decode(glb.subarray(20, 20 + length)));
  const part = meshes.find((/** @type {{ name: string }} */ { name }) => name === 'part');
  const { min, max } = accessors[part?.primitives[0].attributes.POSITION] ?? { min: [0, 0, 0], max: [0.1, 0.1, 0.1] };
  return max.map((/** @type {number} */ most, /** @type {number} */ at) => most - min[at]);
}

/** The print on its bed, in a viewer of its own. */
export class PrintStage {
  /** @param {AnprobePanel} panel */
  constructor(panel) {
    this.panel = panel;
    /** @type {SeenPrint | undefined} */
    this.seen = undefined;
    this.isFinished = false;
    /** Of the part, metres. */
    this.size = [0.1, 0.1, 0.1];
    /** What is left out. @type {Set<string>} */
    this.hidden = new Set();
    this.name = '';
    this.viewer = /** @type {AnprobeViewer} */ (make('anprobe-viewer', {
      'camera-controls': true, 'interaction-prompt': 'none', 'shadow-intensity': '0.4', 'shadow-softness': '0.9', loading: 'eager',
      'touch-action': 'none', backend: panel.viewer.getAttribute('backend'), part: 'print-stage',
    }));
    // With a hotspot it stands on the panel's own module and needs no other.
    this.spot = make('span', { slot: 'hotspot-print', class: 'spot', hidden: true, 'aria-hidden': 'true' });
    this.viewer.append(this.spot);
    this.viewer.addEventListener('load', () => {
      this.viewer.jumpCameraToGoal();
      this.element.removeAttribute('aria-busy');
    });
    this.sides = ['printed', 'finished'].map((side) => button({ text: ' ', part: 'button', act: () => this.#side(side === 'finished') }));
    this.layers = LAYERS.map((layer) => button({ text: ' ', part: 'button', act: () => this.#toggle(layer) }));
    this.side = make('div', { class: 'sides', role: 'group' }, ...this.sides);
    this.layer = make('div', { class: 'layers', role: 'group' }, ...this.layers);
    this.element = make('div', { class: 'print-view' }, this.viewer, this.side, this.layer);
    this.element.hidden = true;
  }

  /** @param {SeenPrint} seen @param {string} name */
  show(seen, name) {
    const { viewer } = this;
    const [wide] = this.size;
    this.size = extent(seen.printed);
    // One that is much larger than before is not seen from where one is.
    const first = !this.seen || this.name !== name || Math.abs(this.size[0] / wide - 1) > 0.1;
    this.seen = seen;
    this.name = name;
    this.element.hidden = false;
    const [, height] = this.size;
    const far = Math.hypot(...this.size);
    const target = `0m ${height / 2}m 0m`;
    set(viewer, {
      'alt': this.panel.say('printing-stage', name), 'min-camera-orbit': `auto auto ${far * NEAR}m`, 'max-camera-orbit': `auto 92deg ${far * 6 + 0.4}m`,
    });
    if (first) set(viewer, { 'camera-orbit': `${VIEW.theta}rad ${VIEW.phi}rad ${far * AIR}m`, 'camera-target': target });
    this.mark();
    this.#load();
  }

  /** Looks at a place. @param {{ at: number[], normal?: number[] }} mark */
  look({ at, normal = [0, 0, 1] }) {
    if (this.isFinished) this.#side(false);
    if (this.hidden.delete('marks')) this.#told();
    const [x, y, z] = normal;
    const theta = Math.hypot(x, z) > 0.05 ? Math.atan2(x, z) : this.viewer.getCameraOrbit().theta;
    // Never from straight above or below: one would not know where one is.
    const phi = Math.min(1.5, Math.max(0.5, Math.acos(Math.min(1, Math.max(-1, y)))));
    const far = Math.max(0.035, Math.hypot(...this.size) * 0.5);
    this.viewer.flyTo({ orbit: `${theta}rad ${phi}rad ${far}m`, target: at.map((part) => `${part}m`).join(' ') });
    this.mark({ at, normal });
  }

  /** Puts the ring around a place. @param {{ at: number[], normal?: number[] }} [mark] */
  mark(mark) {
    this.spot.hidden = !mark;
    if (!mark) return;
    const metres = (/** @type {number[]} */ list) => list.map((part) => `${part}m`).join(' ');
    this.viewer.updateHotspot({ name: 'hotspot-print', position: metres(mark.at), normal: metres(mark.normal ?? [0, 1, 0]) });
  }

  /** Names all anew, and says what is shown. */
  update() {
    const { panel } = this;
    set(this.side, { 'aria-label': panel.say('printing-view') });
    set(this.layer, { 'aria-label': panel.say('printing-show') });
    this.#told();
  }

  #told() {
    const { panel, seen } = this;
    this.sides.forEach((made, at) => {
      write(/** @type {Node} */ (made.firstElementChild), panel.say(at ? 'printing-finished' : 'printing-printed'));
      set(made, { 'aria-pressed': String(this.isFinished === (at === 1)) });
    });
    this.layers.forEach((made, at) => {
      const layer = LAYERS[at];
      write(/** @type {Node} */ (made.firstElementChild), panel.say(`printing-${layer}`));
      const has = layer === 'supports' ? (seen?.report.supports.columns ?? 0) > 0 : layer === 'marks' ? (seen?.marks.length ?? 0) > 0 : true;
      made.hidden = !has || this.isFinished;
      set(made, { 'aria-pressed': String(!this.hidden.has(layer)) });
    });
    this.viewer.variantName = this.isFinished || !this.hidden.size ? null : LAYERS.filter((layer) => !this.hidden.has(layer)).join(' ') || 'bare';
  }

  /** @param {string} layer */
  #toggle(layer) {
    if (!this.hidden.delete(layer)) this.hidden.add(layer);
    this.#told();
  }

  /** From the same side, as near. @param {boolean} isFinished */
  #side(isFinished) {
    if (isFinished === this.isFinished || !this.seen) return;
    this.isFinished = isFinished;
    this.mark();
    set(this.viewer, { 'camera-orbit': this.viewer.getCameraOrbit().toString(), 'camera-target': this.viewer.getCameraTarget().toString() });
    this.#load();
  }

  #load() {
    const { seen, viewer } = this;
    if (!seen) return;
    this.element.setAttribute('aria-busy', 'true');
    this.#told();
    const bytes = this.isFinished ? seen.finished : seen.printed;
    viewer.showFile(new File([bytes], 'print.glb', { type: 'model/gltf-binary' }));
  }
}
