/** @import { AnprobeViewer } from '../anprobe.js' */

/**
 * Configurations in the page's address: `#config=CODE` is what is chosen, `#a=CODE&b=CODE` are two to be compared. Where a
 * page has several products, `for=ID` names the one that is meant, by the id in its product file.
 */

const CODE = /^[\w-]{3,200000}$/;
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
  for (const key of ['config', 'a', 'b', 'for']) said.delete(key);
  const rest = [...said].every(([, value]) => value) ? [...said] : [];
  const own = document.querySelectorAll('anprobe-viewer[product]').length > 1 && viewer.sheet ? [['for', viewer.sheet.id]] : [];
  url.hash = String(new URLSearchParams([...rest, ['config', code], ...own]));
  return url.href;
}

/**
 * Takes what the page's address says: `config` where the page's viewer has none of its own, and two to be compared. The
 * address may change while the page is open, and then it counts. Ends with the signal.
 * @param {AnprobeViewer} viewer @param {AbortSignal} [signal]
 */
export function readAddress(viewer, signal) {
  take(viewer, !viewer.getAttribute('config'), signal);
  addEventListener('hashchange', () => take(viewer, true, signal), { signal });
}

/** @param {AnprobeViewer} viewer @param {boolean} open whether it may be opened @param {AbortSignal} [signal] */
function take(viewer, open, signal) {
  const said = new URLSearchParams(location.hash.slice(1));
  const [config, a, b] = ['config', 'a', 'b'].map((key) => said.get(key) ?? '').map((code) => (CODE.test(code) ? code : ''));
  if (!config && !a && !b) return;
  const act = () => {
    const meant = said.get('for');
    if (meant && viewer.sheet?.id !== meant) return;
    if (config && open && viewer.code !== config) viewer.open(config);
    if ((a || b) && 'compare' in viewer) /** @type {any} */ (viewer).compare({ a, b });
  };
  if (viewer.configuration) return act();
  // Before the product stands; an attribute would be there for the first picture, but may be meant for another product.
  // Nor need it be an element of ours yet.
  if (config && open && !said.get('for')) viewer.setAttribute('config', config);
  viewer.addEventListener('configuration-change', act, { once: true, signal });
}
