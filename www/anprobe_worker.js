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
 */

/** @type {any} */
const worker = self;
/** What the build knows: a version made of all contents, and the element's own files; empty while developing. */
const BUILD = JSON.parse('{"version":"","files":[]}');
const said = new URL(worker.location.href).searchParams;
const OWN = new URL(said.get('files') ?? './', worker.location.href).href;
const ORIGINS = [worker.location.origin, ...said.getAll('origin')];
const PAGES = said.getAll('with').map((/** @type {string} */ page) => bare(new URL(page, worker.location.href).href));
const CODE = `anprobe-code-${BUILD.version || 'dev'}`;
const SHOP = 'anprobe-products';
/** Bytes of all that a product is made of, and of one such file. */
const MOST = { all: 128 << 20, one: 48 << 20 };
const MODELS = /\.(json|glb|gltf|bin|rules|hdr|png|jpe?g|webp|avif)$/i;

/** An address without what changes with each visit. @param {string} url */
function bare(url) {
  return url.split(/[?#]/)[0];
}

/** Whether it is one of the element's own files. @param {string} url */
function isOwn(url) {
  if (!url.startsWith(OWN)) return false;
  const name = url.slice(OWN.length);
  if (name.startsWith('anprobe_worker.')) return false;
  return BUILD.version ? BUILD.files.includes(name) : /^((panel\/)?[\w-]+\.js|anprobe_[\w-]+\.(wasm|txt))$/.test(name);
}

/** Whether a product may be made of it. @param {string} url */
function isAllowed(url) {
  const { protocol, origin, username } = new URL(url);
  return /^https?:$/.test(protocol) && !username && ORIGINS.includes(origin);
}

/** @param {string} name @param {string} url */
async function kept(name, url) {
  return (await caches.open(name)).match(url, { ignoreVary: true });
}

/** Fetches and keeps a file; an older one stays where that fails. @param {string} name @param {string} url @param {RequestCache} cache */
async function take(name, url, cache = 'default') {
  const answer = await fetch(url, { cache, credentials: 'same-origin' }).catch(() => undefined);
  return answer?.ok && answer.type !== 'opaque' && !answer.redirected ? put(name, url, answer) : kept(name, url);
}

/** Keeps a copy, if it is of a bearable size. @param {string} name @param {string} url @param {Response} answer */
async function put(name, url, answer) {
  const shelf = await caches.open(name);
  const body = await answer.clone().blob();
  if (body.size > MOST.one) return answer;
  await shelf.put(url, new Response(body, { status: answer.status, headers: answer.headers }));
  if (name === SHOP) await trim(shelf);
  return answer;
}

/** Lets go of what was kept first, until the rest is small enough. @param {Cache} shelf */
async function trim(shelf) {
  const requests = [...await shelf.keys()];
  const sizes = await Promise.all(requests.map(async (request) => (await (await shelf.match(request))?.blob())?.size ?? 0));
  let sum = sizes.reduce((sum, size) => sum + size, 0);
  for (const [at, request] of requests.entries()) {
    if (sum <= MOST.all) return;
    await shelf.delete(request);
    sum -= sizes[at];
  }
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
    JSON.parse(text, (_, value) => {
      // Any text may be an address; only those that the page has fetched count.
      if (typeof value === 'string' && value.length < 2000 && URL.canParse(value, url)) found.add(new URL(value, url).href);
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
  const own = fetched.filter(isOwn);
  // What is imported late belongs to it, whether it was opened in this visit or not.
  if (own.some((url) => url.slice(OWN.length).startsWith('anprobe_panel'))) {
    own.push(...BUILD.files.filter((/** @type {string} */ name) => name.startsWith('anprobe_panel')).map((/** @type {string} */ name) => OWN + name));
  }
  for (const url of new Set(own)) if (!await kept(CODE, url)) await take(CODE, url);
  const open = begin.filter(isAllowed);
  const seen = new Set(open);
  for (let url = open.pop(); url; url = open.pop()) {
    const answer = await take(SHOP, url);
    if (!answer) continue;
    for (const next of await named(url, answer.clone())) {
      if (seen.has(next) || !fetched.includes(next) || !isAllowed(next) || !MODELS.test(bare(next))) continue;
      seen.add(next);
      open.push(next);
    }
  }
}

/** The network's answer, or the one that is kept; an update replaces it. @param {string} name @param {string} url @param {Request} request */
async function networkFirst(name, url, request) {
  const old = await kept(name, url);
  try {
    const answer = await fetch(request);
    if (old && answer.ok && differs(old, answer)) await put(name, url, answer);
    return answer;
  } catch (error) {
    if (old) return old;
    throw error;
  }
}

/** @param {Response} old @param {Response} answer */
function differs(old, answer) {
  const tags = ['etag', 'last-modified'];
  return !tags.some((tag) => answer.headers.has(tag)) || tags.some((tag) => answer.headers.get(tag) !== old.headers.get(tag));
}

/** @param {string} url @param {Request} request */
async function ownFirst(url, request) {
  return (await kept(CODE, url)) ?? put(CODE, url, await fetch(request));
}

worker.addEventListener('install', (/** @type {any} */ event) => {
  event.waitUntil((async () => {
    for (const page of PAGES) await take(SHOP, page, 'no-cache');
    // Another version comes whole, before it counts: what the last one had, and this one still has.
    for (const name of await caches.keys()) {
      if (!name.startsWith('anprobe-code-') || name === CODE) continue;
      const urls = (await (await caches.open(name)).keys()).map(({ url }) => url);
      const panel = urls.some((url) => url.includes('anprobe_panel'));
      const pieces = BUILD.files.filter((/** @type {string} */ file) => panel && file.startsWith('anprobe_panel')).map((/** @type {string} */ file) => OWN + file);
      for (const url of new Set([...urls.filter(isOwn), ...pieces])) await take(CODE, url, 'no-cache');
    }
  })());
});

worker.addEventListener('activate', (/** @type {any} */ event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith('anprobe-code-') && name !== CODE) await caches.delete(name);
    await worker.clients.claim();
  })());
});

worker.addEventListener('message', (/** @type {any} */ event) => {
  const { named: begin, fetched } = event.data?.anprobe ?? {};
  const isList = (/** @type {unknown} */ list) => Array.isArray(list) && list.every((url) => typeof url === 'string' && URL.canParse(url));
  if (isList(begin) && isList(fetched)) event.waitUntil(keep(begin, fetched));
});

worker.addEventListener('fetch', (/** @type {any} */ event) => {
  const { request } = event;
  const { method, url, destination, headers } = request;
  if (method !== 'GET' || headers.has('range') || !isAllowed(url)) return;
  if (isOwn(url)) event.respondWith(BUILD.version ? ownFirst(url, request) : networkFirst(CODE, url, request));
  else if (PAGES.includes(bare(url))) event.respondWith(networkFirst(SHOP, bare(url), request));
  else if (['', 'image'].includes(destination) && MODELS.test(bare(url))) event.respondWith(networkFirst(SHOP, url, request));
});
