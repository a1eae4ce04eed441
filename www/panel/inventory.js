/** @import { Design } from './kept.js' */
import { kept } from './kept.js';

/** What all names of ours in the browser's stores begin with. */
const OURS = 'anprobe';
/** @type {Store[]} */
const STORES = ['localStorage', 'sessionStorage'];
/** How long a worker has to answer, in milliseconds; those that are not ours never do. */
const PATIENCE = 2000;
/** The browser's own limit for what it remembers of fetches, where the page has set no other. */
const MOST_FETCHES = 250;

/** Where the browser keeps it: for ever, or until the tab is closed. @typedef {'localStorage' | 'sessionStorage'} Store */
/** @typedef {{ store: Store, key: string, value: string, bytes: number }} Setting */
/**
 * @typedef {{ designs: { design: Design, bytes: number }[], pictures: { name: string, picture: Blob }[],
 *   settings: Setting[], files: { url: string, bytes: number }[], lasting: boolean }} Inventory
 */

/** Everything that is kept on the device. @returns {Promise<Inventory>} */
export async function inventory() {
  const place = await kept();
  const designs = (await place.designs()).map((design) => {
    const { picture, ...said } = design;
    return { design, bytes: new Blob([JSON.stringify(said)]).size + (picture?.size ?? 0) };
  });
  const pictures = [...await place.pictures()].map(([name, picture]) => ({ name, picture }));
  return { designs, pictures, settings: settings(), files: await files(), lasting: place.lasting };
}

function settings() {
  return STORES.flatMap((store) => {
    try {
      return Object.entries(globalThis[store]).filter(([key]) => key.startsWith(OURS))
        .map(([key, value]) => ({ store, key, value: String(value), bytes: new Blob([key, String(value)]).size }));
    } catch {
      // The browser allows no such store.
      return [];
    }
  });
}

/** @param {Setting} setting */
export function forgetSetting({ store, key }) {
  globalThis[store].removeItem(key);
}

/** @param {Setting} setting */
export function returnSetting({ store, key, value }) {
  globalThis[store].setItem(key, value);
}

/** Names of our caches; there are none without a secure context. */
async function shelves() {
  if (!globalThis.caches) return [];
  return (await caches.keys().catch(() => [])).filter((name) => name.startsWith(OURS));
}

async function files() {
  /** @type {{ url: string, bytes: number }[]} */
  const found = [];
  for (const name of await shelves()) {
    const shelf = await caches.open(name);
    for (const request of await shelf.keys()) {
      const answer = await shelf.match(request);
      if (answer) found.push({ url: request.url, bytes: (await answer.blob()).size });
    }
  }
  return found;
}

/** The worker goes, too, or it would keep them again; a page that wants it registers it with the next visit. */
export async function forgetFiles() {
  // The viewer of this page speaks to no worker any more.
  Reflect.set(globalThis, Symbol.for('anprobe.forgotten'), true);
  const registrations = await navigator.serviceWorker?.getRegistrations().catch(() => []) ?? [];
  await Promise.all(registrations.map(async (registration) => {
    const workers = [registration.active, registration.waiting, registration.installing].filter((worker) => worker !== null);
    // A worker that still runs ends all keeping first; one of the shop's own, which has taken ours in, stays.
    await Promise.all(workers.map(async (worker) => await asked(worker, 'greet') && asked(worker, 'forget')));
    if (workers.some(({ scriptURL }) => new URL(scriptURL).pathname.endsWith('/anprobe_worker.js'))) await registration.unregister();
  }));
  for (const name of await shelves()) await caches.delete(name);
}

/** Whether a worker of ours has done it. @param {ServiceWorker} worker @param {'greet' | 'forget'} ask @returns {Promise<boolean>} */
async function asked(worker, ask) {
  const { port1, port2 } = new MessageChannel();
  const answered = await new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data === 'anprobe');
    worker.postMessage({ anprobe: { ask } }, [port2]);
    setTimeout(resolve, PATIENCE, false);
  });
  port1.close();
  return answered;
}

/** @typedef {{ origin: string, count: number, bytes: number, unknown: number }} Fetched */

/** What came over the network in this visit, by origin, this page's first. */
export function fetched() {
  /** @type {Map<string, Fetched>} */
  const origins = new Map();
  const resources = /** @type {PerformanceResourceTiming[]} */ (performance.getEntriesByType('resource'));
  const page = /** @type {PerformanceResourceTiming[]} */ (performance.getEntriesByType('navigation'));
  for (const { name, transferSize, decodedBodySize, workerStart } of [...page, ...resources]) {
    if (!/^https?:/.test(name)) continue;
    const { origin } = new URL(name);
    const known = origins.get(origin) ?? { origin, count: 0, bytes: 0, unknown: 0 };
    origins.set(origin, known);
    known.count += 1;
    known.bytes += transferSize;
    // Nothing at all is what another server hides; from this one it was empty. What a worker answered with may have come
    // from the network or not. With a size and no bytes on the way it was on the device already.
    const hidden = transferSize === 0 && (workerStart > 0 || (decodedBodySize === 0 && origin !== location.origin));
    if (hidden) known.unknown += 1;
  }
  const sorted = [...origins.values()].sort((one, other) => Number(other.origin === location.origin) - Number(one.origin === location.origin) || (one.origin < other.origin ? -1 : 1));
  return { origins: sorted, isFull: resources.length >= MOST_FETCHES };
}
