/** @import { AnprobeViewer, ProductAction } from '../../anprobe.js' */

/**
 * Puts what a customer configured into a WooCommerce cart (Store API), one item for each SKU. What belongs to an item is
 * sent as `anprobe`; the snippet in the README takes it over in PHP. Copy it into your theme and change what you like.
 *
 * The cart's link `/product/lumo/#config=CODE&set=SET` brings the customer back; what comes then replaces those items.
 * @param {AnprobeViewer} viewer
 * @param {{ products: Record<string, number>, root?: string, cart?: string, missing?: string, offline?: string }} options
 *   `products`: WooCommerce's id of each SKU's product or variation; `root`: where the Store API is; `cart`: the cart's
 *   page; then what the customer reads when a SKU is not sold here, and when the network is gone
 */
export function sellWithWooCommerce(viewer, {
  products, root = '/wp-json/wc/store/v1/', cart = '/cart/', missing = 'This cannot be ordered here just now.',
  offline = 'The shop cannot be reached. Try again in a moment.',
}) {
  /** Each answer brings the next one. */
  let nonce = '';

  viewer.addEventListener('anprobe-action', (event) => {
    const { detail } = /** @type {CustomEvent<ProductAction>} */ (event);
    if (detail.action === 'buy' || detail.action === 'reorder') detail.respond(add(detail));
  });

  /** @param {ProductAction} order */
  async function add({ lines }) {
    if (lines.some(({ sku }) => !products[sku])) return { error: missing };
    const said = new URLSearchParams(location.hash.slice(1));
    const replaced = said.get('set');
    const set = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    const before = await ask('cart');
    try {
      for (const { sku, quantity, properties } of lines) {
        await ask('cart/add-item', { id: products[sku], quantity, anprobe: { ...properties, _anprobe_set: set } });
      }
    } catch (error) {
      // Half a product is worse than none.
      await take(await ask('cart'), set).catch(() => undefined);
      throw error;
    }
    if (replaced) {
      await take(before, replaced);
      said.set('set', set);
      history.replaceState(null, '', `#${said}`);
    }
    return { href: cart };
  }

  /** Takes the items of a set out. @param {any} known the cart @param {string} set */
  async function take(known, set) {
    for (const { key, extensions } of known.items) if (extensions?.anprobe?._anprobe_set === set) await ask('cart/remove-item', { key });
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
