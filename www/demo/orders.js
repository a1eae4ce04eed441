/** From the panel's `anprobe-action` into the demo's cart. With a server there would be a request here. */
/** @import { AnprobeViewer, ProductAction, ProductActionAnswer } from '../anprobe.js' */
import { entries, keep } from './cart-kept.js';
import { word } from './words.js';

/** A picture in the cart, in pixels. */
const PICTURE = 192;

/**
 * @param {AnprobeViewer} viewer @param {string} product @param {() => void} done
 */
export function takeOrders(viewer, product, done) {
  /** What came from the cart to be edited. */
  let line = '';
  // Once: the link to the content may take its place in the address.
  const read = () => {
    const said = new URLSearchParams(location.hash.slice(1));
    if (said.has('config')) line = said.get('line') ?? '';
  };
  read();
  addEventListener('hashchange', read);
  // The customer's own pictures the panel keeps on this device.
  viewer.addEventListener('anprobe-action', ({ detail }) => detail.respond(take(detail)));

  /** @param {ProductAction} order @returns {Promise<ProductActionAnswer>} */
  async function take(order) {
    const { action, code, lines, currency, digits } = order;
    const all = entries();
    // It takes its old place.
    const at = action === 'buy' || action === 'quote' ? all.findIndex(({ id }) => id === line) : -1;
    const entry = {
      id: at < 0 ? [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, '0')).join('') : all[at].id,
      product, name: order.name || lines[0]?.name || viewer.sheet?.name || '', action, code, lines, currency, digits,
      quantity: at < 0 ? 1 : all[at].quantity,
      files: code ? (await order.files()).map(({ name, size }) => ({ name, bytes: size })) : [],
      picture: code ? await small(order) : '',
    };
    if (action === 'buy' || action === 'quote') entry.name = viewer.sheet?.name ?? entry.name;
    if (order.owned) entry.name += `: ${lines.map(({ name }) => name).join(', ')}`;
    if (at < 0) all.push(entry);
    else all[at] = entry;
    if (!keep(all)) return { error: word('full') };
    done();
    const answer = { text: word(at < 0 ? `added-${action}` : 'changed'), href: 'cart.html' };
    // What the shop's server would answer when it is paid, and ask for where the file lies. The demo's files lie open.
    return action === 'print' ? { ...answer, token: entry.id } : answer;
  }
}

/** @param {ProductAction} order */
async function small(order) {
  try {
    const bitmap = await createImageBitmap(await order.picture(), { resizeWidth: PICTURE, resizeHeight: PICTURE, resizeQuality: 'high' });
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = PICTURE;
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
    return canvas.toDataURL('image/webp', 0.8).split(',')[1] ?? '';
  } catch {
    // The order counts, not its picture.
    return '';
  }
}
