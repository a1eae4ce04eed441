/** @import { Shell } from './shell.js' */
/** @import { Stage } from './stage.js' */

/** A picture that takes longer is felt: those that come while something moves have fewer pixels. */
const SLOW_MS = 60;
/** So long may those take, and so fine are they, as shares of the element's width and height. */
const MOVING_MS = 30;
const FINENESS = [1, 0.7, 0.5, 0.35, 0.25];
/** When even those take so long, the camera jumps. */
const STILL_MS = 80;
/** When nothing has moved for so long, the picture is drawn as fine as the screen is … */
const REST_MS = 250;
/** … in parts, so that whoever comes meanwhile waits for one: as long as this, or so many times what the least takes. */
const PART_MS = 16;
const PART_SHARE = 1.5;
/** Nobody has done anything for so long: other pictures may be drawn. */
const CALM_MS = 1000;
/** The first part's share of a pass, and the least rows of any. */
const FIRST_SHARE = 1 / 32;
const LEAST_ROWS = 8;
/** The triangles come in slices, too, of which there are so many at most. */
const MOST_SLICES = 12;
/** A slice that takes less was for nothing. */
const QUICK_MS = 6;
/** What comes below may be more work: a part is at most so many times as high as the one before. */
const GROWTH = 1.4;
/** As a pass: the shadows that are to change. */
const SHADOWS = 0xffff_ffff;
/** When others draw again and again between two parts, the picture is drawn in one. */
const TRIES = 4;

/** Under this name an element tells, for tests, whether its picture is not yet what it will be. */
const PENDING = Symbol.for('anprobe.pending');
/**
 * What is known of an element's graphics: until when no other picture is to be asked for, milliseconds; in how many slices
 * pictures come, so that whoever taps meanwhile waits for one; whether slow ones are at a picture.
 * @typedef {{ stage: Stage, calm: number, slices: number, isDrawing: () => boolean }} Pace
 */
/** @type {WeakMap<object, Pace>} */
const paces = new WeakMap();

/**
 * When somebody last did something on the page: who scrolls taps next, and must not wait for a small picture's shader. What
 * scrolls within a shadow tree is told by the wheel or the finger alone.
 */
let touched = 0;
let isListening = false;
function listen() {
  if (isListening) return;
  isListening = true;
  for (const event of ['scroll', 'wheel', 'touchmove', 'pointerdown', 'keydown']) {
    addEventListener(event, () => { touched = performance.now(); }, { capture: true, passive: true });
  }
}

/** Whether slow graphics have a better picture to draw than any other, or may have soon. @param {any} element */
export function isPacing(element) {
  const known = paces.get(element);
  if (!known) return element[PENDING]?.();
  const calm = Math.max(known.calm, known.slices > 1 ? touched + CALM_MS : 0);
  return element[PENDING]?.() || performance.now() < calm;
}

/** In how many slices a small picture comes. @param {object} element */
export function slices(element) {
  return paces.get(element)?.slices ?? 1;
}

/** Whether slow graphics are at a picture. @param {object} element */
export function isDrawing(element) {
  return paces.get(element)?.isDrawing() ?? false;
}

/** After a slice: what is drawn so quickly needs none. @param {object} element */
export async function judgeSlice(element) {
  const known = paces.get(element);
  if (!known) return;
  const start = performance.now();
  await drained(known.stage);
  if (performance.now() - start < QUICK_MS) known.slices = 1;
}

/**
 * Where graphics are slow, what was tapped is painted before the picture that comes of it, and pictures are coarse until
 * nothing moves any more: a button that does not answer is pressed twice. Elsewhere page and picture are of one frame.
 * @param {Shell} shell @param {Stage} stage on which it stands
 */
