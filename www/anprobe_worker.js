/**
 * An optional service worker: a product works offline after one visit. A shop registers it:
 *
 * `navigator.serviceWorker.register('/anprobe/anprobe_worker.js?with=/lamp.html&with=/shop.css', { scope: '/' })`
 *
 * - `with` (any number): a page of the shop's that is to open offline, or a style or script that it needs, by address;
 * - `origin` (any number): another origin that the page's products and models come from;
 * - `files`: the folder of these files, where a worker of the shop's own takes this one in by `importScripts`.
 *
 * It keeps the element's own files, and of the shop's what the product is made of: the product file, the models that it
 * names and the page has fetched, and what these name in turn. It touches nothing else: no cart, no search, no prices.
 *
 * With network, the network's answer counts, for the element's own files, too: no page mixes what is kept with a newer
 * build. Without network, all own files are of one build, this worker's: it keeps none whose content is another.
 */

/** @type {any} */
const worker = self;
/** What the build knows: a version made of all contents, and the element's own files with the CRC-32 of each; empty while developing. */
const BUILD = JSON.parse('{"version":"","files":{}}');
const said = new URL(worker.location.href).searchParams;
const OWN = new URL(said.get('files') ?? './', worker.location.href).href;
const ORIGINS = [worker.location.origin, ...said.getAll('origin')];
const WITH = said.getAll('with').map((/** @type {string} */ page) => bare(new URL(page, worker.location.href).href));
const CODE = `anprobe-code-${BUILD.version || 'dev'}`;
const PRODUCTS = 'anprobe-products';
/** Apart from products, or these would push them out. */
const PAGES = 'anprobe-pages';
/** Bytes of all that products, or pages, are made of, and of one such file. */
const MOST = { all: 128 << 20, one: 48 << 20 };
const MODELS = /\.(json|glb|gltf|bin|rules|hdr|png|jpe?g|webp|avif)$/i;
/** After the customer has deleted everything nothing more is kept. */
let isForgotten = false;

