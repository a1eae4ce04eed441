/** The shop's front: names and prices come from the product files; a picture comes alive under the pointer. */
import { PRODUCTS, RATES, fileOf } from './products.js';
import { currency, news } from './shop.js';
import { said } from './words.js';

/** @type {Map<string, any>} */
const files = new Map();

/** What the product costs as customers see it first, in minor units. @param {any} file */
function firstPrice({ price, groups }) {
  return groups.reduce((/** @type {number} */ sum, /** @type {any} */ { kind = 'one', choices = [], default: first, min = 0, step = 1, price: each = 0 }) => {
    if (kind === 'number') return sum + each * Math.round(((first ?? min) - min) / step);
    const taken = kind === 'many' ? first ?? [] : kind === 'one' || kind === 'color' ? [first ?? choices[0]?.id] : [];
    return sum + choices.filter((/** @type {any} */ { id }) => taken.includes(id)).reduce((/** @type {number} */ sum, /** @type {any} */ choice) => sum + (choice.price ?? 0), 0);
  }, price.base ?? 0);
}

/** @param {HTMLElement} card */
function write(card) {
  const viewer = /** @type {import('../anprobe.js').AnprobeViewer | null} */ (card.querySelector('anprobe-viewer'));
  const file = files.get(card.dataset.product ?? '');
  const output = card.querySelector('[data-price]');
  if (!file || !output) return;
  const shown = currency();
  if (viewer?.quote) {
    output.textContent = viewer.quote.totalText;
    return;
  }
  const format = new Intl.NumberFormat(document.documentElement.lang, { style: 'currency', currency: shown || file.price.currency });
  output.textContent = format.format((firstPrice(file) / 100) * (shown ? RATES[shown] : 1));
}

/** Puts the product itself over its picture. @param {HTMLElement} card */
async function enliven(card) {
  const key = card.dataset.product ?? '';
  const picture = card.querySelector('.picture');
  if (!picture || picture.querySelector('anprobe-viewer')) return;
  await import(new URL('../anprobe.js', import.meta.url).href);
  const viewer = document.createElement('anprobe-viewer');
  // The link beside it says what it is.
  viewer.inert = true;
  viewer.rates = RATES;
  viewer.currency = currency() || null;
  for (const [name, value] of Object.entries({
    alt: said(PRODUCTS[key].alt), 'camera-orbit': PRODUCTS[key].orbit, 'shadow-intensity': '1', 'interaction-prompt': 'none', 'auto-rotate': '', 'auto-rotate-delay': '400', loading: 'eager',
    backend: new URLSearchParams(location.search).get('backend') ?? 'auto', product: fileOf(key),
  })) viewer.setAttribute(name, value);
  viewer.addEventListener('load', () => card.classList.add('live'), { once: true });
  viewer.addEventListener('configuration-change', () => write(card));
  picture.append(viewer);
}

/** A picture is enough for a phone, for little data, and for whoever wants no motion. */
const lively = matchMedia('(hover: hover) and (min-width: 860px) and (prefers-reduced-motion: no-preference)');
const saves = /** @type {any} */ (navigator).connection?.saveData === true;

/** @type {NodeListOf<HTMLElement>} */
const cards = document.querySelectorAll('.card');
for (const card of cards) {
  for (const type of ['pointerenter', 'focusin']) card.addEventListener(type, () => { if (lively.matches && !saves) void enliven(card); });
  const key = card.dataset.product ?? '';
  fetch(fileOf(key)).then((answer) => answer.json()).then((file) => {
    files.set(key, file);
    write(card);
  }).catch(() => undefined);
}
const all = () => cards.forEach(write);
news.addEventListener('language', all);
news.addEventListener('currency', () => {
  for (const viewer of document.querySelectorAll('anprobe-viewer')) viewer.currency = currency() || null;
  all();
});
