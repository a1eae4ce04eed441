/** For shop owners: the lines for the product that they pick, and what goes with them. */
import { copy } from './copy.js';
import { PRODUCTS, RATES, fileOf } from './products.js';
import { $, make, news } from './shop.js';
import { said, word } from './words.js';

/** @type {HTMLFormElement} */
const form = $('#ask');
const { product, config, lang, currency } = /** @type {Record<string, HTMLSelectElement>} */ (/** @type {unknown} */ (form.elements));
const script = new URL('../anprobe.js', import.meta.url).href;

/** @param {HTMLSelectElement} select @param {[value: string, text: string][]} options */
function offer(select, options) {
  const { value } = select;
  select.replaceChildren(...options.map(([value, text]) => make('option', { value }, text)));
  if (options.some(([other]) => other === value)) select.value = value;
}

/** As text of an attribute. @param {string} text */
const quoted = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

function lines() {
  const { id, alt, orbit } = PRODUCTS[product.value];
  const spoken = /** @type {'en' | 'de'} */ (lang.value || document.documentElement.lang);
  const attributes = [
    ['id', id], ['product', fileOf(product.value)], config.value && ['config', config.value], ['alt', alt[spoken]], lang.value && ['lang', lang.value], currency.value && ['currency', currency.value],
    ['camera-controls'], ['touch-action', 'pan-y'], ['camera-orbit', orbit], ['shadow-intensity', '1'], $('#panel').checked && ['panel'],
  ].filter((attribute) => Array.isArray(attribute)).map(([name, value]) => (value === undefined ? name : `${name}="${quoted(value)}"`));
  const rates = currency.value && `\n<!-- in your module: document.querySelector('#${id}').rates = { ${currency.value}: ${RATES[currency.value]} } -->`;
  return `<script type="module" src="${script}"></script>\n\n<anprobe-viewer ${attributes.join('\n  ')}></anprobe-viewer>${rates}`;
}

/** What stands in the figures; comments are in the page's language. @returns {Record<string, string>} */
function texts() {
  const { id } = PRODUCTS[product.value];
  const own = script.replace(/anprobe\.js$/, '');
  return {
    html: lines(),
    css: `anprobe-viewer {\n  width: 100%;\n  height: ${$('#panel').checked ? '90vh' : '60vh'};\n  --anprobe-accent: #9a4523;\n}`,
    csp: "default-src 'none';\nscript-src 'self' 'wasm-unsafe-eval';\nstyle-src 'self';\nimg-src 'self';\nconnect-src 'self';\nworker-src 'self'",
    cart: `document.querySelector('#${id}').addEventListener('anprobe-action', ({ detail }) => {\n  const { action, code, lines, picture, files, respond } = detail;\n  respond(fetch('/cart', {\n    method: 'POST',\n    headers: { 'Content-Type': 'application/json' },\n    body: JSON.stringify({ action, code, lines }),\n  }).then((answer) => (answer.ok\n    ? { href: '/cart' }\n    : { error: '${said({ en: 'This is sold out just now.', de: 'Das ist gerade ausverkauft.' })}' })));\n});`,
    react: `import type {} from './anprobe/anprobe.react';\n\n<anprobe-viewer\n  product="/products/${product.value}.json"\n  config={code}\n  alt="${said(PRODUCTS[product.value].alt)}"\n  camera-controls\n  panel\n  onconfiguration-change={(event) => setCode(event.currentTarget.code)}\n  onanprobe-action={({ detail }) => detail.respond(addToCart(detail))}\n/>`,
    worker: `navigator.serviceWorker.register(\n  '${new URL(own).pathname}anprobe_worker.js?with=/${product.value}.html&with=/shop.css',\n  { scope: '/' },\n);`,
  };
}

function write() {
  for (const [id, text] of Object.entries(texts())) if ($(`#${id}`).textContent !== text) $(`#${id}`).textContent = text;
  const address = new URL('product.html', location.href);
  address.searchParams.set('product', product.value);
  if (lang.value) address.searchParams.set('lang', lang.value);
  if (currency.value) address.searchParams.set('currency', currency.value);
  if (config.value) address.hash = String(new URLSearchParams({ config: config.value }));
  $('#see').href = address.href;
}

function fill() {
  offer(product, Object.entries(PRODUCTS).map(([key, { name }]) => [key, said(name)]));
  offer(config, PRODUCTS[product.value].ready.map(({ code, name }, at) => [at ? code : '', said(name)]));
  offer(lang, [['', said({ en: 'As the page', de: 'Wie die Seite' })], ['en', 'English'], ['de', 'Deutsch']]);
  offer(currency, [['', 'EUR'], ...Object.keys(RATES).map((code) => /** @type {[string, string]} */ ([code, code]))]);
  for (const button of document.querySelectorAll('[data-copy]')) {
    button.textContent = word('copy');
    const caption = button.parentElement?.querySelector(`span.${document.documentElement.lang}`)?.textContent ?? '';
    button.setAttribute('aria-label', word('copy-of', caption));
  }
  write();
}

for (const button of document.querySelectorAll('[data-copy]')) {
  const source = $(`#${button.getAttribute('data-copy')}`);
  button.addEventListener('click', () => copy(/** @type {HTMLButtonElement} */ (button), () => source.textContent, 'copy', source));
}
form.addEventListener('change', fill);
form.addEventListener('submit', (event) => event.preventDefault());
$('#panel').addEventListener('change', write);
const wanted = new URLSearchParams(location.search);
fill();
if (Object.hasOwn(PRODUCTS, wanted.get('product') ?? '')) product.value = wanted.get('product') ?? '';
fill();
news.addEventListener('language', fill);
$('[data-waits]').removeAttribute('data-waits');
