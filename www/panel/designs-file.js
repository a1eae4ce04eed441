/** @import { Design, Entry, Pictures } from './kept.js' */
import { freshId } from './kept.js';
import { pixelsOf } from './picture-size.js';

/**
 * Designs as one file, JSON in UTF-8:
 *
 * `{ "anprobeDesigns": 1, "designs": [DESIGN], "pictures": { NAME: PICTURE } }`, where a DESIGN is
 * `{ "kind": "design" | "owned" | "ordered", "name", "product", "productName", "code", "owned", "saved", "picture": PICTURE | null,
 * "pictures": [NAME], "photo": PHOTO | null }` with `saved` as ISO 8601, a PHOTO is the picture that it was drawn into, `{ "name": NAME,
 * "focal", "numbers", "brighter", "view": "align" | "before" | "after" }` as `viewer.photo` has them, with `focal` 0 where it is not known, and a PICTURE is `{ "type": "image/png" | "image/jpeg" | "image/webp",
 * "base64" }`. Other keys are not read.
 *
 * A file may come from anywhere: it is believed only where every value is of its kind and size.
 */

const VERSION = 1;
export const TYPE = 'application/json';
/** Bytes of a file, of a picture, and of a small one; pixels; designs, and pictures of one; letters. */
const MOST = { file: 96 << 20, picture: 32 << 20, small: 1 << 20, pixels: 40e6, designs: 500, pictures: 40, name: 80, productName: 200 };
const PICTURES = ['image/png', 'image/jpeg', 'image/webp'];
const CODE = /^[\w-]{3,200000}$/;
const NAME = /^[\w-]{1,200}$/;

/** Why a file is not taken: the key of a sentence. */
export class Refused extends Error {
  /** @param {'keep-file-large' | 'keep-file-other' | 'keep-file-newer' | 'keep-file-broken'} key */
  constructor(key) {
    super(key);
    this.key = key;
  }
}

/** @param {Entry[]} entries @param {object} [more] what else the file is to say */
export async function written(entries, more = {}) {
  /** @type {Map<string, Blob>} */
  const all = new Map(entries.flatMap(({ pictures }) => [...pictures]));
  const pictures = Object.fromEntries(await Promise.all([...all].map(async ([name, picture]) => [name, await packed(picture)])));
  const designs = await Promise.all(entries.map(async ({ design: { kind, name, product, productName, code, owned, savedMs, picture, pictures: names, photo } }) => ({
    kind, name: cut(name, MOST.name) || cut(productName, MOST.name) || '–', product, productName: cut(productName, MOST.productName), code, owned,
    saved: new Date(savedMs).toISOString(), picture: picture ? await packed(picture) : null, pictures: names.filter((name) => all.has(name)), photo: photo && all.has(photo.name) ? photo : null,
  })));
  return new Blob([JSON.stringify({ anprobeDesigns: VERSION, designs, pictures, ...more }, null, 1)], { type: TYPE });
}

/** @param {Blob} file @returns {Promise<Entry[]>} with ids of their own */
export async function read(file) {
  if (file.size > MOST.file) throw new Refused('keep-file-large');
  /** @type {any} */
  let tree;
  try {
    tree = JSON.parse(await file.text());
  } catch {
    throw new Refused('keep-file-other');
  }
  const version = isObject(tree) ? Number(tree.anprobeDesigns) : 0;
  if (!Number.isInteger(version) || version < 1) throw new Refused('keep-file-other');
  if (version > VERSION) throw new Refused('keep-file-newer');
  const designs = /** @type {unknown[]} */ (tree.designs);
  check(Array.isArray(designs) && designs.length <= MOST.designs);
  check(tree.pictures === undefined || isObject(tree.pictures));
  /** @type {Pictures} */
  const pictures = new Map();
  // Decoded is only what a design names.
  const named = designs.flatMap((said) => (isObject(said) && Array.isArray(said.pictures) ? said.pictures.slice(0, MOST.pictures) : []));
  for (const name of new Set(named)) {
    check(typeof name === 'string' && NAME.test(name) && Object.hasOwn(tree.pictures ?? {}, name));
    pictures.set(name, await unpacked(tree.pictures[name], MOST.picture, name));
  }
  /** @type {Entry[]} */
  const entries = [];
  for (const said of designs) entries.push(await entry(said, pictures));
  return entries;
}

