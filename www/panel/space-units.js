/** @import { AnprobeViewer } from '../anprobe.js' */
import { localeOf } from './words.js';

/** How lengths are written: the customer's own wish on this device, else as their country has it. */
const KEY = 'anprobe-units';
/** Where inches are at home. */
const INCHES = ['US', 'LR', 'MM'];
const METRES_PER_INCH = 0.0254;

/** @typedef {'metric' | 'inch'} Units */

/** @param {AnprobeViewer} viewer @returns {Units} */
export function unitsOf(viewer) {
  const wish = recall(KEY);
  if (wish === 'metric' || wish === 'inch') return wish;
  return INCHES.includes(new Intl.Locale(localeOf(viewer)).region ?? '') ? 'inch' : 'metric';
}

/** @param {Units} units */
export function keepUnits(units) {
  keep(KEY, units);
}

/** A length as one reads it: 7.5 mm, 43.2 cm, 3.66 m, 17 in. @param {AnprobeViewer} viewer @param {number} metres */
export function lengthText(viewer, metres) {
  const locale = localeOf(viewer);
  const [unit, value, digits] = unitsOf(viewer) === 'inch' ? ['inch', metres / METRES_PER_INCH, metres < 0.1 ? 2 : 1] : metric(metres);
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: digits }).format(value);
}

/** @param {number} metres @returns {[string, number, number]} unit, value, digits */
function metric(metres) {
  if (metres >= 0.9995) return ['meter', metres, 2];
  return metres >= 0.00995 ? ['centimeter', metres * 100, 1] : ['millimeter', metres * 1000, 1];
}

/** In what one types lengths: its name, and metres for one of it. @param {AnprobeViewer} viewer */
export function typedUnit(viewer) {
  return unitsOf(viewer) === 'inch' ? { name: 'in', metres: METRES_PER_INCH } : { name: 'cm', metres: 0.01 };
}

/** A number as customers type it, with a point or a comma; nothing for no number above 0. @param {string} text */
export function typedNumber(text) {
  const number = Number(text.trim().replace(',', '.'));
  return number > 0 && Number.isFinite(number) ? number : undefined;
}

/** What this device keeps; nothing where the browser keeps nothing. @param {string} key */
export function recall(key) {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

/** @param {string} key @param {string | undefined} value */
export function keep(key, value) {
  try {
    if (value === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Then it is for this visit.
  }
}
