/** @import { Shell } from './shell.js' */
/** @import { Stage } from './stage.js' */
import { Hotspots, project } from './hotspots.js';
import { pace } from './product-pace.js';

/**
 * The product in real space, for any element whose module knows it: picking, hotspots, dimensions, fitting, true size.
 * Positions are metres in the product's space.
 */

/** @type {WeakMap<object, { shell: Shell, hotspots: Hotspots }>} */
const places = new WeakMap();

/** Follows an element's pictures. @param {Shell} shell @param {Stage} stage on which it stands */
export function place(shell, stage) {
  const { element, host } = shell;
  const known = places.get(element);
  if (known) known.shell = shell;
  else {
    const hotspots = new Hotspots(element, (act) => places.get(element)?.shell.call(act));
    places.set(element, { shell, hotspots });
    element.addEventListener('configuration-change', () => note(element));
  }
  if (!host) return;
  // Rust calls it after each picture, and nobody else does.
  pace(shell, stage);
  const present = host.present.bind(host);
  host.present = (canvas, width, height) => {
    present(canvas, width, height);
    if (canvas !== host.canvas) return;
    places.get(element)?.hotspots.follow();
    element.dispatchEvent(new CustomEvent('render'));
  };
}

/** @param {HTMLElement} element */
function note(element) {
  const { sheet } = /** @type {any} */ (element);
  places.get(element)?.hotspots.note(sheet?.hotspots ?? []);
}

/** Whether an element can be asked; else it first gets the module that can. @param {object} element */
export function isPlaced(element) {
  return places.has(element);
}

/** The members that `<anprobe-viewer>` gets; `this` is the element. @extends {HTMLElement} */
export class InSpace {
  /** The product's surface under a point of the window. @param {number} clientX @param {number} clientY */
  positionAndNormalFromPoint(clientX, clientY) {
    const hit = under(this, clientX, clientY, (raw, x, y) => raw.hit(x, y));
    if (!hit?.length) return null;
    const [x, y, z, right, up, front, u, v, modelIndex] = hit;
    const uv = Number.isNaN(u) ? null : { u, v, toString: () => `${u} ${v}` };
    return { position: vector(x, y, z), normal: vector(right, up, front), uv, modelIndex };
  }

  /** The same for `data-surface`, which follows the product's motion. @param {number} clientX @param {number} clientY */
  surfaceFromPoint(clientX, clientY) {
    return under(this, clientX, clientY, (raw, x, y) => raw.surfaceUnder(x, y)) ?? null;
  }

  /** What the product's surface is made of there. @param {number} clientX @param {number} clientY */
  materialFromPoint(clientX, clientY) {
    const hit = under(this, clientX, clientY, (raw, x, y) => raw.hit(x, y));
    const index = hit?.[9] ?? -1;
    if (index < 0) return null;
    return { index, name: ask(this, (raw) => raw.materialName(hit[8], index)) ?? '' };
  }

  /** Where one of the page's hotspots is. @param {string} name of its slot */
  queryHotspot(name) {
    const mark = places.get(this)?.hotspots.own.get(name);
    const { spot } = mark ?? {};
    if (!mark || !spot || !Number.isFinite(spot.x)) return null;
    const [x, y, z, right, up, front] = mark.at;
    return {
      position: vector(x, y, z), normal: vector(right, up, front),
      canvasPosition: vector(spot.x, spot.y, spot.depth), facingCamera: mark.visible === true,
    };
  }

  /** Puts one of the page's hotspots elsewhere. @param {{ name: string, position?: string, normal?: string, surface?: string }} place */
  updateHotspot(place) {
    places.get(this)?.hotspots.move(place);
  }

  /** Where points are on the element, as it is seen now. @param {number[][]} points `[x, y, z]`, or with a normal after it */
  project(points) {
    const six = points.flatMap(([x, y, z, right = 0, up = 0, front = 0]) => [x, y, z, right, up, front]);
    return project((act) => ask(this, act), six, false);
  }

  /** What to draw as dimensions: the product file's of what is chosen, else the box's. */
  get rulers() {
    return JSON.parse(ask(this, (raw) => raw.rulers(false)) ?? '[]');
  }

  /** Width, height and depth of the box around the product, where they cross nothing as it is seen now. */
  get boxRulers() {
    return JSON.parse(ask(this, (raw) => raw.rulers(true)) ?? '[]');
  }

  /** CSS pixels a metre where the product is nearest to the eye, where the camera goes. */
  get pixelsPerMetre() {
    return ask(this, (raw) => raw.scalePx()) ?? 0;
  }

  /** Shows the product as large as it is; without a number as the page wants it. @param {number} [pixelsPerMetre] CSS pixels of this screen */
  showTrueSize(pixelsPerMetre = 0) {
    return ask(this, (raw) => raw.trueSize(pixelsPerMetre)) ?? false;
  }

  /** Flies to a view and leaves the attributes alone. @param {{ orbit?: string, target?: string, fieldOfView?: string }} camera */
  flyTo({ orbit, target, fieldOfView }) {
    ask(this, (raw) => raw.fly(orbit, target, fieldOfView));
  }
}

/**
 * Whether the product goes into a gap, metres, and which choices would make it.
 * @param {object} element @param {number} width @param {number} height @param {number} depth 0 for a side that does not matter
 */
export function fits(element, width, height, depth) {
  const found = ask(element, (raw) => raw.fits(width, height, depth));
  return found === undefined ? undefined : JSON.parse(found);
}

/** @template T @param {object} element @param {(raw: any) => T} act @returns {T | undefined} */
function ask(element, act) {
  return places.get(element)?.shell.call(act);
}

/** @template T @param {object} element @param {number} clientX @param {number} clientY @param {(raw: any, x: number, y: number) => T} act */
function under(element, clientX, clientY, act) {
  const shell = places.get(element)?.shell;
  if (!shell) return undefined;
  const { left, top } = shell.parts.view.getBoundingClientRect();
  return shell.call((raw) => act(raw, clientX - left, clientY - top));
}

/** As attributes take it; numbers of Rust's, without digits that mean nothing. @param {number[]} place */
function vector(...place) {
  const [x, y, z] = place.map((number) => Number(number.toPrecision(7)));
  return { x, y, z, toString: () => `${x}m ${y}m ${z}m` };
}
