/**
 * What is kept on the device: designs, and the customer's own pictures that they need. It lies in IndexedDB, or, where
 * the browser allows none, in memory until the page is left. Nothing of it is ever sent.
 */

/**
 * @typedef {object} Design
 * @property {string} id
 * @property {'design' | 'owned' | 'ordered'} kind what the customer thought of, has, or asked a shop for
 * @property {string} name
 * @property {string} product the address of the product file
 * @property {string} productName
 * @property {string} code
 * @property {string} owned the code of what the customer had then; empty for nothing
 * @property {number} savedMs since 1970
 * @property {Blob} [picture] how it looks, small
 * @property {string[]} pictures names of the customer's own
 * @property {{ name: string, focal: number, numbers: number[], brighter: number, view: string }} [photo] the picture that it was drawn into: its name among `pictures`, and how it was aligned
 * @property {boolean} [isPresent] of what is owned: whether it is the one that upgrades are for
 */
/** @typedef {Map<string, Blob>} Pictures the customer's own, by name */
/** @typedef {{ design: Design, pictures: Pictures }} Entry */
/**
 * @typedef {object} Place
 * @property {boolean} lasting whether it outlives the page
 * @property {() => Promise<Design[]>} designs the latest first
 * @property {(names?: string[]) => Promise<Pictures>} pictures
 * @property {(entries: Entry[]) => Promise<void>} put
 * @property {(ids: string[]) => Promise<void>} remove with the pictures that no other needs
 */

const DATABASE = 'anprobe';
const STORES = ['designs', 'pictures'];

/** Tells `change` when something is kept or no longer, here or in another tab. */
export const news = new EventTarget();
/** @type {BroadcastChannel | undefined} */
const tabs = globalThis.BroadcastChannel && new BroadcastChannel('anprobe-kept');
tabs?.addEventListener('message', () => news.dispatchEvent(new Event('change')));

/** @type {Promise<Place> | undefined} */
let place;

/** Where it is kept. */
export function kept() {
  place ??= database().then((found) => new Device(found), () => new Memory());
  return place;
}

/** Whether anything was ever kept: asking leaves no empty database on the device of who keeps nothing. */
export async function hasKept() {
  if (place) return true;
  try {
    return (await indexedDB.databases()).some(({ name }) => name === DATABASE);
  } catch {
    // Some browsers do not say.
    return true;
  }
}

/** A name that nothing else has; `randomUUID` needs a secure context. */
export function freshId() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function tell() {
  news.dispatchEvent(new Event('change'));
  tabs?.postMessage('change');
}

/** @returns {Promise<IDBDatabase>} */
function database() {
  return new Promise((resolve, reject) => {
    // Throws, is null, or fails, as the browser likes where nothing may be kept.
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('designs', { keyPath: 'id' });
      request.result.createObjectStore('pictures');
    };
    request.onsuccess = () => {
      const found = request.result;
      // A later version of the page, or the browser, wants it closed: it is opened anew when it is next needed.
      found.onversionchange = () => {
        found.close();
        place = undefined;
      };
      found.onclose = () => { place = undefined; };
      resolve(found);
    };
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('another tab holds an older database'));
  });
}

/** @param {Design[]} designs */
function latestFirst(designs) {
  return designs.sort((one, other) => other.savedMs - one.savedMs);
}

/** @implements {Place} */
class Device {
  lasting = true;

  /** @param {IDBDatabase} database */
  constructor(database) {
    this.database = database;
  }

  /**
   * @template Result
   * @param {IDBTransactionMode} mode @param {(designs: IDBObjectStore, pictures: IDBObjectStore) => IDBRequest<Result> | void} act
   * @returns {Promise<Result>}
   */
  #run(mode, act) {
    return new Promise((resolve, reject) => {
      const transaction = this.database.transaction(STORES, mode);
      const request = act(transaction.objectStore('designs'), transaction.objectStore('pictures'));
      transaction.oncomplete = () => resolve(/** @type {Result} */ (request?.result));
      transaction.onabort = () => reject(transaction.error ?? new Error('not kept'));
    });
  }

  async designs() {
    return latestFirst(await this.#run('readonly', (designs) => designs.getAll()));
  }

  /** @param {string[]} [names] */
  async pictures(names) {
    const known = /** @type {string[]} */ (names ?? await this.#run('readonly', (_, pictures) => pictures.getAllKeys()));
    const found = await Promise.all(known.map((name) => this.#run('readonly', (_, pictures) => pictures.get(name))));
    return new Map(known.flatMap((name, at) => (found[at] ? [[name, found[at]]] : [])));
  }

  /** @param {Entry[]} entries */
  async put(entries) {
    await this.#run('readwrite', (designs, pictures) => {
      for (const entry of entries) {
        designs.put(entry.design);
        for (const [name, picture] of entry.pictures) pictures.put(picture, name);
      }
      sweep(designs, pictures);
    });
    tell();
  }

  /** @param {string[]} ids */
  async remove(ids) {
    await this.#run('readwrite', (designs, pictures) => {
      for (const id of ids) designs.delete(id);
      sweep(designs, pictures);
    });
    tell();
  }
}

/** Takes pictures out that no design needs. @param {IDBObjectStore} designs @param {IDBObjectStore} pictures */
function sweep(designs, pictures) {
  const all = designs.getAll();
  all.onsuccess = () => {
    const needed = new Set(all.result.flatMap((/** @type {Design} */ design) => design.pictures));
    const names = pictures.getAllKeys();
    names.onsuccess = () => {
      for (const name of names.result) if (!needed.has(String(name))) pictures.delete(name);
    };
  };
}

/** @implements {Place} */
class Memory {
  lasting = false;
  /** @type {Map<string, Entry>} */
  #entries = new Map();

  async designs() {
    return latestFirst([...this.#entries.values()].map(({ design }) => design));
  }

  /** @param {string[]} [names] */
  async pictures(names) {
    const all = [...this.#entries.values()].flatMap(({ pictures }) => [...pictures]);
    return new Map(all.filter(([name]) => !names || names.includes(name)));
  }

  /** @param {Entry[]} entries */
  async put(entries) {
    for (const { design, pictures } of entries) {
      const known = await this.pictures(design.pictures);
      this.#entries.set(design.id, { design, pictures: new Map([...known, ...pictures]) });
    }
    tell();
  }

  /** @param {string[]} ids */
  async remove(ids) {
    for (const id of ids) this.#entries.delete(id);
    tell();
  }
}
