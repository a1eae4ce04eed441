/** @import { AnprobeViewer, ProductUpgrade } from '../anprobe.js' */
import { say } from './words.js';

/** @typedef {NonNullable<AnprobeViewer['comparison']>} Comparison */

/** What the two sides of a comparison are called: the left one, and the right one. */

/**
 * @param {AnprobeViewer} viewer @param {Pick<Comparison, 'a' | 'b'>} comparison
 * @returns {[string, string]}
 */
export function sidesOf(viewer, { a, b }) {
  const { owned } = viewer.configuration ?? {};
  if (!owned || a !== owned) return [say(viewer, 'upgrade-side-first'), say(viewer, 'upgrade-side-second')];
  return [say(viewer, 'upgrade-side-mine'), say(viewer, upgradeTo(viewer, b) ? 'upgrade-side-upgrade' : 'upgrade-side-chosen')];
}

/** The upgrade that ends at a code. @param {AnprobeViewer} viewer @param {string} code @returns {ProductUpgrade | undefined} */
export function upgradeTo(viewer, code) {
  return viewer.upgrades().find((upgrade) => upgrade.code === code);
}
