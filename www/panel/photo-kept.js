/** @import { AnprobePanel } from './panel.js' */
/** @import { Design } from './kept.js' */
import { captured } from './design.js';
import { freshId, kept } from './kept.js';

/** Pictures with an upgrade in them, kept on the device as designs are. */

/** What a section does with a design that is opened. @type {WeakMap<object, (picture: Blob, photo: NonNullable<Design['photo']>) => Promise<unknown>>} */
const takers = new WeakMap();

/** @param {AnprobePanel} panel @param {(picture: Blob, photo: NonNullable<Design['photo']>) => Promise<unknown>} take */
export function taken(panel, take) {
  takers.set(panel, take);
}

/**
 * The picture as pixels alone: where and when it was taken, and with what, is not kept.
 * @param {ImageBitmap} bitmap
 */
export async function bare(bitmap) {
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 });
}

/** Keeps what is seen. @param {AnprobePanel} panel @param {Blob} picture without notes of its camera @param {number} focal */
export async function keepPhoto(panel, picture, focal) {
  const place = await kept();
  const all = await place.designs();
  let number = 1;
  while (all.some(({ name }) => name === panel.say('photo-name', number))) number += 1;
  const { numbers, brighter, view } = /** @type {NonNullable<typeof panel.viewer.photo>} */ (panel.viewer.photo);
  const { design, pictures } = await captured(panel, 'design', panel.say('photo-name', number));
  const name = `photo-${freshId()}`;
  design.photo = { name, focal, numbers, brighter, view };
  design.pictures = [...design.pictures, name];
  await place.put([{ design, pictures: new Map([...pictures, [name, picture]]) }]);
  return design;
}

/** Opens a design with its picture. @param {AnprobePanel} panel @param {Design} design */
export async function reopen(panel, design) {
  const { viewer } = panel;
  const pictures = await (await kept()).pictures(design.pictures);
  const picture = design.photo && pictures.get(design.photo.name);
  if (design.photo) pictures.delete(design.photo.name);
  await viewer.restore(pictures);
  if (viewer.open(design.code) === 'unknown') return panel.toast(panel.say('keep-code'));
  if (design.owned && viewer.configuration?.owned !== design.owned) viewer.owned = design.owned;
  panel.reveal('anprobe-photo');
  const { photo } = design;
  if (!picture || !photo) return undefined;
  // The section may be on its way.
  for (let tries = 0; tries < 100 && !takers.has(panel); tries += 1) await new Promise((resolve) => { setTimeout(resolve, 50); });
  await takers.get(panel)?.(picture, photo);
  return panel.toast(panel.say('keep-opened', design.name), { act: { text: panel.say('keep-back'), run: () => viewer.undo() } });
}