/** @param {any} said @param {Pictures} all @returns {Promise<Entry>} */
async function entry(said, all) {
  check(isObject(said) && ['design', 'owned', 'ordered'].includes(String(said.kind)));
  const names = said.pictures ?? [];
  check(Array.isArray(names) && names.length <= MOST.pictures && names.every((name) => typeof name === 'string' && all.has(name)));
  check(typeof said.code === 'string' && CODE.test(said.code));
  check(said.owned === '' || (typeof said.owned === 'string' && CODE.test(said.owned)));
  const savedMs = Date.parse(words(said.saved, 40));
  check(Number.isFinite(savedMs));
  /** @type {Design} */
  const design = {
    // What was ordered elsewhere is a design here.
    id: freshId(), kind: said.kind === 'owned' ? 'owned' : 'design', name: words(said.name, MOST.name), product: address(said.product),
    productName: said.productName === '' ? '' : words(said.productName, MOST.productName),
    code: said.code, owned: said.owned, savedMs: Math.min(savedMs, Date.now()), pictures: [...names],
  };
  if (said.photo) design.photo = photograph(said.photo, names);
  if (said.picture) design.picture = await unpacked(said.picture, MOST.small);
  return { design, pictures: new Map(names.map((/** @type {string} */ name) => [name, /** @type {Blob} */ (all.get(name))])) };
}

/** The picture that a design was drawn into. @param {any} said @param {string[]} names of its pictures @returns {NonNullable<Design['photo']>} */
function photograph(said, names) {
  check(isObject(said) && names.includes(String(said.name)));
  const { name, focal, numbers, brighter, view } = said;
  const isNumber = (/** @type {unknown} */ number) => typeof number === 'number' && Number.isFinite(number);
  check(isNumber(focal) && isNumber(brighter) && focal >= 0 && focal < 10_000 && Math.abs(brighter) <= 10);
  check(Array.isArray(numbers) && numbers.length === 7 && numbers.every(isNumber) && ['align', 'before', 'after'].includes(view));
  return { name, focal, numbers: [...numbers], brighter, view };
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @param {boolean} holds */
function check(holds) {
  if (!holds) throw new Refused('keep-file-broken');
}

/** One line for people. @param {unknown} value @param {number} most */
function words(value, most) {
  check(typeof value === 'string');
  const line = plain(String(value));
  check(line.length > 0 && line.length <= most);
  return line;
}

/** Without what breaks or turns a line. @param {string} text */
function plain(text) {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
}

/** So that it is taken again. @param {string} text @param {number} most */
function cut(text, most) {
  return plain(text).slice(0, most).replace(/[\ud800-\udbff]$/, '').trim();
}

/** @param {unknown} value */
function address(value) {
  check(typeof value === 'string' && value.length <= 2000 && URL.canParse(value));
  const url = new URL(String(value));
  // A page may have made its product file itself.
  check(['https:', 'http:', 'blob:'].includes(url.protocol) && !url.username);
  return url.href;
}

/** @param {Blob} picture */
async function packed(picture) {
  const bytes = new Uint8Array(await picture.arrayBuffer());
  let binary = '';
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return { type: picture.type, base64: btoa(binary) };
}

/** @param {any} said @param {number} most @param {string} [name] @returns {Promise<Blob>} */
async function unpacked(said, most, name) {
  check(isObject(said) && PICTURES.includes(String(said.type)) && typeof said.base64 === 'string' && said.base64.length <= most * 1.4);
  /** @type {Uint8Array<ArrayBuffer>} */
  let bytes;
  try {
    bytes = Uint8Array.from(atob(String(said.base64)), (letter) => letter.charCodeAt(0));
  } catch {
    throw new Refused('keep-file-broken');
  }
  const pixels = pixelsOf(bytes);
  check(bytes.length <= most && pixels > 0 && pixels <= MOST.pixels);
  // The viewer names pictures after their contents; another one under that name would be shown in its place.
  if (name && /^[0-9a-f]{24}$/.test(name) && crypto.subtle) {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    check([...digest.subarray(0, 12)].map((byte) => byte.toString(16).padStart(2, '0')).join('') === name);
  }
  const blob = new Blob([bytes], { type: String(said.type) });
  try {
    (await createImageBitmap(blob)).close();
  } catch {
    throw new Refused('keep-file-broken');
  }
  return blob;
}
