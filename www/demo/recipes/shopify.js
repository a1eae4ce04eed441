/** @import { AnprobeViewer, ProductAction } from '../../anprobe.js' */
/** @typedef {{ id: number, quantity: number, properties: Record<string, string> }} Item */

/**
 * Puts what a customer configured into a Shopify cart (Ajax API), one line item for each SKU; `_anprobe_code` is the code,
 * `_anprobe_set` ties the lines of one product together. Copy it into your theme and change what you like.
 *
 * The cart's link `/products/lumo#config={{ item.properties._anprobe_code }}&set={{ item.properties._anprobe_set }}` brings
 * the customer back; what comes then replaces those lines.
 * @param {AnprobeViewer} viewer
 * @param {{ variants: Record<string, number>, root?: string, missing?: string, offline?: string }} options `variants`: Shopify's
 *   variant id of each SKU; `root`: `window.Shopify.routes.root`; then what the customer reads when a SKU is not sold
 *   here, and when the network is gone
 */
export function sellWithShopify(viewer, { variants, root = '/', missing = 'This cannot be ordered here just now.', offline = 'The shop cannot be reached. Try again in a moment.' }) {
  viewer.addEventListener('anprobe-action', (event) => {
    const { detail } = /** @type {CustomEvent<ProductAction>} */ (event);
    if (detail.action === 'buy' || detail.action === 'reorder') detail.respond(add(detail));
  });

  /** @param {ProductAction} order */
  async function add({ lines }) {
    const said = new URLSearchParams(location.hash.slice(1));
    const replaced = said.get('set');
    const set = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    /** @type {Item[]} */
    const items = [];
    for (const { sku, quantity, properties } of lines) {
      if (!variants[sku]) return { error: missing };
      items.push({ id: variants[sku], quantity, properties: { ...properties, _anprobe_set: set } });
    }
    await ask('cart/add.js', { items });
    // The new lines are in the cart before the old ones go: nothing is lost between.
    if (replaced) {
      await remove(replaced);
      said.set('set', set);
      history.replaceState(null, '', `#${said}`);
    }
    return { href: `${root}cart` };
  }

  /** Takes the lines of an earlier set out. @param {string} set */
  async function remove(set) {
    const cart = await ask('cart.js');
    const old = cart.items.filter((/** @type {{ properties?: Record<string, string> }} */ { properties }) => properties?._anprobe_set === set);
    if (old.length) await ask('cart/update.js', { updates: Object.fromEntries(old.map((/** @type {{ key: string }} */ { key }) => [key, 0])) });
  }

  /** @param {string} path @param {object} [body] */
  async function ask(path, body) {
    const answer = await fetch(root + path, body && {
      method: 'POST', headers: { 'Content-Type': 'application/json', Accept: 'application/json' }, body: JSON.stringify(body),
    }).catch(() => { throw new Error(offline); });
    const said = await answer.json().catch(() => ({}));
    // { status: 422, message: 'Cart Error', description: 'All 3 Lumo are in your cart.' }
    if (!answer.ok) throw new Error(said.description || said.message || offline);
    return said;
  }
}
