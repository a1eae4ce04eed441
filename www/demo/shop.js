/** What every page of the shop has: the bar with cart and menu, words in two languages, and what is kept of them. */
import { count } from './cart-kept.js';
import { word } from './words.js';
import { RATES } from './products.js';
import { isKeptOffline, keepOffline } from './offline.js';

const root = document.documentElement;

/** Tells that language or currency are other ones now. */
export const news = new EventTarget();

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag @param {Record<string, string | boolean | undefined>} [attributes] @param {(Node | string | false | undefined)[]} children
 */
export function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children.filter((child) => child !== false && child !== undefined));
  return made;
}

/** @param {string} path */
export function icon(path) {
  const space = 'http://www.w3.org/2000/svg';
  const line = document.createElementNS(space, 'path');
  line.setAttribute('d', path);
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.append(line);
  return svg;
}

/** @param {string} selector @returns {any} */
export const $ = (selector) => document.querySelector(selector);

/** What the customer once chose; “Your data” in the panel lists and deletes it. @param {string} key */
export function remembered(key) {
  try {
    return localStorage.getItem(`anprobe-shop-${key}`) ?? '';
  } catch {
    return '';
  }
}

/** @param {string} key @param {string} value */
function remember(key, value) {
  try {
    localStorage.setItem(`anprobe-shop-${key}`, value);
  } catch {
    // It holds for this page.
  }
}

/** The currency that prices are shown in; empty for the products' own. */
export function currency() {
  const wanted = (new URLSearchParams(location.search).get('currency') ?? remembered('currency')).toUpperCase();
  return Object.hasOwn(RATES, wanted) ? wanted : '';
}

/** Names in the page's language what the markup has in one language only: the title, and labels that no eye sees. */
function speak() {
  for (const element of document.querySelectorAll('[data-de]')) {
    const spoken = element.getAttribute(`data-${root.lang}`) ?? '';
    if (element.localName === 'title') element.textContent = spoken;
    else element.setAttribute(element.localName === 'meta' ? 'content' : 'aria-label', spoken);
  }
}

/** @param {string} name @param {Record<string, string>} options @param {string} value @param {(value: string) => void} act */
function choice(name, options, value, act) {
  const select = make('select', {}, ...Object.entries(options).map(([value, text]) => make('option', { value }, text)));
  select.value = value;
  select.addEventListener('change', () => act(select.value));
  return make('label', { class: 'setting' }, make('span', {}, name), select);
}

/** The menu: on a phone the pages, and everywhere what customers may set. */
function fill() {
  const pages = make('nav', { 'aria-label': word('pages') }, ...[...document.querySelectorAll('.top nav a')].map((link) => link.cloneNode(true)));
  const works = 'serviceWorker' in navigator;
  const offline = make('input', { type: 'checkbox', role: 'switch', class: 'switch', 'aria-describedby': 'offline-note', disabled: !works });
  void isKeptOffline().then((kept) => { offline.checked = kept; });
  const note = make('p', { id: 'offline-note', role: 'status' }, word(works ? 'offline-note' : 'offline-never'));
  offline.addEventListener('change', async () => {
    const done = await keepOffline(offline.checked);
    offline.checked = await isKeptOffline();
    note.textContent = word(!done ? 'offline-failed' : offline.checked ? 'offline-kept' : 'offline-gone');
  });
  menu.replaceChildren(
    pages,
    choice(word('language'), { en: 'English', de: 'Deutsch' }, root.lang, (value) => {
      remember('language', value);
      root.lang = value;
      speak();
      label();
      fill();
      news.dispatchEvent(new Event('language'));
      menu.querySelector('select')?.focus();
    }),
    choice(word('theme'), { '': word('theme-system'), light: word('theme-light'), dark: word('theme-dark') }, root.dataset.theme ?? '', (value) => {
      remember('theme', value);
      if (value) root.dataset.theme = value;
      else delete root.dataset.theme;
    }),
    choice(word('currency'), { EUR: '€', ...Object.fromEntries(Object.keys(RATES).map((code) => [code, code])) }, currency() || 'EUR', (value) => {
      remember('currency', value);
      news.dispatchEvent(new Event('currency'));
    }),
    make('label', { class: 'setting' }, make('span', {}, word('offline')), offline, note));
}

const menu = make('div', { class: 'menu', id: 'menu', popover: 'auto' });
const opener = make('button', { type: 'button', class: 'quiet', popovertarget: 'menu' }, icon('M4 7h16M4 12h16M4 17h16'));
const cart = make('a', { class: 'cart', href: 'cart.html' }, icon('M4 5h2l2 11h9l2-8H7M9 20h.01M16 20h.01'));

/** Says what the bar's pictures mean, and how much is in the cart. */
export function label() {
  const full = count();
  opener.setAttribute('aria-label', word('menu'));
  menu.setAttribute('aria-label', word('menu'));
  cart.setAttribute('aria-label', word(full === 1 ? 'cart-one' : 'cart-many', full));
  cart.querySelector('b')?.remove();
  if (full) cart.append(make('b', { 'aria-hidden': 'true' }, String(full)));
}

speak();
label();
menu.setAttribute('role', 'dialog');
menu.addEventListener('beforetoggle', (event) => { if (/** @type {ToggleEvent} */ (event).newState === 'open') fill(); });
$('.acts').append(cart, opener);
$('.top').after(menu);
