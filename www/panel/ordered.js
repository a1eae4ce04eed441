/** @import { AnprobePanel } from './panel.js' */
import { captured, productOf } from './design.js';
import { kept } from './kept.js';

/** So many of the latest. */
const MOST = 20;

/**
 * Keeps what a shop was asked for, where it has pictures of the customer's: a cart's link brings the code alone.
 * @param {AnprobePanel} panel
 */
export async function keepOrdered(panel) {
  const { viewer } = panel;
  if (!viewer.pictures().size) return;
  try {
    const entry = await captured(panel, 'ordered', viewer.sheet?.name || panel.say('buy-title'));
    entry.design.id = `ordered ${productOf(panel)} ${entry.design.code}`;
    const place = await kept();
    const older = (await place.designs()).filter(({ kind, id }) => kind === 'ordered' && id !== entry.design.id).slice(MOST - 1);
    await place.put([entry]);
    if (older.length) await place.remove(older.map(({ id }) => id));
  } catch {
    // There is no room: the order counts.
  }
}
