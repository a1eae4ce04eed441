/** Configurations to pick from: the shop's, what this device has kept, and what the link brought. */
import { PRODUCTS, fileOf } from './products.js';
import { panelOf } from './stage.js';
import { said, word } from './words.js';

/** @typedef {{ code: string, name: string, kind: 'ready' | 'mine' | 'designs' | 'from-link' }} Pick */

/**
 * @param {string} key one of the shop's products
 * @param {string[]} codes what else is shown, from the address
 * @returns {Promise<Pick[]>}
 */
export async function picks(key, codes = []) {
  const { ready } = PRODUCTS[key];
  /** @type {Pick[]} */
  const all = ready.map(({ code, name }) => ({ code, name: said(name), kind: 'ready' }));
  for (const design of await (await panelOf()).designs()) {
    if (design.product === fileOf(key)) all.push({ code: design.code, name: design.name, kind: design.kind === 'owned' ? 'mine' : 'designs' });
  }
  for (const code of codes) if (code && !all.some((pick) => pick.code === code)) all.push({ code, name: word('from-link'), kind: 'from-link' });
  return all;
}
