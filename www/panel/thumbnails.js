/** @import { AnprobeViewer, ProductGroup } from '../anprobe.js' */

/**
 * Pictures of choices: *this* product with *that* choice, drawn by the viewer in idle time and kept by the code of what
 * they show. Which part of the product a group's pictures show is found in the pictures themselves: where its choices
 * differ.
 */

/** The whole product is drawn so large to find what differs. */
const SAMPLE_PX = 96;
/** Less of a picture than this is not worth showing: another side may have more. */
const LEAST_SHARE = 0.002;
/** As from the viewer's first view, from behind, from above. */
const SIDES = [0, 1, 2];
/** A swatch is cut from the largest disc that differs, with a little air, and never from less than this share. */
const DISC = 0.92;
const LEAST_DISC = 0.015;
const MOST_KEPT = 400;
/** Pictures that are on their way are looked for again so often, and so many milliseconds apart. */
const TRIES = 80;
const PAUSE_MS = 100;
/** The graphics are waited for so long: shaders may be on their way. */
const PATIENCE_MS = 60_000;

/** @typedef {{ side: number, place: number[], disc: number[] }} Patch */

/** By viewer, product and group: where its choices differ. @type {WeakMap<object, Map<string, Patch | null>>} */
const patches = new WeakMap();
/** Finished pictures, the latest last. @type {WeakMap<object, Map<string, HTMLCanvasElement>>} */
const kept = new WeakMap();
/** One picture after the other, whoever asks. */
let queue = Promise.resolve();

/**
 * Draws each choice of a group.
 * @param {AnprobeViewer} viewer @param {string} groupId
 * @param {{ round?: boolean, sizePx: number, signal: AbortSignal, draw: (choiceId: string, canvas: HTMLCanvasElement) => void }} options
 *   `sizePx` in CSS pixels; `draw` is called for each picture as it comes, with a canvas of its own
 */
export async function thumbnails(viewer, groupId, { round = false, sizePx, signal, draw }) {
  const group = viewer.option(groupId);
  if (!group?.choices.length) return;
  const codes = group.choices.map((choice) => (choice.taken ? viewer.code : viewer.codeWith(groupId, choice.id)));
  const pixels = Math.round(sizePx * Math.min(devicePixelRatio, 2));
  const known = kept.get(viewer) ?? new Map();
  kept.set(viewer, known);
  const key = (/** @type {string} */ code) => [viewer.product, viewer.cameraOrbit, groupId, round, pixels, code].join(' ');
  const missing = group.choices.filter((choice, at) => {
    const code = codes[at];
    const picture = known.get(key(code));
    if (picture) draw(choice.id, copy(picture));
    return code && !picture;
  });
  if (!missing.length) return;
  const turn = queue.then(async () => {
    const patch = await patchOf(viewer, group, codes, signal);
    for (const choice of missing) {
      if (signal.aborted) return;
      const code = codes[group.choices.indexOf(choice)];
      const canvas = document.createElement('canvas');
      canvas.width = canvas.height = pixels;
      const place = patch ? (round ? around(patch.disc) : patch.place) : [0, 0, 1, 1];
      // Nothing that a disc could be cut from: the shop's own colour is the better swatch.
      if (round && !patch) return;
      if (!await picture(viewer, canvas, code, { group: groupId, side: patch?.side ?? 0, place }, signal)) continue;
      known.set(key(code), canvas);
      for (const old of known.keys()) {
        if (known.size <= MOST_KEPT) break;
        known.delete(old);
      }
      if (!signal.aborted) draw(choice.id, copy(canvas));
    }
  });
  queue = turn.catch(() => {});
  return turn;
}

/** The square around a disc. @param {number[]} disc middle and radius, in shares */
function around([x, y, radius]) {
  const reach = Math.max(radius * DISC, LEAST_DISC);
  return [x - reach, y - reach, 2 * reach, 2 * reach];
}

/**
 * Where a group's choices differ; null when nowhere.
 * @param {AnprobeViewer} viewer @param {ProductGroup} group @param {string[]} codes @param {AbortSignal} signal
 * @returns {Promise<Patch | null>}
 */
async function patchOf(viewer, group, codes, signal) {
  const known = patches.get(viewer) ?? new Map();
  patches.set(viewer, known);
  const name = `${viewer.product} ${viewer.cameraOrbit} ${group.id}`;
  if (known.has(name)) return known.get(name) ?? null;
  /** @type {(Patch & { share: number }) | null} */
  let best = null;
  const different = [...new Set(codes.filter(Boolean))];
  // What is not chosen differs from what is: also where a group has one choice alone.
  if (!different.includes(viewer.code)) different.push(viewer.code);
  for (const side of different.length > 1 ? SIDES : []) {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = SAMPLE_PX;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    const area = SAMPLE_PX * SAMPLE_PX * 4;
    const all = new Uint8Array(different.length * area);
    let count = 0;
    for (const code of different) {
      if (signal.aborted) return null;
      if (!context || !await picture(viewer, canvas, code, { group: group.id, side, place: [0, 0, 1, 1] }, signal)) continue;
      all.set(context.getImageData(0, 0, SAMPLE_PX, SAMPLE_PX).data, area * count++);
    }
    const found = viewer.differing(all.subarray(0, area * count), SAMPLE_PX, SAMPLE_PX);
    if (found && found.share > (best?.share ?? 0)) best = { side, ...found };
    if (best && best.share > LEAST_SHARE) break;
  }
  if (!signal.aborted) known.set(name, best);
  return best;
}

/**
 * One picture, when the browser has nothing better to do; false when it cannot be had.
 * @param {AnprobeViewer} viewer @param {HTMLCanvasElement} canvas @param {string} code
 * @param {{ group: string, side: number, place: number[] }} from @param {AbortSignal} signal
 */
async function picture(viewer, canvas, code, from, signal) {
  for (let attempt = 0; attempt < TRIES && !signal.aborted; attempt++) {
    await idle();
    await stands(viewer);
    if (signal.aborted || !viewer.isConnected) return false;
    const drawn = viewer.loaded ? viewer.preview(canvas, code, from) : 'later';
    if (drawn === 'more') {
      attempt -= 1;
      continue;
    }
    if (drawn === 'drawn') await stands(viewer);
    if (drawn !== 'later') return drawn === 'drawn';
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return false;
}

/** @param {AnprobeViewer} viewer */
async function stands(viewer) {
  const since = performance.now();
  while (!viewer.previewStands && performance.now() - since < PATIENCE_MS) await new Promise((resolve) => setTimeout(resolve, 30));
}

function idle() {
  return new Promise((resolve) => {
    // Safari has no idle time to give.
    if ('requestIdleCallback' in globalThis) requestIdleCallback(resolve, { timeout: 500 });
    else setTimeout(resolve, 16);
  });
}

/** @param {HTMLCanvasElement} picture */
function copy(picture) {
  const canvas = document.createElement('canvas');
  canvas.width = picture.width;
  canvas.height = picture.height;
  canvas.getContext('2d')?.drawImage(picture, 0, 0);
  return canvas;
}
