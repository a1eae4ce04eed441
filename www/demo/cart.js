/** The cart's page: what was chosen, to be changed, counted or taken out. */
/** @import { Entry } from './cart-kept.js' */
import { amountOf, entries, keep } from './cart-kept.js';
import { $, label, make, news } from './shop.js';
import { word } from './words.js';

/** @param {number} amount minor units @param {Entry} entry */
const money = (amount, { currency, digits }) => new Intl.NumberFormat(document.documentElement.lang, { style: 'currency', currency }).format(amount / 10 ** digits);

/** @param {Entry[]} all @param {string} [focus] selector of what is to have the focus */
function change(all, focus) {
  keep(all);
  label();
  fill();
  $(focus ?? 'none')?.focus();
}

/** @param {string} base64 @param {string} name */
function pictureOf(base64, name) {
  const canvas = make('canvas', { width: '192', height: '192', role: 'img', 'aria-label': word('picture-of', name) });
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  createImageBitmap(new Blob([bytes], { type: 'image/webp' })).then((bitmap) => canvas.getContext('2d')?.drawImage(bitmap, 0, 0)).catch(() => undefined);
  return canvas;
}

/** @param {string} id @param {string} name @param {string} text @param {string} spoken @param {() => void} act */
function button(id, name, text, spoken, act) {
  const made = make('button', { type: 'button', id: `${name}-${id}`, 'aria-label': spoken }, text);
  made.addEventListener('click', act);
  return made;
}

/** @param {Entry} entry @param {number} at @param {Entry[]} all */
function row(entry, at, all) {
  const { id, name, product, action, code, lines, quantity, files, picture } = entry;
  const count = (/** @type {number} */ by, /** @type {string} */ focus) => change(all.map((other) => (other === entry ? { ...entry, quantity: quantity + by } : other)), `#${focus}-${id}`);
  const remove = () => {
    change(all.filter((other) => other !== entry));
    const undo = make('button', { type: 'button', class: 'quiet' }, word('undo'));
    undo.addEventListener('click', () => {
      $('#told').replaceChildren();
      change(all, `#remove-${id}`);
    });
    $('#told').replaceChildren(make('span', {}, word('removed', name)), undo);
    undo.focus();
  };
  const edit = make('a', { class: 'button', 'aria-label': word('edit-of', name), href: `product.html?product=${product}#${new URLSearchParams({ config: code, line: id })}` }, word('edit'));
  return make('li', { class: 'entry' },
    picture ? pictureOf(picture, name) : make('canvas', { width: '1', height: '1', 'aria-hidden': 'true' }),
    make('h2', {}, name), make('span', { class: 'sum' }, money(amountOf(entry), entry)),
    make('ul', { class: 'parts' },
      Boolean(word(action)) && make('li', {}, make('span', {}, word(action))),
      ...lines.slice(lines.length > 1 ? 0 : 1).map((line) => make('li', {}, make('span', {}, line.quantity > 1 ? `${line.quantity} × ${line.name}` : line.name), make('span', {}, money(line.unitPrice * line.quantity, entry)))),
      files.length > 0 && make('li', {}, make('span', {}, word(files.length === 1 ? 'file-one' : 'file-many', files.length)))),
    make('div', { class: 'do' },
      button(id, 'fewer', '−', word('fewer', name), () => (quantity > 1 ? count(-1, 'fewer') : remove())),
      make('output', {}, String(quantity)),
      button(id, 'more', '+', word('more', name), () => count(1, 'more')),
      code !== '' && edit,
      button(id, 'remove', word('remove'), word('remove-of', name), remove)));
}

function fill() {
  const all = entries();
  $('#entries').replaceChildren(...all.map(row));
  $('#empty').hidden = all.length > 0;
  $('#end').hidden = all.length === 0;
  /** @type {Map<string, Entry[]>} */
  const sums = new Map();
  for (const entry of all) sums.set(entry.currency, [...sums.get(entry.currency) ?? [], entry]);
  $('#totals').replaceChildren(...[...sums.values()].map((same) => make('p', { class: 'total' }, make('span', {}, word('total')),
    make('output', {}, money(same.reduce((sum, entry) => sum + amountOf(entry), 0), same[0])))));
  const order = all.map(({ action, product, code, quantity, lines, files }) => ({ action, product, code, quantity, lines, files }));
  $('#order').textContent = JSON.stringify(order, null, 2);
}

fill();
news.addEventListener('language', fill);
