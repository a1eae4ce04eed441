/** @import { AnprobeViewer, ProductAction } from '../../anprobe.js' */

/**
 * Puts what a customer configured into a WooCommerce cart (Store API), one item for each SKU. What belongs to an item is
 * sent as `anprobe`; the snippet in the README takes it over in PHP. Copy it into your theme and change what you like.
 *
 * WooCommerce charges what its products cost: a price per letter, per number or for a print, which has no SKU of its own
 * in the product file, needs a product of its own, or a server that prices the code.
 *
 * The cart's link `/product/lumo/#config=CODE&set=SET` brings the customer back; what comes then replaces those items.
 * @param {AnprobeViewer} viewer
 * @param {{ products: Record<string, number>, root?: string, cart?: string, missing?: string, offline?: string, twice?: string }} options
 *   `products`: WooCommerce's id of each SKU's product or variation; `root`: where the Store API is; `cart`: the cart's
 *   page; then what the customer reads when a SKU is not sold here, when the network is gone, and when the old items could
 *   not be taken out
 */
export function sellWithWooCommerce(viewer, {
  products, root = '/wp-json/wc/store/v1/', cart = '/cart/', missing = 'This cannot be ordered here just now.',
  offline = 'The shop cannot be reached. Try again in a moment.', twice = 'It is in your cart. The earlier one is still there, too: please remove it.',
}) {
  /** Each answer brings the next one. */
  let nonce = '';
  /** The set that the customer came back to change. */
  let replaced = '';
  /** Sets whose items are still to go. @type {Set<string>} */
  const gone = new Set();
  // Once: another link within the page may take its place in the address.
  const read = () => {
    const said = new URLSearchParams(location.hash.slice(1));
    if (said.has('config')) replaced = said.get('set') ?? '';
  };
  read();
  addEventListener('hashchange', read);

  viewer.addEventListener('anprobe-action', (event) => {
    const { detail } = /** @type {CustomEvent<ProductAction>} */ (event);
    if (detail.action === 'buy' || detail.action === 'reorder') detail.respond(add(detail));
  });

  /** @param {ProductAction} order */
  async function add({ lines }) {
    if (lines.some(({ sku }) => !products[sku])) return { error: missing };
    const set = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    await ask('cart');
    try {
      for (const { sku, quantity, properties } of lines) {
        await ask('cart/add-item', { id: products[sku], quantity, anprobe: { ...properties, _anprobe_set: set } });
      }
    } catch (error) {
      // Half a product is worse than none.
      gone.add(set);
      await cleared();
      throw error;
    }
    if (replaced) {
      gone.add(replaced);
      replaced = set;
      const said = new URLSearchParams(location.hash.slice(1));
      if (said.has('set')) {
        said.set('set', set);
        history.replaceState(null, '', `#${said}`);
      }
    }
    return await cleared() ? { href: cart } : { href: cart, text: twice };
  }

  /** Takes the items of earlier sets out. What fails is tried again, also with the next order: what was added stays added. */
  async function cleared() {
    for (const pause of [0, 500, 1500]) {
      if (!gone.size) return true;
      await new Promise((resolve) => { setTimeout(resolve, pause); });
      await remove().catch(() => undefined);
    }
    return !gone.size;
  }

  async function remove() {
    const known = await ask('cart');
    for (const { key, extensions } of known.items) if (gone.has(extensions?.anprobe?._anprobe_set)) await ask('cart/remove-item', { key });
    gone.clear();
  }

  /** @param {string} path @param {object} [body] */
  async function ask(path, body) {
    const answer = await fetch(root + path, body ? {
      method: 'POST', headers: { 'Content-Type': 'application/json', Nonce: nonce }, body: JSON.stringify(body),
    } : {}).catch(() => { throw new Error(offline); });
    nonce = answer.headers.get('Nonce') ?? nonce;
    const said = await answer.json().catch(() => ({}));
    // { code: 'woocommerce_rest_product_out_of_stock', message: '…', data: { status: 400 } }
    if (!answer.ok) throw new Error(words(said.message) || offline);
    return said;
  }
}

/** WooCommerce's messages may hold markup and entities; customers read the words. @param {unknown} message */
function words(message) {
  return new DOMParser().parseFromString(String(message ?? ''), 'text/html').body.textContent?.trim();
}
