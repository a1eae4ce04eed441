/** @import { AnprobeViewer } from '../anprobe.js' */
import { hasKept, kept, news } from './kept.js';

/** What is there again when a customer comes back: their own pictures, and what they have. */

/**
 * Brings the pictures back that designs with these codes need, as far as they are on this device.
 * @param {AnprobeViewer} viewer @param {string[]} codes
 */
export async function bring(viewer, codes) {
  try {
    if (!await hasKept()) return;
    const place = await kept();
    const names = (await place.designs()).filter(({ code }) => codes.includes(code)).flatMap(({ pictures }) => pictures);
    if (names.length) await viewer.restore(await place.pictures(names));
  } catch {
    // It is shown without them.
  }
}

/**
 * Follows what a viewer shows: gives it the pictures that it lacks, and what the customer has last said to have, where
 * the page says nothing of it. Ends with the signal.
 * @param {AnprobeViewer} viewer @param {AbortSignal} signal
 */
export function follow(viewer, signal) {
  /** Names of pictures that this device was asked for. @type {Set<string>} */
  const asked = new Set();
  let product = '';
  const look = async () => {
    if (!viewer.configuration) return;
    const fresh = (viewer.pictureNames ?? []).filter((name) => !asked.has(name));
    const isOther = viewer.product !== product;
    product = viewer.product ?? '';
    if (!fresh.length && !isOther) return;
    for (const name of fresh) asked.add(name);
    if (!await hasKept()) return;
    const place = await kept();
    if (isOther) await remind(viewer, signal);
    const there = viewer.pictures();
    const found = await place.pictures(fresh.filter((name) => !there.has(name)));
    if (found.size && !signal.aborted) await viewer.restore(found);
  };
  // Where nothing can be read it is shown without.
  const tried = () => look().catch(() => undefined);
  viewer.addEventListener('configuration-change', tried, { signal });
  news.addEventListener('change', () => {
    asked.clear();
    void tried();
  }, { signal });
  void tried();
}

/** @param {AnprobeViewer} viewer @param {AbortSignal} signal */
async function remind(viewer, signal) {
  if (viewer.hasAttribute('owned') || !viewer.product) return;
  const address = new URL(viewer.product, document.baseURI).href;
  const mine = (await (await kept()).designs()).find(({ kind, product, isPresent }) => kind === 'owned' && isPresent && product === address);
  if (mine && !signal.aborted && !viewer.configuration?.owned) viewer.owned = mine.code;
}