/** An address without what changes with each visit. @param {string} url */
function bare(url) {
  return url.split(/[?#]/)[0];
}

/** Whether it is one of the element's own files. @param {string} url */
function isOwn(url) {
  if (!url.startsWith(OWN) || WITH.includes(bare(url))) return false;
  const name = url.slice(OWN.length);
  if (name.startsWith('anprobe_worker.')) return false;
  return BUILD.version ? Object.hasOwn(BUILD.files, name) : /^((panel\/)?[\w-]+\.js|anprobe_[\w-]+\.(wasm|txt)|fonts\/[\w-]+\.woff2)$/.test(name);
}

/** Whether a product may be made of it. @param {string} url */
function isAllowed(url) {
  const { protocol, origin, username } = new URL(url);
  return /^https?:$/.test(protocol) && !username && ORIGINS.includes(origin);
}

/** @param {Response} answer */
function isWhole(answer) {
  return answer.ok && !answer.redirected && answer.type !== 'opaque';
}

/** A device that can keep nothing, kept nothing. @param {string} name @param {string} url @returns {Promise<Response | undefined>} */
async function kept(name, url) {
  return caches.open(name).then((shelf) => shelf.match(url, { ignoreVary: true })).catch(() => undefined);
}

/** @param {string} name @param {string} url @param {Response} answer */
async function put(name, url, answer) {
  if (isForgotten || !isWhole(answer) || Number(answer.headers.get('content-length')) > MOST.one) return;
  // All of it first: a browser drops the old copy as it begins to write, and one cut short would leave none.
  const body = await answer.blob();
  if (body.size > MOST.one) return;
  await (await caches.open(name)).put(url, new Response(body, { status: answer.status, headers: answer.headers }));
  // It may have been deleted meanwhile.
  if (isForgotten) await caches.delete(name);
}

/** Fetches and keeps a file; an older one stays where that fails. @param {string} name @param {string} url @param {RequestCache} cache */
async function take(name, url, cache) {
  const answer = await fetch(url, { cache, credentials: 'same-origin' }).catch(() => undefined);
  if (!answer || !isWhole(answer)) return kept(name, url);
  await put(name, url, answer.clone()).catch(() => {});
  return answer;
}

/** Lets go of what is too large, and of what was kept first, until the rest is small enough. @param {string} name */
async function trim(name) {
  const shelf = await caches.open(name);
  const requests = [...await shelf.keys()];
  const sizes = await Promise.all(requests.map(async (request) => (await (await shelf.match(request, { ignoreVary: true }))?.blob())?.size ?? 0));
  let sum = sizes.reduce((sum, size) => sum + size, 0);
  for (const [at, request] of requests.entries()) {
    if (sum <= MOST.all && sizes[at] <= MOST.one) continue;
    await shelf.delete(request, { ignoreVary: true });
    sum -= sizes[at];
  }
}

/** @param {Uint8Array} bytes */
function crc32(bytes) {
  const table = Uint32Array.from({ length: 256 }, (_, value) => {
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
    return value;
  });
  let crc = -1;
  for (const byte of bytes) crc = table[(crc ^ byte) & 255] ^ (crc >>> 8);
  return (~crc >>> 0).toString(16).padStart(8, '0');
}

/** Keeps a file of the element's own, if it is this build's, and says whether it is there. @param {string} url @param {RequestCache[]} ways */
async function takeOwn(url, ...ways) {
  if (await kept(CODE, url)) return true;
  for (const cache of ways) {
    const answer = await fetch(url, { cache, credentials: 'same-origin' }).catch(() => undefined);
    if (!answer || !isWhole(answer)) continue;
    if (BUILD.version && crc32(new Uint8Array(await answer.clone().arrayBuffer())) !== BUILD.files[url.slice(OWN.length)]) continue;
    return put(CODE, url, answer).then(() => true, () => false);
  }
  return false;
}

/** What belongs together: a flavour's glue and module, and all of the panel, as of that much is imported late. @param {string} name */
function family(name) {
  return name.startsWith('anprobe_panel') ? 'anprobe_panel' : name.replace(/\.\w+$/, '');
}

/** Of this build, what somebody needs who has used these files of this or an older one. @param {string[]} urls */
function needed(urls) {
  const names = urls.filter((url) => url.startsWith(OWN)).map((url) => url.slice(OWN.length));
  if (!BUILD.version) return urls.filter(isOwn);
  const families = new Set(['anprobe', 'anprobe_shaders', ...names.map(family)]);
  const isUsed = names.some((name) => family(name).startsWith('anprobe'));
  return isUsed ? Object.keys(BUILD.files).filter((name) => families.has(family(name))).map((name) => OWN + name) : [];
}

/** The addresses in a product file or a model. @param {string} url @param {Response} answer @returns {Promise<string[]>} */
async function named(url, answer) {
  let text = '';
  if (/\.glb$/i.test(bare(url))) {
    const bytes = new DataView(await answer.arrayBuffer());
    if (bytes.byteLength >= 20 && bytes.getUint32(0) === 0x676c5446) {
      text = new TextDecoder().decode(new Uint8Array(bytes.buffer, 20, Math.min(bytes.getUint32(12, true), bytes.byteLength - 20)));
    }
  } else if (/\.(json|gltf)$/i.test(bare(url))) text = await answer.text();
  /** @type {Set<string>} */
  const found = new Set();
  try {
    JSON.parse(text, (name, value) => {
      // Any text may be an address; only those that the page has fetched count. A print file that is sold is not kept.
      if (name !== 'source' && typeof value === 'string' && value.length < 2000 && URL.canParse(value, url)) found.add(new URL(value, url).href);
      return value;
    });
  } catch {
    // No JSON: it names nothing.
  }
  return [...found];
}

/**
 * Keeps what a visit has needed: the element's own files, and what the product is made of.
 * @param {string[]} begin addresses that the element was given @param {string[]} fetched all that the page has fetched
 */
async function keep(begin, fetched) {
  for (const url of needed(fetched)) {
    // The shop has another build already, whose worker is to come: fetching the others would be for nothing.
    if (!await takeOwn(url, 'default', 'no-cache')) break;
  }
  const open = begin.filter(isAllowed);
  const seen = new Set(open);
  for (let url = open.pop(); url && !isForgotten; url = open.pop()) {
    // What is kept is as new as the page's last fetch; the rest the page has just fetched.
    const answer = await kept(PRODUCTS, url) ?? await take(PRODUCTS, url, 'force-cache');
    if (!answer) continue;
    for (const next of await named(url, answer)) {
      if (seen.has(next) || !fetched.includes(next) || !isAllowed(next) || !MODELS.test(bare(next))) continue;
      seen.add(next);
      open.push(next);
    }
  }
  await trim(PRODUCTS);
}

/** The network's answer, or the one that is kept; an update replaces it. @param {string} name @param {string} url @param {any} event */
async function networkFirst(name, url, event) {
  // Asked for at once: a look at the device shall not delay it.
  const coming = fetch(event.request);
  const [answer, old] = await Promise.all([coming.catch(() => undefined), kept(name, url)]);
  if (!answer) return old ?? coming;
  // Another build has no such piece any more; the page that asks for it is of this one.
  if (name === CODE && !answer.ok && old) return old;
  const isNew = old ? differs(old, answer) : name === PAGES;
  // Of its own files only those that it has taken itself are known to be of this build.
  if (isNew && !(name === CODE && BUILD.version)) event.waitUntil(put(name, url, answer.clone()).then(() => trim(name)).catch(() => {}));
  return answer;
}

/** @param {Response} old @param {Response} answer */
function differs(old, answer) {
  const tags = ['etag', 'last-modified'];
  return !tags.some((tag) => answer.headers.has(tag)) || tags.some((tag) => answer.headers.get(tag) !== old.headers.get(tag));
}

/** Names of the element's own files, of other builds. */
async function otherBuilds() {
  return (await caches.keys()).filter((name) => name.startsWith('anprobe-code-') && name !== CODE);
}

worker.addEventListener('install', (/** @type {any} */ event) => {
  event.waitUntil((async () => {
    for (const page of WITH) await take(PAGES, page, 'no-cache');
    const used = [];
    for (const name of await otherBuilds()) used.push(...await (await caches.open(name)).keys());
    // Another build comes whole or not at all: until it does, the last one stays, which is whole.
    for (const url of needed(used.map(({ url }) => url))) {
      if (await takeOwn(url, 'no-cache')) continue;
      await caches.delete(CODE);
      throw new Error(`${url} is not of this build`);
    }
  })());
});

worker.addEventListener('activate', (/** @type {any} */ event) => {
  event.waitUntil((async () => {
    for (const name of await otherBuilds()) await caches.delete(name);
    await worker.clients.claim();
  })().catch(() => {}));
});

/** Deletes all that is kept, and keeps nothing any more. */
async function forget() {
  isForgotten = true;
  for (const name of await caches.keys()) if (/^anprobe-(code-|products$|pages$)/.test(name)) await caches.delete(name);
}

worker.addEventListener('message', (/** @type {any} */ event) => {
  const { ask, named: begin, fetched } = event.data?.anprobe ?? {};
  const [port] = event.ports;
  // Pages speak to a worker that answers this.
  if (ask === 'greet') port?.postMessage('anprobe');
  if (ask === 'forget') event.waitUntil(forget().catch(() => {}).then(() => port?.postMessage('anprobe')));
  const isList = (/** @type {unknown} */ list) => Array.isArray(list) && list.every((url) => typeof url === 'string' && URL.canParse(url));
  if (!isForgotten && isList(begin) && isList(fetched)) event.waitUntil(keep(begin, fetched).catch(() => {}));
});

worker.addEventListener('fetch', (/** @type {any} */ event) => {
  const { method, url, destination, headers } = event.request;
  if (isForgotten || method !== 'GET' || headers.has('range') || headers.has('authorization') || !isAllowed(url)) return;
  if (WITH.includes(bare(url))) event.respondWith(networkFirst(PAGES, bare(url), event));
  else if (isOwn(url)) event.respondWith(networkFirst(CODE, url, event));
  else if (['', 'image'].includes(destination) && MODELS.test(bare(url))) event.respondWith(networkFirst(PRODUCTS, url, event));
});
