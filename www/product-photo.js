/** @import { Shell } from './shell.js' */
/** @import { Stage } from './stage.js' */
import { isDrawing } from './product-pace.js';

/**
 * A picture of the thing that is owned, behind it: shown, aligned, and drawn into. Pictures stay on the page; what is meant by
 * each move is decided in Rust.
 */

/** A photo is no larger on the page: so much can every phone draw. */
const LONGEST = 2048;
/** The camera's notes are in the beginning of a file. */
const NOTES = 1 << 18;
/** From so wide a copy the light is read. */
const SMALL = 96;

/** @typedef {{ bitmap: ImageBitmap, focal: number, state?: any }} Shown */

/** @type {WeakMap<object, Shell>} */
const shells = new WeakMap();
/** What each is drawn on. @type {WeakMap<object, Stage>} */
const stages = new WeakMap();
/** @type {WeakMap<object, Shown>} */
const shown = new WeakMap();

/** An element's present shell; a new instance gets the picture back, once it knows again what is owned. @param {Shell} shell @param {Stage} stage */
export function expose(shell, stage) {
  const { element } = shell;
  const known = shown.get(element);
  shells.set(element, shell);
  stages.set(element, stage);
  if (!known) return;
  // What is owned is known before the model stands, on which the picture is laid.
  const events = ['configuration-change', 'load'];
  const end = () => events.forEach((name) => element.removeEventListener(name, back));
  const back = async () => {
    if (shown.get(element) !== known || shells.get(element) !== shell) return end();
    if (!(/** @type {any} */ (element).configuration?.owned) || await show(element, known) !== 'shown') return;
    end();
    const { state } = known;
    if (!state) return;
    ask(element, (raw) => raw.photoAlign(new Float32Array(state.numbers)));
    set(element, 'brighter', state.brighter);
    set(element, 'view', ['align', 'before', 'after'].indexOf(state.view));
  };
  events.forEach((name) => element.addEventListener(name, back));
}

/** @template T @param {object} element @param {(raw: any) => T} act @returns {T | undefined} */
function ask(element, act) {
  return shells.get(element)?.call(act);
}

/** @param {object} element @param {string} name @param {number} number */
function set(element, name, number) {
  ask(element, (raw) => raw.photoSet(name, number));
}

/** @param {object} element @param {Shown} photo @returns {Promise<'shown' | 'not-owned' | 'refused'>} */
async function show(element, { bitmap, focal }) {
  let came = ask(element, (raw) => raw.photo(bitmap, focal));
  if (came === 2) {
    await stages.get(element)?.equip();
    came = ask(element, (raw) => raw.photo(bitmap, focal));
  }
  if (came === 3) {
    const { data, width, height } = pixels(bitmap, bitmap.width);
    came = ask(element, (raw) => raw.photoPixels(width, height, data, focal));
  }
  if (came !== 1) return came === 0 ? 'not-owned' : 'refused';
  const { data, width } = pixels(bitmap, SMALL);
  ask(element, (raw) => raw.photoLight(data, width));
  return 'shown';
}

/** A copy of this width as bytes. @param {ImageBitmap} bitmap @param {number} width */
function pixels(bitmap, width) {
  const height = Math.max(1, Math.round(width * bitmap.height / bitmap.width));
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true }));
  context.drawImage(bitmap, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  return { data: new Uint8Array(data.buffer), width, height };
}

/** Upright, and no larger than a texture may be. @param {Blob} file */
async function upright(file) {
  const whole = await createImageBitmap(file);
  const scale = LONGEST / Math.max(whole.width, whole.height);
  if (scale >= 1) return whole;
  const [resizeWidth, resizeHeight] = [whole.width, whole.height].map((side) => Math.max(1, Math.round(side * scale)));
  const small = await createImageBitmap(whole, { resizeWidth, resizeHeight, resizeQuality: 'high' });
  whole.close();
  return small;
}

/** The members that `<anprobe-viewer>` gets; `this` is the element. @extends {HTMLElement} */
export class InPhoto {
  /**
   * Shows a picture of what is owned behind its outline.
   * @param {Blob | ImageBitmap} picture @param {{ focal?: number }} [lens] millimetres on 35-mm film; else as the file says
   * @returns {Promise<'shown' | 'not-owned' | 'unreadable' | 'refused'>}
   */
  async showPhoto(picture, { focal = 0 } = {}) {
    let bitmap = picture;
    if (bitmap instanceof Blob) {
      const notes = new Uint8Array(await bitmap.slice(0, NOTES).arrayBuffer());
      focal ||= ask(this, (raw) => raw.focalOf(notes)) ?? 0;
      try {
        bitmap = await upright(bitmap);
      } catch {
        return 'unreadable';
      }
    }
    const before = shown.get(this);
    const photo = { bitmap, focal };
    const came = await show(this, photo);
    if (came === 'shown') {
      shown.set(this, photo);
      if (before?.bitmap !== bitmap) before?.bitmap.close();
    }
    return came;
  }

  /** The next picture of a film, from the same camera. @param {ImageBitmap} bitmap */
  nextPhoto(bitmap) {
    const known = shown.get(this);
    // Slow graphics would have nothing but films to take in, and never end a picture.
    if (!known || isDrawing(this)) return bitmap.close();
    ask(this, (raw) => raw.photoNext(bitmap));
    known.bitmap.close();
    known.bitmap = bitmap;
  }

  /** The picture, its camera and its marks; null while none is shown. */
  get photo() {
    const json = ask(this, (raw) => raw.photoState());
    const known = shown.get(this);
    if (!json || !known) return null;
    known.state = JSON.parse(json);
    return { ...known.state, width: known.bitmap.width, height: known.bitmap.height };
  }

  /** The picture itself, while one is shown: not to be closed. */
  photoPicture() {
    return shown.get(this)?.bitmap;
  }

  /** Moves the outline. @param {string} name @param {number} [first] @param {number} [second] */
  movePhoto(name, first = 0, second = 0) {
    ask(this, (raw) => raw.photoMove(name, first, second));
  }

  /** Sets one of the camera's numbers, `brighter`, `view` or `fit`. @param {string} name @param {number | string} value */
  setPhoto(name, value) {
    const words = { view: ['align', 'before', 'after'], fit: ['contain', 'cover'] }[name];
    set(this, name, words ? Math.max(0, words.indexOf(String(value))) : Number(value));
  }

  /** Lays the outline as `photo.numbers` had it. @param {number[]} numbers */
  alignPhoto(numbers) {
    return ask(this, (raw) => raw.photoAlign(new Float32Array(numbers))) ?? false;
  }

  /** Marks one of the product's points; without a place it is no longer marked. @param {string} id @param {number} [x] CSS pixels of the element @param {number} [y] */
  markPhoto(id, x, y) {
    if (x === undefined || y === undefined) ask(this, (raw) => raw.photoUnmark(id));
    else ask(this, (raw) => raw.photoMark(id, x, y));
  }

  /** Lays the outline as the marks say. */
  solvePhoto() {
    return JSON.parse(ask(this, (raw) => raw.photoSolve()) ?? '{"off":null,"code":"","points":[]}');
  }

  /** Back to the product alone. */
  endPhoto() {
    ask(this, (raw) => raw.photoEnd());
    shown.get(this)?.bitmap.close();
    shown.delete(this);
  }
}
