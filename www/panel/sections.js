/** @import { AnprobeViewer } from '../anprobe.js' */
/** @import { AnprobePanel, Section } from './panel.js' */
import './words-titles.js';

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

/** @type {Mount[]} */
export const SECTIONS = [
  { name: 'buy', place: 'bar', when: ({ sheet }) => !!sheet?.actions.length, load: async () => (await import('./buy.js')).Buy },
  { name: 'upgrades', place: 'body', title: 'upgrade-section', when: ({ sheet }) => !!sheet?.upgrades.length, load: async () => (await import('./upgrades.js')).Upgrades },
  { name: 'photo', place: 'body', title: 'photo-section', when: ({ sheet }) => !!sheet?.upgrades.length, load: async () => (await import('./photo.js')).PhotoSection },
  { name: 'print', place: 'body', title: 'printing-section', when: (viewer) => !!viewer.sheet && viewer.printable().length > 0, load: async () => (await import('./print.js')).Print },
  { name: 'space', place: 'body', title: 'space-section', when: () => true, load: async () => (await import('./space.js')).Space },
  { name: 'designs', place: 'body', title: 'keep-title', when: () => true, load: async () => (await import('./designs.js')).Designs },
  { name: 'share', place: 'body', title: 'share-title', when: () => true, load: async () => (await import('./share.js')).Share },
  { name: 'offers', place: 'body', title: 'buy-title', when: ({ sheet }) => !!sheet && sheet.actions.length + sheet.consumables.length > 1, load: async () => (await import('./buy.js')).Offers },
];

/**
 * What opens over the panel: pictures and words on the product, and the customer's data. Absent: no button leads there.
 * @type {{ artwork?: (panel: AnprobePanel, group: string) => unknown, device?: (panel: AnprobePanel) => unknown }}
 */
export const OPENERS = {
  artwork: async (panel, group) => (await import('./artwork.js')).openArtwork(panel, group),
  device: async (panel) => (await import('./device.js')).openDevice(panel),
};
