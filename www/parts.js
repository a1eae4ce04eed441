import { style } from './style.js';

/** Lines in a box of 24: what each button shows. */
const ICONS = {
  turn: 'M12 3v18M3 12h18M9.5 5.5 12 3l2.5 2.5M9.5 18.5 12 21l2.5-2.5M5.5 9.5 3 12l2.5 2.5M18.5 9.5 21 12l-2.5 2.5',
  left: 'm14.5 5.5-6.5 6.5 6.5 6.5',
  right: 'm9.5 5.5 6.5 6.5-6.5 6.5',
  up: 'm5.5 14.5 6.5-6.5 6.5 6.5',
  down: 'm5.5 9.5 6.5 6.5 6.5-6.5',
  in: 'M12 5.5v13M5.5 12h13',
  out: 'M5.5 12h13',
  reset: 'M5 12a7 7 0 1 0 2.3-5.2M5 4.5v4h4',
};

/** Buttons that need no drag, and the key that each stands for. */
export const KEYS = {
  left: 'ArrowLeft', up: 'ArrowUp', down: 'ArrowDown', right: 'ArrowRight', in: 'PageUp', out: 'PageDown', reset: 'Home',
};

/** @typedef {ReturnType<typeof build>} Parts */

/**
 * The element's inside. No markup from strings: nothing that a page gives can become an element.
 * @param {HTMLElement} element
 */
export function build(element) {
  const root = element.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [style()];
  const view = make('div', { class: 'view covered', part: 'view' });
  const image = make('img', { alt: '', decoding: 'async', part: 'poster' });
  const poster = make('div', { class: 'poster' }, slot('poster', image));
  const bar = make('div', { class: 'bar', part: 'default-progress-bar' });
  const progress = make('div', { class: 'progress gone' }, slot('progress-bar', bar));

  const toggle = button('turn');
  toggle.setAttribute('aria-expanded', 'false');
  const keys = Object.keys(KEYS).map(button);
  const buttons = make('div', { class: 'buttons', part: 'buttons', role: 'group', hidden: '' }, toggle, ...keys);

  const text = make('p', {});
  const again = make('button', { type: 'button', part: 'button' });
  const message = make('div', { class: 'message', part: 'message', role: 'alert', hidden: '' }, text, again);
  const status = make('div', { class: 'heard', role: 'status' });
  const help = make('div', { class: 'heard', id: 'help' });
  const over = make('div', { class: 'over' }, make('slot', {}));
  root.append(view, poster, progress, over, buttons, message, status, help);
  return { view, image, poster, bar, progress, toggle, keys, buttons, text, again, message, status, help };
}

/** @param {string} name */
function button(name) {
  const path = draw('path');
  path.setAttribute('d', ICONS[/** @type {keyof typeof ICONS} */ (name)]);
  const icon = draw('svg');
  icon.setAttribute('viewBox', '0 0 24 24');
  icon.setAttribute('aria-hidden', 'true');
  icon.append(path);
  return make('button', { type: 'button', part: 'button', 'data-key': name }, icon);
}

/** @param {'svg' | 'path'} name */
function draw(name) {
  return document.createElementNS('http://www.w3.org/2000/svg', name);
}

/** @param {string} name @param {Node} inside */
function slot(name, inside) {
  return make('slot', { name }, inside);
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {Record<string, string>} attributes
 * @param {Node[]} children
 */
function make(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}
