/** @import { AnprobeViewer } from '../anprobe.js' */
import { localeOf, say } from './words.js';

/** Figures with their units, in the language of the viewer's place. */

/** How long something takes, in words. @param {AnprobeViewer} viewer @param {number} minutes */
export function duration(viewer, minutes) {
  const [value, unit] = minutes < 90 ? [minutes, 'minute'] : minutes < 2880 ? [minutes / 60, 'hour'] : [minutes / 1440, 'day'];
  return new Intl.NumberFormat(localeOf(viewer), { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 1 }).format(value);
}

/** One value of a fact; what is not there is said in a word. @param {AnprobeViewer} viewer @param {number | string | null} value @param {string} [unit] */
export function figure(viewer, value, unit = '') {
  if (value === null || value === '') return say(viewer, 'upgrade-nothing');
  if (typeof value === 'string') return value;
  const text = new Intl.NumberFormat(localeOf(viewer), { maximumFractionDigits: 2 }).format(value);
  return unit ? `${text}\u00a0${unit}` : text;
}

/** @typedef {{ name: string, unit?: string, from: number | string | null, to: number | string | null }} FactChange */

/** What became of a fact, in words and figures: *249 lm more*. @param {AnprobeViewer} viewer @param {FactChange} fact */
export function change(viewer, { unit, from, to }) {
  const figures = [from, to].every((value) => value === null || typeof value === 'number');
  if (!figures || to === null) return figure(viewer, to, unit);
  const more = Number(to) - Number(from ?? 0);
  return say(viewer, more > 0 ? 'upgrade-more' : 'upgrade-less', figure(viewer, Math.abs(more), unit));
}

/** The same with its name. @param {AnprobeViewer} viewer @param {FactChange} fact */
export function gain(viewer, fact) {
  return say(viewer, 'upgrade-fact', fact.name, change(viewer, fact));
}
