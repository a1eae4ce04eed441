/** Fonts for a customer's words: ours, which are fetched when words use them, and those that the page has. */

/** As src/product/artwork.rs names them, with their files. */
const OURS = { Jost: 'jost', Lora: 'lora', Oswald: 'oswald', Caveat: 'caveat' };
const FALLBACK = '"Helvetica Neue", Helvetica, Arial, sans-serif';
/** Letters of the first file, and of the second (as their makers cut them). */
const LATIN = 'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD';
const MORE = 'U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF';
/** Files that are here or on their way. @type {Map<string, Promise<void>>} */
const files = new Map();

/** The names of our fonts. */
export const fonts = Object.keys(OURS);

/** @param {string} font @returns {font is keyof typeof OURS} */
function isOurs(font) {
  return Object.hasOwn(OURS, font);
}

/** The families of a font, as CSS has them. @param {string} font empty for the usual one */
export function families(font) {
  const name = isOurs(font) ? `anprobe ${font}` : font;
  return font ? `${JSON.stringify(name)}, ${FALLBACK}` : FALLBACK;
}

/** A size of it. @param {string} font @param {number} px */
export function sized(font, px) {
  return `600 ${px}px ${families(font)}`;
}

/**
 * Makes a font ready for a text. Without it the usual one stands in.
 * @param {string} font @param {string} text
 */
export async function ready(font, text) {
  if (!font) return;
  try {
    if (!isOurs(font)) return void await document.fonts.load(sized(font, 20), text);
    const wanted = [part(font, OURS[font], LATIN)];
    if (/[^\u0000-\u00ff\u2000-\u206f€]/.test(text)) wanted.push(part(font, `${OURS[font]}-ext`, MORE));
    await Promise.all(wanted);
  } catch (error) {
    console.warn(`<anprobe-viewer> the font ${font} could not be had:`, error);
  }
}

/** @param {string} font @param {string} file @param {string} unicodeRange */
function part(font, file, unicodeRange) {
  let known = files.get(file);
  if (!known) {
    known = fetchFont(`anprobe ${font}`, file, unicodeRange);
    known.catch(() => files.delete(file));
    files.set(file, known);
  }
  return known;
}

/** Bytes, not an address: so `connect-src` is enough. @param {string} family @param {string} file @param {string} unicodeRange */
async function fetchFont(family, file, unicodeRange) {
  const response = await fetch(new URL(`./fonts/${file}.woff2`, import.meta.url));
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const face = new FontFace(family, await response.arrayBuffer(), { weight: '600', unicodeRange });
  document.fonts.add(await face.load());
}
