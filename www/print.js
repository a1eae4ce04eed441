/** @import { Piece, Share } from './print-run.js' */
import { download, painted } from './file-pictures.js';
import { carriedOut } from './print-module.js';
import { PRINT_WORDS } from './print-words.js';

/**
 * What is printed of a product: looked at and written by a module of its own. Here the pieces come together: from the viewer,
 * or from files that were bought.
 */

/**
 * What a file is made from, and the words for it.
 * @typedef {import('./file-pictures.js').Source & { say: (key: string) => string, language: () => string, canvas: () => HTMLCanvasElement | undefined }} Source
 */
/** @typedef {import('./anprobe.js').PrintRequest} Request */
/** @typedef {import('./anprobe.js').PrintReport} Report */
/** @typedef {import('./anprobe.js').PrintPart} Part */

/** Types of files. */
const TYPES = { '3mf': 'model/3mf', stl: 'model/stl', glb: 'model/gltf-binary', png: 'image/png' };
/** Colours of triangles need no more of a picture, pixels. */
const COLOUR_PX = 1024;
/** The picture in a 3MF, pixels. */
const THUMBNAIL_PX = 256;
/** So long the picture in a 3MF is waited for, milliseconds. */
const PATIENCE_MS = 30_000;
/** So long shares are taken before the page has its turn, milliseconds. */
const TURN_MS = 8;
/** The share of the work that is fetching. */
const FETCHING = 0.1;
/** What Rust calls it, and what a page reads. @type {Record<string, string>} */
const CODES = {
  PRINT_LICENCE: 'licence-required', PRINT_REFUSED: 'print-refused', EXPORT_EMPTY: 'print-empty', PRINT_OPTION: 'print-option',
  PRINT_RELIEF: 'print-refused', PRINT_RELIEF_DEPTH: 'print-refused', PRINT_GLYPH: 'print-refused',
};

/** One piece comes together at a time: Rust keeps one desk for each viewer. @type {WeakMap<object, Promise<unknown>>} */
const turns = new WeakMap();
/** @type {WeakSet<object>} */
const worded = new WeakSet();

/**
 * Reports, one for each part. What is sold apart is looked at as it is shown until there is a token for it.
 * @param {Source} source @param {Request} [request] @returns {Promise<Report[]>}
 */
export function report(source, request = {}) {
  return guarded(source, request, async () => {
    const parts = wanted(source, request);
    const pieces = await gathered(source, parts, request, {});
    const { reports, refused } = await carriedOut({ format: 'report', pieces }, request.signal, told(request));
    if (refused) throw failure(source, refused, parts, reports);
    return reports.map(([id, found]) => of(id, found, parts, request));
  });
}

/**
 * A file with a telling name.
 * @param {Source} source @param {Request & { format: '3mf' | 'stl' | 'glb' | 'png', colors?: 'material' | 'picture' }} request
 * @returns {Promise<File>}
 */
export function file(source, request) {
  return guarded(source, request, async () => {
    const { format, signal } = request;
    if (!Object.hasOwn(TYPES, format)) throw failure(source, ['PRINT_OPTION', '', String(format)]);
    const parts = wanted(source, request);
    const sold = parts.find(({ isPaid }) => isPaid);
    // A picture is no print file.
    if (sold && format !== 'png' && !request.token) throw failure(source, ['PRINT_LICENCE', '', sold.id], parts);
    const whole = parts.length > 1 ? undefined : parts[0].id;
    const name = source.call((raw) => /** @type {string} */ (raw.printName(whole, format))) ?? `print.${format}`;
    /** @param {BlobPart} bytes */
    const named = (bytes) => new File([bytes], name, { type: TYPES[format] });
    if (format === 'png') {
      return named(await /** @type {any} */ (source.element).toBlob({ mimeType: 'image/png', idealAspect: true }));
    }
    if (format === 'glb') return named(await asShown(source, parts, request));
    const pieces = await gathered(source, parts, request, { writes: true, pictures: request.colors === 'picture' });
    const thumbnail = format === '3mf' ? await picture(source) : undefined;
    signal?.throwIfAborted();
    const { reports, bytes, refused } = await carriedOut({ format, pieces, thumbnail }, signal, told(request));
    if (refused) throw failure(source, refused, parts, reports.map(([id, found]) => of(id, found, parts, request)));
    if (!bytes) throw new Error('there is no file');
    return named(bytes);
  });
}

/**
 * A part on the printer's bed, to be looked at: as it comes from the printer, and as the product shows it, in one space.
 * @param {Source} source @param {Request} [request] of several parts the first is shown
 * @returns {Promise<import('./anprobe.js').SeenPrint>}
 */
