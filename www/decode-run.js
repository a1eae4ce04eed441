/** One model unpacked, in a worker or on the page: piece by piece. */

/**
 * `issues`: code, severity, path, message and remedy of each in turn; without `file` the first says why.
 * @typedef {{ file?: Uint8Array<ArrayBuffer>, issues: string[] }} Unpacked
 */

/**
 * @param {any} glue wasm-bindgen's module, running @param {Uint8Array} bytes
 * @param {(uri: string) => Promise<Uint8Array | undefined>} fetched what lies beside the file; undefined when it cannot be had
 * @param {() => unknown} between what happens between two pieces, such as waiting for the page
 * @returns {Promise<Unpacked>}
 */
export async function run(glue, bytes, fetched, between) {
  const unpacking = new glue.Unpacking(bytes);
  try {
    await Promise.all(unpacking.resources().map(async (/** @type {string} */ uri, /** @type {number} */ at) => {
      const found = await fetched(uri);
      if (found) unpacking.give(at, found);
    }));
    while (!unpacking.step()) await between();
    const file = unpacking.file();
    return { file, issues: unpacking.issues() };
  } finally {
    unpacking.free();
  }
}
