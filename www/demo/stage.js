/** The product with its panel, as the pages of this shop set it up. */
/** @import { AnprobePanel, AnprobeViewer } from '../anprobe.js' */
import { PRODUCTS, RATES, fileOf } from './products.js';
import { $, currency, label, news } from './shop.js';
import { said } from './words.js';
import { takeOrders } from './orders.js';

/**
 * Shows a product in the page's viewer.
 * @param {string} key
 * @param {{ config?: string, owned?: string }} [begin]
 */
export function show(key, { config, owned } = {}) {
  const viewer = /** @type {AnprobeViewer} */ ($('#product'));
  const product = PRODUCTS[key];
  const wanted = new URLSearchParams(location.search);
  for (const name of ['backend', 'config', 'owned']) if (wanted.has(name)) viewer.setAttribute(name, wanted.get(name) ?? '');
  if (config) viewer.config = config;
  if (owned) viewer.owned = owned;
  viewer.cameraOrbit = product.orbit;
  viewer.rates = RATES;
  viewer.product = fileOf(key);
  document.querySelector(`.tabs a[href$="=${key}"]`)?.setAttribute('aria-current', 'page');
  const name = () => {
    viewer.alt = said(product.alt);
    for (const heading of document.querySelectorAll('[data-name]')) heading.textContent = said(product.name);
    if ($('title[data-name-title]')) document.title = `${said(product.name)} · Anprobe`;
  };
  const pay = () => { viewer.currency = currency() || null; };
  name();
  pay();
  news.addEventListener('language', name);
  news.addEventListener('currency', pay);
  takeOrders(viewer, key, label);
  return viewer;
}

/** The panel of the page, once it is one. @returns {Promise<AnprobePanel>} */
export async function panelOf() {
  await customElements.whenDefined('anprobe-panel');
  return $('anprobe-panel');
}

/** Until the product is known. @param {AnprobeViewer} viewer */
export async function known(viewer) {
  if (viewer.configuration) return;
  await new Promise((resolve) => viewer.addEventListener('configuration-change', resolve, { once: true }));
}
