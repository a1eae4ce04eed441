// Servers that stand for two shops' carts: they answer as Shopify's Ajax API and WooCommerce's Store API do.

/** The answers of a Shopify shop whose variants are `stock`: how many there are by id. */
export function shopify(stock) {
  const cart = { items: [] };
  let number = 0;
  const refused = (description) => ({ status: 422, body: { status: 422, message: 'Cart Error', description } });
  const answers = {
    '/cart/add.js': (request, text) => {
      if (request.method !== 'POST' || request.headers['content-type'] !== 'application/json') return { status: 415, body: {} };
      const { items } = JSON.parse(text);
      for (const { id, quantity } of items) {
        if (stock[id] === undefined) return refused('Cannot find variant');
        if (stock[id] < quantity) return refused(`All ${stock[id]} of this are in your cart.`);
      }
      const added = items.map((item) => ({ key: `${item.id}:${++number}`, ...item }));
      cart.items.push(...added);
      return { body: { items: added } };
    },
    '/cart.js': () => ({ body: cart }),
    '/cart/update.js': (_, text) => {
      const { updates } = JSON.parse(text);
      cart.items = cart.items.filter(({ key }) => updates[key] !== 0);
      return { body: cart };
    },
  };
  return { cart, answers };
}

/** The same of a WooCommerce shop, with the README's snippet at work. */
export function woocommerce(stock) {
  const cart = { items: [] };
  let number = 0;
  let nonce = 'first';
  const path = (name) => `/wp-json/wc/store/v1/${name}`;
  const fail = (code, message, status = 400) => ({ status, headers: { Nonce: nonce }, body: { code, message, data: { status } } });
  /** What needs a valid nonce, and gives the next one. */
  const guarded = (act) => (request, text) => {
    if (!request.headers.nonce) return fail('woocommerce_rest_missing_nonce', 'Missing the Nonce header. This endpoint requires a valid nonce.', 401);
    if (request.headers.nonce !== nonce) return fail('woocommerce_rest_invalid_nonce', 'Invalid nonce.', 403);
    nonce = `nonce${++number}`;
    return act(JSON.parse(text));
  };
  const whole = () => ({ headers: { Nonce: nonce }, body: structuredClone(cart) });
  const answers = {
    [path('cart')]: whole,
    [path('cart/add-item')]: guarded(({ id, quantity, anprobe }) => {
      if (stock[id] === undefined) return fail('woocommerce_rest_cart_invalid_product', 'This product cannot be added to the cart.');
      if (stock[id] < quantity) return fail('woocommerce_rest_product_out_of_stock', 'You cannot add &quot;Lumo&quot; to the cart because the product is <b>out of stock</b>.');
      cart.items.push({ key: `k${++number}`, id, quantity, extensions: { anprobe } });
      return { ...whole(), status: 201 };
    }),
    [path('cart/remove-item')]: guarded(({ key }) => {
      cart.items = cart.items.filter((item) => item.key !== key);
      return whole();
    }),
  };
  return { cart, answers };
}
