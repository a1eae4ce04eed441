/** One run of the module that prints, in a worker or on the page: in slices, with the browser's own deflate. */

/** What a piece is made of: what is known as JSON, positions, indices, texture coordinates, colours, origins and merges. @typedef {[about: string, positions: Float32Array, indices: Uint32Array, uvs: Float32Array, colors: Float32Array, origins: Uint32Array, merges: Uint32Array]} Share */
/** Straight RGBA, rows from the top. @typedef {{ width: number, height: number, rgba: Uint8Array }} Picture */
/** `pictures`: what colours it; one that could not be had is undefined. @typedef {{ head: string, shares: Share[], pictures: (Picture | undefined)[] }} Piece */
/**
 * `bed`: its name as a PNG, and how wide that is for its height; `finished`: a GLB that is to stand where the print is seen.
 * @typedef {{ format: 'report' | '3mf' | 'stl' | 'see', pieces: Piece[], thumbnail?: Uint8Array, bed?: [png: Uint8Array, aspect: number], finished?: Uint8Array }} Task
 */
/**
 * `refused`: code, message, detail and remedy; `seen`: marks, and what shows less than there is.
 * @typedef {{ reports: [id: string, report: any][], bytes?: Uint8Array<ArrayBuffer>, finished?: Uint8Array<ArrayBuffer>, seen?: [any[], any], refused?: string[] }} Made
 */

/** The first slice, in units of about a triangle. */
const FIRST_UNITS = 5000;
/** So much of a file is given to be deflated at once. */
const PIECE_BYTES = 1 << 19;

/**
 * @param {any} glue wasm-bindgen's module, running @param {Task} task
 * @param {number} slice how long a slice may take, milliseconds
 * @param {(done: number) => unknown} between what happens between two, such as waiting for the page
 * @returns {Promise<Made>}
 */
export async function run(glue, { format, pieces, thumbnail, bed, finished }, slice, between) {
  const work = new glue.Work(format, thumbnail);
  try {
    if (bed) work.nameBed(...bed);
    for (const { head, shares, pictures } of pieces.splice(0)) {
      for (const [at, picture] of pictures.entries()) {
        if (picture) work.picture(at, picture.width, picture.height, picture.rgba);
      }
      for (const share of shares.splice(0)) {
        work.share(...share);
        await between(0);
      }
      work.add(head);
    }
    await Promise.all(JSON.parse(work.fontFiles).map(async (/** @type {string} */ name) => work.giveFont(name, await font(name))));
    let units = FIRST_UNITS;
    for (let start = performance.now(); !work.step(Math.round(units)); start = performance.now()) {
      const spent = performance.now() - start;
      // Units differ in what they cost: a slice that was short may be followed by a long one.
      units *= Math.min(2, Math.max(0.25, slice / Math.max(spent, 0.1)));
      units = Math.min(Math.max(units, 500), 5e6);
      await between(work.progress);
    }
    let bytes;
    if (!work.refused && format === 'see') {
      const stood = finished && work.finished(finished);
      if (!work.refused) return { reports: JSON.parse(work.reports), bytes: work.printed(), finished: stood, seen: JSON.parse(work.marks) };
    } else if (!work.refused && format !== 'report') {
      for (let at = 0; work.content(at, 0, 0); at += 1) {
        const small = await deflated(work, at, between);
        if (small) work.give(at, small);
        await between(work.progress);
      }
      bytes = work.file();
    }
    return { reports: JSON.parse(work.reports), bytes, refused: work.refused && JSON.parse(work.refused) };
  } finally {
    work.free();
  }
}

/** A font that ships with the element, for words that become a shape. @param {string} name */
async function font(name) {
  const answer = await fetch(new URL(`./fonts/${name}.woff2`, import.meta.url));
  if (!answer.ok) throw new Error(`no ${answer.url} (HTTP ${answer.status})`);
  return new Uint8Array(await answer.arrayBuffer());
}

/**
 * RFC 1951, which a browser does beside its thread; undefined in one that cannot.
 * @param {any} work @param {number} at which of its contents @param {(done: number) => unknown} between
 */
async function deflated(work, at, between) {
  if (!('CompressionStream' in globalThis)) return undefined;
  const { writable, readable } = new CompressionStream('deflate-raw');
  const small = new Response(readable).arrayBuffer();
  const writer = writable.getWriter();
  for (let from = 0; ;) {
    /** @type {Uint8Array<ArrayBuffer>} */
    const piece = work.content(at, from, PIECE_BYTES);
    if (!piece.length) break;
    from += piece.length;
    await writer.write(piece);
    await between(work.progress);
  }
  await writer.close();
  return new Uint8Array(await small);
}
