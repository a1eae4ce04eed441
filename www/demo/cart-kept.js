/** The demo's cart: it lives as long as the visit, on this device alone. A shop has its own, on its server. */
/** @import { ProductOrderLine, ProductOrder } from '../anprobe.js' */

const KEY = 'anprobe-shop-cart';

/**
 * @typedef {object} Entry
 * @property {string} id
 * @property {string} product one of the shop's
 * @property {string} name
 * @property {ProductOrder['action']} action
 * @property {string} code empty for a refill
 * @property {ProductOrderLine[]} lines
 * @property {string} currency
 * @property {number} digits
 * @property {number} quantity
 * @property {{ name: string, bytes: number }[]} files what there is to print
 * @property {string} picture WebP in base64, or nothing
 */

/** Where the browser has no such store. @type {string | null} */
let memory = null;

/** @returns {Entry[]} */
export function entries() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? memory ?? '[]');
  } catch {
    return JSON.parse(memory ?? '[]');
  }
}

/** @param {Entry[]} all @returns {boolean} whether there was room for it */
export function keep(all) {
  const text = JSON.stringify(all);
  try {
    sessionStorage.setItem(KEY, text);
    memory = null;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'QuotaExceededError' && text.length > 1e6) return false;
    memory = text;
  }
  return true;
}

export const count = () => entries().reduce((sum, { quantity }) => sum + quantity, 0);

/** What an entry costs, in minor units. @param {Entry} entry */
export const amountOf = ({ lines, quantity }) => quantity * lines.reduce((sum, line) => sum + line.unitPrice * line.quantity, 0);
