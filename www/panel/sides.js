/** @import { AnprobeViewer, ProductUpgrade } from '../anprobe.js' */
import { say } from './words.js';

/** @typedef {NonNullable<AnprobeViewer['comparison']>} Comparison */

/**
 * What the two sides of a comparison are called: the left one, and the right one.
 * @param {AnprobeViewer} viewer @param {Pick<Comparison, 'a' | 'b'>} comparison
 * @param {'side' | 'show'} [as] beside the picture, or on a button, where there is less room
 * @returns {[string, string]}
 */
export function sidesOf(viewer, { a, b }, as = 'side') {
  const { owned } = viewer.configuration ?? {};
  const mine = Boolean(owned) && a === owned;
  const keys = mine ? ['mine', upgradeTo(viewer, b) ? 'upgrade' : 'chosen'] : ['first', 'second'];
  return [say(viewer, `upgrade-${as}-${keys[0]}`), say(viewer, `upgrade-${as}-${keys[1]}`)];
}

/** The upgrade that ends at a code. @param {AnprobeViewer} viewer @param {string} code @returns {ProductUpgrade | undefined} */
export function upgradeTo(viewer, code) {
  return viewer.upgrades().find((upgrade) => upgrade.code === code);
}