export function seen(source, request = {}) {
  return guarded(source, request, async () => {
    const parts = wanted(source, request).slice(0, 1);
    const [part] = parts;
    const bought = part.isPaid && request.token ? await sold(source, part, request, () => {}) : undefined;
    const pieces = [await inTurn(source, part, request, bought, {})];
    const shown = bought ?? new Uint8Array(await (await glbOf(source, parts, 1, true)).arrayBuffer());
    const { options } = JSON.parse(pieces[0].head);
    const bed = await written(options.beds[0]?.name ?? '');
    request.signal?.throwIfAborted();
    const task = { format: /** @type {const} */ ('see'), pieces, bed, finished: shown };
    const { reports, bytes, finished, seen, refused } = await carriedOut(task, request.signal, told(request));
    const all = reports.map(([id, found]) => of(id, found, parts, request));
    if (refused || !bytes || !finished || !seen) throw failure(source, refused ?? ['EXPORT_EMPTY'], parts, all);
    const [marks, thinned] = seen;
    return { printed: bytes, finished, marks, thinned, report: all[0] };
  });
}

/** A name for the edge of a bed: white on nothing, and how wide it is for its height. @param {string} text @returns {Promise<[Uint8Array, number] | undefined>} */
async function written(text) {
  if (!text) return undefined;
  const high = 64;
  const font = `600 ${high * 0.7}px system-ui, sans-serif`;
  const ruler = new OffscreenCanvas(1, 1).getContext('2d');
  if (!ruler) return undefined;
  ruler.font = font;
  const wide = Math.min(2048, Math.max(high, Math.ceil(ruler.measureText(text).width) + high / 4));
  const canvas = new OffscreenCanvas(wide, high);
  const context = canvas.getContext('2d');
  if (!context) return undefined;
  context.font = font;
  context.fillStyle = '#fff';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(text, wide / 2, high / 2, wide);
  return [new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer()), wide / high];
}

/** A report with the part that it is of. @param {string} id @param {any} found @param {Part[]} parts @param {Request} request @returns {Report} */
function of(id, found, parts, { token }) {
  const isShown = !token && (parts.find((part) => part.id === id)?.isPaid ?? false);
  return { ...found, id, isShown };
}

/** The parts that a request names. @param {Source} source @param {Request} request @returns {Part[]} */
function wanted(source, { parts = 'all' }) {
  const json = source.call((raw) => /** @type {string} */ (raw.printParts()));
  if (json === undefined) throw new DOMException('there is nothing to show yet', 'InvalidStateError');
  /** @type {Part[]} */
  const all = JSON.parse(json);
  const found = Array.isArray(parts)
    ? parts.map((id) => all.find((part) => part.id === id) ?? id)
    : all.filter(({ isAdded }) => parts !== 'added' || isAdded);
  const unknown = found.find((part) => typeof part === 'string');
  if (unknown !== undefined) throw failure(source, ['PRINT_OPTION', '', String(unknown)]);
  if (!found.length) throw failure(source, ['EXPORT_EMPTY']);
  return /** @type {Part[]} */ ([...new Set(found)]);
}

/**
 * The pieces of parts, one after the other.
 * @param {Source} source @param {Part[]} parts @param {Request} request @param {{ writes?: boolean, pictures?: boolean }} how
 * @returns {Promise<Piece[]>}
 */
async function gathered(source, parts, request, { writes = false, pictures = false }) {
  const { signal } = request;
  /** @type {Piece[]} */
  const pieces = [];
  for (const [at, part] of parts.entries()) {
    const bought = part.isPaid && request.token ? await sold(source, part, request, (share) => {
      request.progress?.((FETCHING * (at + share)) / parts.length);
    }) : undefined;
    pieces.push(await inTurn(source, part, request, bought, { writes, pictures }));
    // The next one is another task of the page's.
    await new Promise((resolve) => setTimeout(resolve));
    signal?.throwIfAborted();
    request.progress?.((FETCHING * (at + 1)) / parts.length);
  }
  return pieces;
}

/**
 * A piece, when no other one is on Rust's desk.
 * @param {Source} source @param {Part} part @param {Request} request @param {Uint8Array | undefined} bought
 * @param {{ writes?: boolean, pictures?: boolean }} how @returns {Promise<Piece>}
 */
function inTurn(source, part, request, bought, { writes = false, pictures = false }) {
  const before = turns.get(source.element);
  const piece = Promise.resolve(before).then(() => put(source, part, request, bought, writes, pictures));
  turns.set(source.element, piece.catch(() => {}));
  return piece;
}

/**
 * @param {Source} source @param {Part} part @param {Request} request @param {Uint8Array | undefined} bought
 * @param {boolean} writes @param {boolean} pictures @returns {Promise<Piece>}
 */
