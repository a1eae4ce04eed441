/** @import { AnprobePanel } from './panel.js' */
/** @import { Design, Entry, Place } from './kept.js' */
import { captured, productOf } from './design.js';
import { freshId, kept } from './kept.js';
import './words-keep.js';

/** What customers have: kept among their products, and what upgrades and comparisons begin with. */

/** Keeps what is set up as theirs. @param {AnprobePanel} panel */
export async function own(panel) {
  const known = await theirs(panel);
  const same = known.find(({ code }) => code === panel.viewer.code);
  if (same) return begin(panel, { design: same, pictures: new Map() }, known);
  const plain = panel.say('keep-mine', panel.viewer.sheet?.name ?? '').trim();
  let name = plain;
  for (let number = 2; known.some((other) => other.name === name); number += 1) name = `${plain} ${number}`;
  const entry = await captured(panel, 'owned', name);
  return entry.design.code ? begin(panel, entry, known) : undefined;
}

/** Makes a design, or one of their products, what they have. @param {AnprobePanel} panel @param {Design} design */
export async function ownDesign(panel, design) {
  const known = await theirs(panel);
  const same = known.find(({ code }) => code === design.code);
  if (same) return begin(panel, { design: same, pictures: new Map() }, known);
  const pictures = await (await kept()).pictures(design.pictures);
  return begin(panel, { design: { ...design, id: freshId(), kind: 'owned', savedMs: Date.now() }, pictures }, known);
}

/** They have another one; their products stay. @param {AnprobePanel} panel @param {string} text says that it is done */
export async function disown(panel, text) {
  const { viewer } = panel;
  const before = viewer.owned;
  const present = (await theirs(panel)).filter(({ isPresent }) => isPresent);
  viewer.owned = null;
  await put(panel, present.map((design) => ({ ...design, isPresent: false })));
  panel.toast(text, { act: { text: panel.say('keep-back'), run: async () => {
    viewer.owned = before;
    await put(panel, present);
  } } });
}

/** @param {AnprobePanel} panel @returns {Promise<Design[]>} their products of this kind */
async function theirs(panel) {
  const all = await (await kept()).designs().catch(() => /** @type {Design[]} */ ([]));
  return all.filter(({ kind, product }) => kind === 'owned' && product === productOf(panel));
}

/** @param {AnprobePanel} panel @param {Entry} entry @param {Design[]} known */
async function begin(panel, { design, pictures }, known) {
  const { viewer } = panel;
  const before = viewer.owned;
  const others = known.filter(({ id, isPresent }) => isPresent && id !== design.id);
  viewer.owned = design.code;
  const entries = [{ design: { ...design, isPresent: true }, pictures }, ...others.map((other) => ({ design: { ...other, isPresent: false }, pictures: new Map() }))];
  // For this visit it holds all the same.
  if (!await tried(panel, (place) => place.put(entries))) return;
  panel.toast(panel.say('keep-had', design.name), { act: { text: panel.say('keep-back'), run: async () => {
    viewer.owned = before;
    const isKnown = known.some(({ id }) => id === design.id);
    await put(panel, isKnown ? [design, ...others] : others);
    if (!isKnown) await tried(panel, (place) => place.remove([design.id]));
  } } });
}

/** @param {AnprobePanel} panel @param {Design[]} designs whose pictures are there */
async function put(panel, designs) {
  if (designs.length) await tried(panel, (place) => place.put(designs.map((design) => ({ design, pictures: new Map() }))));
}

/** Does what may fail for want of room, and says so. @param {AnprobePanel} panel @param {(place: Place) => Promise<void>} act */
export async function tried(panel, act) {
  try {
    await act(await kept());
    return true;
  } catch {
    panel.toast(panel.say('keep-full'));
    return false;
  }
}