export function pace({ element, host }, stage) {
  if (!host) return;
  listen();
  /** @type {Pace} */
  const known = { stage, calm: 0, slices: 1, isDrawing: () => slow && busy };
  paces.set(element, known);
  const { raw } = host;
  const frame = host.frame.bind(host);
  const redraw = host.redraw.bind(host);
  const resize = raw.resize.bind(raw);
  /** What the element last said of its size. @type {number[]} */
  let size = [];
  /** Of `FINENESS`: what the viewer draws, and what is quick enough while something moves. */
  let [drawn, moving] = [0, 0];
  let [slow, busy, waits, resting] = [false, false, false, false];
  /** What the last whole picture took, and the last of any. */
  let [before, coarse] = [0, 0];
  let [rest, turns] = [0, 0];
  /** While the size changes: the viewer has asked for a picture. @type {boolean | undefined} */
  let asked;

  /** @param {number} step */
  const resized = (step) => {
    const [width, height, ratio, ...pixels] = size;
    const [x, y] = pixels.map((side) => Math.max(1, Math.round(side * FINENESS[step])));
    drawn = step;
    asked = false;
    host.call(() => resize(width, height, ratio * FINENESS[step], x, y));
    const wanted = asked;
    asked = undefined;
    return wanted;
  };
  raw.resize = (/** @type {number[]} */ ...said) => {
    size = said;
    if (resized(0)) host.redraw();
  };
  host.redraw = () => {
    if (asked === undefined) {
      resting = false;
      redraw();
    } else {
      asked = true;
    }
  };

  /** @param {number} step of what was drawn @param {number} ms */
  const learn = (step, ms) => {
    const whole = ms / FINENESS[step] ** 2;
    // The first pictures wait for pipelines and uploads: one alone says nothing.
    slow = whole > SLOW_MS && (step > 0 || before > SLOW_MS);
    if (step === 0) before = ms;
    coarse = ms;
    const enough = FINENESS.findIndex((share) => whole * share ** 2 < MOVING_MS);
    // The first picture alone may be slow for its pipelines: whoever draws in slices finds out.
    known.slices = ms > SLOW_MS || slow ? Math.min(MOST_SLICES, Math.max(1, Math.round(ms / PART_MS))) : 1;
    moving = slow ? (enough < 0 ? FINENESS.length - 1 : enough) : 0;
  };

  /**
   * One picture, part by part; whoever waits is served between two of them. Each band of rows has all slices of the
   * triangles. Answers with the milliseconds that the graphics took, none where it came to nothing.
   * @param {number} now milliseconds @param {boolean} banded not all rows at once @param {() => boolean} goesOn
   */
  const inParts = async (now, banded, goesOn) => {
    const { background } = getComputedStyle(element);
    const height = Math.max(1, Math.round(size[4] * FINENESS[drawn]));
    // Bands are small already. How many passes there are is known after the first part, so that there are two.
    const many = Math.max(2, banded ? Math.ceil(known.slices / 2) : known.slices);
    let rows = banded ? Math.max(LEAST_ROWS, Math.floor(height * FIRST_SHARE)) : height;
    let [pass, passes, top, slice, band, sum, last, least] = [0, 0, 0, 0, 0, 0, false, Infinity];
    do {
      const start = performance.now();
      const bottom = Math.min(height, top + rows);
      last = pass === passes - 1 && bottom === height && slice === many - 1;
      passes = host.call((raw) => raw.part(now / 1000, background, pass, top, bottom, slice, many, last)) ?? 0;
      await drained(stage);
      const ms = performance.now() - start;
      sum += ms;
      band = Math.max(band, ms);
      slice = (slice + 1) % many;
      if (slice === 0) {
        least = Math.min(least, band);
        if (banded) rows = Math.max(LEAST_ROWS, Math.round((bottom - top) * Math.min(GROWTH, Math.max(PART_MS, PART_SHARE * least) / band)));
        [pass, top] = bottom === height ? [pass + 1, 0] : [pass, bottom];
        band = 0;
      }
      await new Promise((resolve) => setTimeout(resolve));
    } while (goesOn() && pass < passes && !last);
    return last && passes ? sum : undefined;
  };

  /** The shadows that changed, slice by slice; false when it came to nothing. @param {() => boolean} goesOn */
  const shade = async (goesOn) => {
    // One more for what is made of them.
    const many = known.slices + 1;
    for (let slice = 0; slice < many; slice += 1) {
      const passes = host.call((raw) => raw.part(0, '', SHADOWS, 0, 0, slice, many, false));
      await drained(stage);
      await new Promise((resolve) => setTimeout(resolve));
      if (!passes || !goesOn()) return false;
    }
    return true;
  };

  /** The picture as fine as the screen, with its shadows. */
  const sharpen = async () => {
    if (!host.raw) return;
    resting = true;
    const turn = turns += 1;
    const goesOn = () => resting && turn === turns;
    resized(0);
    const now = performance.now();
    for (let tries = 0; goesOn() && tries < TRIES; tries += 1) {
      if (await shade(goesOn) && await inParts(now, true, goesOn)) break;
      // Whole, as a last resort.
      if (tries === TRIES - 1 && goesOn()) return redraw();
    }
    if (goesOn()) resting = false;
  };

  /** @param {number} now @param {boolean} alone no other picture is on its way */
  const draw = async (now, alone) => {
    const step = resting ? 0 : moving;
    resting = false;
    if (step !== drawn) resized(step);
    // A turn in six pictures a second is none: one shows where it ends.
    if (slow && coarse > STILL_MS) host.call((raw) => raw.command('jumpCameraToGoal'));
    if (!alone) return frame(now);
    busy = true;
    const sized = size;
    let ms = slow && step > 0 ? await inParts(now, false, () => Boolean(host.raw) && size === sized) : undefined;
    if (ms === undefined) {
      const start = performance.now();
      frame(now);
      await drained(stage);
      ms = performance.now() - start;
    }
    busy = false;
    learn(step, ms);
    const again = waits;
    waits = false;
    if (again) redraw();
    else if (drawn > 0) rest = setTimeout(sharpen, REST_MS);
  };
  host.frame = (now) => {
    clearTimeout(rest);
    if (!slow) return draw(now, !busy);
    known.calm = performance.now() + CALM_MS;
    // More than one on its way, and the page waits for all of them.
    waits = busy;
    if (busy) return;
    busy = true;
    // When the page of this frame is on the screen: what is given to the graphics before it is painted before it.
    requestAnimationFrame(() => requestAnimationFrame((then) => draw(then, true)));
  };
  Object.assign(element, { [PENDING]: () => (slow && busy) || resting || drawn > 0 });
}

/** When the graphics have done all that they were given. @param {Stage} stage */
async function drained({ raw, canvas }) {
  const queue = raw?.device?.()?.queue;
  if (queue) return queue.onSubmittedWorkDone();
  const gl = canvas?.getContext('webgl2');
  const fence = gl?.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  if (!gl || !fence) return;
  gl.flush();
  const passed = () => gl.isContextLost() || gl.getSyncParameter(fence, gl.SYNC_STATUS) === gl.SIGNALED;
  while (!passed()) await new Promise((resolve) => setTimeout(resolve, 4));
  gl.deleteSync(fence);
}
