/** @import { AnprobeViewer } from '../anprobe.js' */
import { language } from '../words.js';

/**
 * What the panel says goes into the element's own table, where a shop reads and replaces it: `AnprobeViewer.words`, or
 * one element's `words`. What the shop has put there already stays.
 * @param {Record<string, Record<string, string>>} languages by language and key
 */
export function teach(languages) {
  const Viewer = /** @type {typeof AnprobeViewer | undefined} */ (customElements.get('anprobe-viewer'));
  // A page may fetch the panel before the viewer.
  if (!Viewer) return void customElements.whenDefined('anprobe-viewer').then(() => teach(languages));
  const { words } = Viewer;
  for (const [spoken, table] of Object.entries(languages)) words[spoken] = { ...table, ...words[spoken] };
}

/**
 * A sentence in the language of the viewer's place; `{0}` is a place for a detail.
 * @param {AnprobeViewer} viewer @param {string} key @param {unknown[]} places
 */
export function say(viewer, key, ...places) {
  const { words } = /** @type {typeof AnprobeViewer} */ (viewer.constructor);
  const spoken = language(viewer);
  const table = words[spoken] ?? words[spoken.split('-')[0]] ?? words.en;
  const text = viewer.words[key] ?? table[key] ?? words.en[key] ?? '';
  return text.replace(/\{(\d)\}/g, (_, place) => String(places[Number(place)] ?? ''));
}

/** The same as `Intl` takes it: a page may write any. @param {Element} element */
export function localeOf(element) {
  try {
    return Intl.getCanonicalLocales(language(element))[0] ?? 'en';
  } catch {
    return 'en';
  }
}

/** A minus is no hyphen. @param {string} text */
export const signed = (text) => text.replace('-', '\u2212');
