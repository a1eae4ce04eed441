/** @import { AnprobeViewer } from '../anprobe.js' */
/** @import { AnprobePanel, Section } from './panel.js' */

/**
 * What the panel mounts beside its own groups, in this order; each is fetched when it is first needed.
 * @typedef {object} Mount
 * @property {string} name names the part: `part="section NAME"`
 * @property {'body' | 'bar'} place below the groups (a name in the strip on a phone), or beside the price
 * @property {string} [title] key of its heading, in the body
 * @property {boolean} [open] whether it stands open on a desktop from the beginning
 * @property {(viewer: AnprobeViewer) => boolean} when whether there is something to show; must be cheap
 * @property {() => Promise<new (panel: AnprobePanel) => Section>} load
 */

/** The lead completes it. @type {Mount[]} */
export const SECTIONS = [];

/**
 * What opens over the panel: pictures and words on the product, and the customer's data. Absent: no button leads there.
 * @type {{ artwork?: (panel: AnprobePanel, group: string) => unknown, device?: (panel: AnprobePanel) => unknown }}
 */
export const OPENERS = {};
