/** @import { Shell } from './shell.js' */
import { printFile } from './product-file.js';
import { families, fonts, ready } from './product-fonts.js';
import { picture, pictures, remember, restore } from './product-pictures.js';
import { draw, measured, prepared } from './product-print.js';

/**
 * What a customer puts on the product: layers of pictures and words, which lie as Rust says. Pictures are kept on the page.
 * @typedef {{ text?: string, font?: string, picture?: string }} Motif
 */

/** @type {WeakMap<object, Shell>} */
const shells = new WeakMap();

/** An element's present shell. @param {Shell} shell */
export function equip(shell) {
  shells.set(shell.element, shell);
}

/** @param {object} element @param {string} name @param {string} [first] @param {string} [second] @returns {any} */
function ask(element, name, first = '', second = '') {
  const json = shells.get(element)?.call((raw) => raw.view(name, first, second, 0));
  return json === undefined ? undefined : JSON.parse(json) ?? undefined;
}

/** @param {object} element @param {string} name @param {string} [first] @param {string} [second] @param {number} [number] */
function tell(element, name, first = '', second = '', number = 0) {
  return /** @type {string} */ (shells.get(element)?.call((raw) => raw.order(name, first, second, number)) || 'unknown');
}

/** Keeps a picture and gives its name. @param {object} element @param {Blob} original */
export async function keepPicture(element, original) {
  const known = picture(element, await remember(element, original));
  repaint(element, known ? [known.name] : []);
  return known?.name ?? '';
}

/** A design may have waited for these. @param {object} element @param {string[]} names */
function repaint(element, names) {
  const wanted = ask(element, 'pictures') ?? [];
  if (names.some((name) => wanted.includes(name))) tell(element, 'repaint');
}

/** The members that `<anprobe-viewer>` gets; `this` is the element. @extends {HTMLElement} */
export class InArtwork {
  /** Keeps a picture on the page, without what its camera wrote into it; gives the name that layers have. @param {Blob} picture */
  remember(picture) {
    return keepPicture(this, picture);
  }

  /** The customer's own pictures that are in what is chosen, by name. */
  pictures() {
    const said = JSON.stringify(ask(this, 'configuration')?.values ?? {});
    return new Map([...pictures(this)].filter(([name]) => said.includes(name)));
  }

  /** The names of all that may be shown again, whether they are on this page or not. @returns {string[]} */
  get pictureNames() {
    return ask(this, 'pictures') ?? [];
  }

  /** Gives pictures back that `pictures()` gave, before what needs them is opened. @param {Map<string, Blob>} known */
  async restore(known) {
    const names = [...known.keys()].filter((name) => !picture(this, name));
    await restore(this, known);
    repaint(this, names);
  }

  /** The surface of a group of pictures or texts: its size, what it is made by, and from where it is seen. @param {string} group */
  surface(group) {
    return ask(this, 'surface', group);
  }

  /** What a group has on its surface, and what may go wrong: `layers` and `hints`. @param {string} group */
  artwork(group) {
    const found = ask(this, 'group', group);
    if (!found) return undefined;
    return ask(this, 'artwork', group, JSON.stringify(layersOf(found).map((layer) => sides(this, layer) ?? null)));
  }

  /**
   * Puts layers on a group's surface, the lowest first. What has the same number of a gesture, such as a drag, is one step.
   * @param {string} group @param {object[]} layers @param {{ gesture?: number }} [options]
   */
  setArtwork(group, layers, { gesture = 0 } = {}) {
    return tell(this, gesture ? 'adjust' : 'select', group, JSON.stringify(layers), gesture);
  }

  /** How a layer lies that a hand puts somewhere. @param {string} group @param {Motif} layer @param {object} hand */
  arranged(group, layer, hand) {
    const own = sides(this, layer);
    return own && ask(this, 'arranged', group, JSON.stringify({ ...hand, picture: layer.picture !== undefined, sides: own }));
  }

  /** Shows a group's edge and safe zone on the product, or none. @param {string} [group] */
  markSurface(group) {
    tell(this, 'mark', group);
  }

  /** Draws a surface onto a canvas as wide as the canvas. @param {string} group @param {HTMLCanvasElement} canvas */
  async drawSurface(group, canvas) {
    const width = ask(this, 'surface', group)?.sizeMm[0];
    const printed = width && ask(this, 'printed', group, JSON.stringify({ dpi: (canvas.width / width) * 25.4 }));
    if (!printed) return false;
    const bitmaps = await prepared(this, printed.layers);
    const context = canvas.getContext('2d');
    context?.clearRect(0, 0, canvas.width, canvas.height);
    if (context) draw(context, printed.layers, bitmaps);
    return true;
  }

  /** Everything on a group's surface as a PNG that knows its size, at its print resolution and with its bleed. @param {string} group */
  async printFile(group) {
    const printed = ask(this, 'printed', group, '{"bleed":true}');
    if (!printed) throw new Error(`${group} has no surface`);
    return printFile(this, printed);
  }

  /** The fonts that come with the element. */
  get fonts() {
    return [...fonts];
  }

  /** Makes a font ready; its families as CSS has them. @param {string} font @param {string} [text] */
  async loadFont(font, text = '') {
    await ready(font, text);
    return families(font);
  }
}

/** A group's answer as layers. @param {{ kind: string, value: any }} group @returns {Motif[]} */
function layersOf({ kind, value }) {
  if (Array.isArray(value)) return value;
  if (!value || typeof value === 'object') return value ? [value] : [];
  return [kind === 'text' ? { text: value } : { picture: value }];
}

/** @type {OffscreenCanvasRenderingContext2D | undefined} */
let ruler;

/** A layer's own width and height; none for a picture that is not here. @param {object} element @param {Motif} layer */
function sides(element, { text, font = '', picture: name }) {
  if (name !== undefined) {
    const known = picture(element, name);
    return known?.width ? [known.width, known.height] : undefined;
  }
  ruler ??= new OffscreenCanvas(1, 1).getContext('2d') ?? undefined;
  return ruler && measured(ruler, text ?? '', font).sides;
}
