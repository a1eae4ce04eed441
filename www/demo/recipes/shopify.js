/** @import { AnprobeViewer, ProductAction } from '../../anprobe.js' */
/** @typedef {{ id: number, quantity: number, properties: Record<string, string> }} Item */

/**
 * Puts what a customer configured into a Shopify cart (Ajax API), one line item for each SKU; `_anprobe_code` is the code,
 * `_anprobe_set` ties the lines of one product together. Copy it into your theme and change what you like.
 *
 * The cart's link `/products/lumo#config={{ item.properties._anprobe_code }}&set={{ item.properties._anprobe_set }}` brings
 * the customer back; what comes then replaces those lines.
 *
 * Shopify charges what its variants cost: a price per letter, per number or for a print, which has no SKU of its own in
 * the product file, needs a variant of its own, or a server that prices the code.
 * @param {AnprobeViewer} viewer
 * @param {{ variants: Record<string, number>, root?: string, missing?: string, offline?: string, twice?: string }} options
 *   `variants`: Shopify's variant id of each SKU; `root`: `window.Shopify.routes.root`; then what the customer reads when a
 *   SKU is not sold here, when the network is gone, and when the old lines could not be taken out
 */
export function sellWithShopify(viewer, {
  variants, root = '/', missing = 'This cannot be ordered here just now.', offline = 'The shop cannot be reached. Try again in a moment.',
  twice = 'It is in your cart. The earlier one is still there, too: please remove it.',
}) {
  /** The set that the customer came back to change. */
  let replaced = '';
  /** Sets whose lines are still to go. @type {Set<string>} */
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
      gone.add(replaced);
      replaced = set;
      const said = new URLSearchParams(location.hash.slice(1));
      if (said.has('set')) {
        said.set('set', set);
        history.replaceState(null, '', `#${said}`);
      }
    }
    return await cleared() ? { href: `${root}cart` } : { href: `${root}cart`, text: twice };
  }

  /** Takes the lines of earlier sets out. What fails is tried again, also with the next order: what was added stays added. */
  async function cleared() {
    for (const pause of [0, 500, 1500]) {
      if (!gone.size) return true;
      await new Promise((resolve) => { setTimeout(resolve, pause); });
      await remove().catch(() => undefined);
    }
    return !gone.size;
  }

  async function remove() {
    const cart = await ask('cart.js');
    const old = cart.items.filter((/** @type {{ properties?: Record<string, string> }} */ { properties }) => gone.has(properties?._anprobe_set ?? ''));
    if (old.length) await ask('cart/update.js', { updates: Object.fromEntries(old.map((/** @type {{ key: string }} */ { key }) => [key, 0])) });
    gone.clear();
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