async function put(source, part, request, bought, writes, pictures) {
  const { signal } = request;
  const { call, element } = source;
  const unread = call((raw) => /** @type {string | undefined} */ (raw.beginPrint(part.id, bought, pictures)));
  if (unread) throw failure(source, JSON.parse(unread), [part]);
  /** @type {Piece} */
  const piece = { head: '', shares: [], pictures: [] };
  for (let at = 0; ; at += 1) {
    const known = call((raw) => /** @type {string | undefined} */ (raw.printPicture(at)));
    if (!known) break;
    const [uri, base, print] = JSON.parse(known);
    try {
      const own = call((raw) => /** @type {Uint8Array<ArrayBuffer> | undefined} */ (raw.printPictureSource(at)));
      const original = own ?? await download(element, uri ?? '', base, signal);
      const { context, width, height } = await painted(source, original, print, COLOUR_PX);
      const { data } = context.getImageData(0, 0, width, height, { colorSpace: 'srgb' });
      piece.pictures[at] = { width, height, rgba: new Uint8Array(data.buffer) };
    } catch (error) {
      signal?.throwIfAborted();
      // Its triangles have the colour of their material.
      console.warn(error);
      piece.pictures[at] = undefined;
    }
  }
  const [head, refused] = call((raw) => /** @type {[head?: string, issue?: string]} */ (raw.makePrint(part.id, wish(request), writes))) ?? [];
  if (refused) throw failure(source, JSON.parse(refused), [part]);
  piece.head = head ?? '';
  for (let began = performance.now(); ;) {
    const share = call((raw) => /** @type {Share | null | undefined} */ (raw.printShare()));
    if (share === null) break;
    if (!share) throw new DOMException('there is nothing to show any more', 'InvalidStateError');
    piece.shares.push(share);
    if (performance.now() - began > TURN_MS) {
      // Another task: the page has its turn between them.
      await new Promise((resolve) => setTimeout(resolve));
      signal?.throwIfAborted();
      began = performance.now();
    }
  }
  return piece;
}

/** What Rust is asked for. @param {Request} request */
function wish({ scale = 1, material, bed, layerHeightMm, lies = 'best', buyer = '' }) {
  const own = typeof bed === 'object' ? { bed: bed.name ?? '', bedSizeMm: bed.sizeMm } : { bed };
  return JSON.stringify({ scale, material, ...own, layerHeightMm, lies, buyer });
}

/**
 * The file that is sold apart: asked for with the token that the shop gave, and with nothing else.
 * @param {Source} source @param {Part} part @param {Request} request @param {(share: number) => void} came
 */
