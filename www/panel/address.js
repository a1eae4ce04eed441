/** @import { AnprobeViewer } from '../anprobe.js' */
import { bring } from './returned.js';

/**
 * Configurations in the page's address: `#config=CODE` is what is chosen, `#a=CODE&b=CODE` are two to be compared. Where a
 * page has several products, `for=ID` names the one that is meant, by the id in its product file.
 */

const CODE = /^[\w-]{3,200000}$/;
/** What a link says of a design; with `line` and `set` the cart's own link says what is to be replaced there. */
const OURS = ['config', 'a', 'b', 'for', 'line', 'set'];
/** Longer ones are cut by mail programs and messengers. */
export const LONGEST_LINK = 8000;

/**
 * A link to what a viewer shows.
 * @param {AnprobeViewer} viewer @param {string} [code]
 */
export function linkTo(viewer, code = viewer.code) {
  const url = new URL(location.href);
  // What the shop has in its own addresses, such as a chosen language, stays.
  const said = new URLSearchParams(url.hash.slice(1));
  for (const key of OURS) said.delete(key);
  const rest = [...said].every(([, value]) => value) ? [...said] : [];
  const own = document.querySelectorAll('anprobe-viewer[product]').length > 1 && viewer.sheet ? [['for', viewer.sheet.id]] : [];
  url.hash = String(new URLSearchParams([...rest, ['config', code], ...own]));
  return url.href;
}

/**
 * Takes what the page's address says: `config` where the page's viewer has none of its own, and two to be compared. The
 * address may change while the page is open, and then it counts. Ends with the signal.
 * @param {AnprobeViewer} viewer @param {AbortSignal} [signal] @param {() => void} [unread] what happens when a code cannot be read
 */
export function readAddress(viewer, signal, unread) {
  take(viewer, !viewer.getAttribute('config'), signal, unread);
  addEventListener('hashchange', () => take(viewer, true, signal, unread), { signal });
}

/** @param {AnprobeViewer} viewer @param {boolean} open whether it may be opened @param {AbortSignal} [signal] @param {() => void} [unread] */
function take(viewer, open, signal, unread) {
  const said = new URLSearchParams(location.hash.slice(1));
  const [config, a, b] = ['config', 'a', 'b'].map((key) => said.get(key) ?? '').map((code) => (CODE.test(code) ? code : ''));
  const isBroken = open && !config && said.has('config');
  if (!config && !a && !b && !isBroken) return;
  const act = async () => {
    const meant = said.get('for');
    if (meant && viewer.sheet?.id !== meant) return;
    const unknown = isBroken || (config && open && viewer.code !== config && viewer.open(config) === 'unknown');
    if (a || b) await bring(viewer, [a, b]);
    if (signal?.aborted) return;
    if (((a || b) && viewer.compare({ a, b }) === 'unknown') || unknown) unread?.();
  };
  if (viewer.configuration) return act();
  // Before the product stands; an attribute would be there for the first picture, but may be meant for another product.
  // Nor need it be an element of ours yet.
  if (config && open && !said.get('for')) viewer.setAttribute('config', config);
  viewer.addEventListener('configuration-change', act, { once: true, signal });
}
