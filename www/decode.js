/** @import { Host } from './host.js' */
/** @import { Unpacked } from './decode-run.js' */
import { Beside, rest } from './beside.js';
import { run } from './decode-run.js';

/**
 * Has packed models unpacked: fetched once a page, when one comes. What is large goes to a worker; what is small is unpacked
 * sooner than a worker starts. Where none can start, as when these files come from another origin, the page does it, piece by
 * piece.
 */

/**
 * What is smaller than this, bytes, is unpacked on the page: a Draco mesh, which comes in one piece, of 60 kB took 26 ms, one
 * of 192 kB 103 ms, where a worker had its answer after 83 and 212 ms. Streams of meshopt take a tenth of that.
 */
const SMALL = 50_000;
/** On the page: a frame at 60 Hz is 17. */
const SLICE_MS = 12;

/** The module that unpacks. */
const unpacking = new Beside('decode', 'unpack_worker.js', 'anprobe-unpack');

/**
 * The answer to a request for a model: plain, or why there is none.
 * @param {Host} host @param {number} request @param {Uint8Array<ArrayBuffer>} bytes as they came @param {string} url where from
 * @param {AbortSignal} signal ends it
 * @returns {Promise<[answer: (raw: any) => void]>}
 */
export async function decode(host, request, bytes, url, signal) {
  /** What lies beside the model; the reader reports what cannot be had. @param {string} uri */
  const fetched = (uri) => host.download(request, uri, url, signal).catch((error) => {
    if (signal.aborted) throw error;
    return undefined;
  });
  const module = await unpacking.module(signal);
  const worker = bytes.length < SMALL ? undefined : await unpacking.hired(signal);
  const made = await (worker
    ? unpacking.there(worker, { module, bytes }, [bytes.buffer], signal, async ({ uri }) => worker.postMessage({ uri, bytes: await fetched(uri) }))
    : unpacking.here(module, (bound) => onPage(bound, bytes, fetched, signal)));
  return [(raw) => answer(host, raw, request, made)];
}

/** @param {Host} host @param {any} raw @param {number} request @param {Unpacked} made */
function answer(host, raw, request, { file, issues }) {
  const told = [];
  for (let at = 0; at < issues.length; at += 5) {
    const [code, severity, path, message, remedy] = issues.slice(at, at + 5);
    told.push(/** @type {const} */ ([code, Number(severity), path, message, remedy]));
  }
  if (file) for (const issue of told) host.complain('', ...issue);
  const grave = told.find(([, severity]) => severity === 2);
  const say = host.complain.bind(host);
  const end = () => Reflect.deleteProperty(host, 'complain');
  // The viewer calls it before it answers here. Of a file that it cannot read it knows less than what was found here: the
  // failure that comes of that, the first one, is told with these words.
  if (grave) {
    host.complain = (kind, ...rest) => {
      if (kind) end();
      say(kind, .../** @type {typeof grave} */ (kind ? grave : rest));
    };
  }
  try {
    // What is still packed nobody here can unpack.
    if (!file || raw.bytes(request, file)) raw.failed(request, grave?.[3] ?? 'the model cannot be unpacked');
  } finally {
    end();
  }
}

/** @param {any} bound @param {Uint8Array} bytes @param {(uri: string) => Promise<Uint8Array | undefined>} fetched @param {AbortSignal} signal @returns {Promise<Unpacked>} */
function onPage(bound, bytes, fetched, signal) {
  let start = performance.now();
  return run(bound, bytes, fetched, async () => {
    if (performance.now() - start < SLICE_MS) return;
    await rest();
    signal.throwIfAborted();
    start = performance.now();
  });
}