async function sold(source, part, { token, signal }, came) {
  const address = source.call((raw) => /** @type {string | undefined} */ (raw.printSource(part.id)));
  if (!token || address === undefined) throw failure(source, ['PRINT_LICENCE', '', part.id], [part]);
  const credentials = source.element.hasAttribute('with-credentials') ? 'include' : 'same-origin';
  const headers = { Authorization: `Bearer ${token}` };
  let answer;
  try {
    // Nobody who has no token finds it in the browser's shelves.
    answer = await fetch(new URL(address, document.baseURI), { headers, credentials, signal, cache: 'no-store', redirect: 'error' });
    if (answer.ok) {
      const bytes = new Uint8Array(await answer.arrayBuffer());
      came(1);
      return bytes;
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw failure(source, ['FETCH_FAILED', '', error instanceof Error ? error.message : String(error)], [part]);
  }
  if ([401, 402, 403].includes(answer.status)) throw failure(source, ['PRINT_LICENCE', '', part.id], [part]);
  throw failure(source, ['FETCH_FAILED', '', `HTTP ${answer.status}`], [part]);
}

/** Parts as they are configured; a file that was bought is that file. @param {Source} source @param {Part[]} parts @param {Request} request @returns {Promise<BlobPart>} */
async function asShown(source, parts, request) {
  const { scale = 1, signal } = request;
  for (const part of parts.filter(({ isPaid }) => isPaid)) {
    const bytes = await sold(source, part, request, () => {});
    if (parts.length === 1) return bytes;
  }
  const made = await glbOf(source, parts, scale);
  signal?.throwIfAborted();
  return made;
}

/**
 * Parts as they are configured, as they stand in the product.
 * @param {Source} source @param {Part[]} parts @param {number} scale @param {boolean} [quick] made at once instead of small
 */
async function glbOf(source, parts, scale, quick) {
  /** @type {typeof import('./ar-files.js')} */
  const files = await import(String(new URL('./anprobe_files.js', import.meta.url)));
  return files.glbOfParts(source, parts.map(({ id }) => id), [scale, 0, 0, 0, 0, scale, 0, 0, 0, 0, scale, 0, 0, 0, 0, 1], quick);
}

/** What the product looks like, for a 3MF; a file without it is one, too. @param {Source} source */
async function picture(source) {
  const { canvas } = source;
  const element = /** @type {any} */ (source.element);
  try {
    const shown = canvas();
    const side = THUMBNAIL_PX;
    if (element.code) {
      const small = document.createElement('canvas');
      small.width = small.height = side;
      if (await previewed(element, small)) return new Uint8Array(await (await encoded(small)).arrayBuffer());
    }
    if (!shown?.width) {
      const blob = await element.toBlob({ mimeType: 'image/png', width: side, height: side });
      return new Uint8Array(await blob.arrayBuffer());
    }
    const square = new OffscreenCanvas(side, side);
    const scale = side / Math.max(shown.width, shown.height);
    const [width, height] = [shown.width, shown.height].map((length) => Math.max(1, length * scale));
    const context = square.getContext('2d');
    if (!context) return undefined;
    context.imageSmoothingQuality = 'high';
    context.drawImage(shown, (side - width) / 2, (side - height) / 2, width, height);
    return new Uint8Array(await (await square.convertToBlob({ type: 'image/png' })).arrayBuffer());
  } catch {
    return undefined;
  }
}

/**
 * Draws the product as previews of choices are: where graphics are slow in parts between which the page has its turn.
 * @param {any} element @param {HTMLCanvasElement} canvas @returns {Promise<boolean>} whether it stands
 */
async function previewed(element, canvas) {
  let drawn = 'later';
  for (const end = performance.now() + PATIENCE_MS; drawn !== 'drawn'; await new Promise((resolve) => setTimeout(resolve, 30))) {
    if (drawn === 'never' || performance.now() > end) return false;
    if (element.previewStands) drawn = element.preview(canvas, element.code);
  }
  // Read before, it makes the page wait for the graphics.
  while (!element.previewStands && element.isConnected) await new Promise((resolve) => setTimeout(resolve, 30));
  return element.isConnected;
}

/** @param {HTMLCanvasElement} canvas @returns {Promise<Blob>} */
function encoded(canvas) {
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'));
}

/** @param {Request} request @returns {(done: number) => void} */
function told({ progress }) {
  return (done) => progress?.(FETCHING + (1 - FETCHING) * done);
}

/**
 * Does it, unless it is over before; whatever a page gave for a reason, it reads of an end.
 * @template T @param {Source} source @param {Request} request @param {() => Promise<T>} act @returns {Promise<T>}
 */
async function guarded({ element }, { signal, progress }, act) {
  speak(element);
  try {
    signal?.throwIfAborted();
    const made = await act();
    signal?.throwIfAborted();
    progress?.(1);
    return made;
  } catch (error) {
    throw signal?.aborted ? new DOMException('nobody wants it any more', 'AbortError') : error;
  }
}

/** @param {HTMLElement} element */
function speak(element) {
  const Viewer = /** @type {any} */ (element.constructor);
  if (worded.has(Viewer)) return;
  worded.add(Viewer);
  for (const [language, words] of Object.entries(PRINT_WORDS)) Viewer.words[language] = { ...words, ...Viewer.words[language] };
}

/**
 * An error with words for a customer.
 * @param {Source} source @param {string[]} issue code, message, detail and remedy @param {Part[]} [parts] @param {any[]} [reports]
 */
function failure({ say, language }, [code, message = '', detail = '', remedy = ''], parts = [], reports = []) {
  const named = parts.find(({ id }) => id === detail) ?? parts[0];
  /** @param {string} key @param {string[]} places */
  const put = (key, ...places) => say(key).replace(/\{(\d)\}/g, (_, place) => places[Number(place)] ?? '');
  const name = named?.name || put('print-part');
  let text;
  if (code === 'PRINT_REFUSED') {
    const found = reports.find(({ isPrintable }) => !isPrintable);
    const list = new Intl.ListFormat(language());
    const reasons = (found?.refusals ?? []).map((/** @type {string} */ kind) => put(`print-${kind}`)).filter(Boolean);
    text = put('print-refused', found?.name || name, list.format(reasons) || detail);
  } else if (code === 'PRINT_LICENCE') text = put('print-licence-required', name);
  else if (code === 'EXPORT_EMPTY') text = put('print-empty');
  else if (code === 'PRINT_OPTION') text = put('print-option', detail);
  else if (code === 'PRINT_RELIEF') text = put('print-relief', name);
  else if (code === 'PRINT_RELIEF_DEPTH') text = put('print-relief-depth', name);
  else if (code === 'PRINT_GLYPH') text = put('print-glyph', detail);
  else if (code === 'FETCH_FAILED') text = put('print-fetch', name, detail);
  else text = `${message}: ${detail}; ${remedy}`;
  return Object.assign(new Error(text), { code: CODES[code] ?? code.toLowerCase().replaceAll('_', '-'), reports });
}
