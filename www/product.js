/** @import { Shell } from './shell.js' */
/** @import { Stage } from './stage.js' */
import { InArtwork, equip, keepPicture } from './product-artwork.js';
import { InFiles, hold } from './product-files.js';
import { InMaking, supply } from './product-making.js';
import { tellWorker } from './product-offline.js';
import { isPacing, judgeSlice, slices } from './product-pace.js';
import { InPhoto, expose } from './product-photo.js';
import { print } from './product-print.js';
import { InSpace, fits, isPlaced, place } from './product-space.js';
import { PRODUCT_WORDS } from './product-words.js';
import { language } from './words.js';

/**
 * What `<anprobe-viewer product>` can do beside showing: fetched with the module that knows products. What is asked is
 * decided in Rust; here are words, money, and the names of properties and methods.
 */

/** @type {WeakMap<object, Shell>} */
const shells = new WeakMap();
/** @type {WeakMap<object, Stage>} */
const stages = new WeakMap();
/** What an element was given, also before there was a product to give it to. @type {WeakMap<object, Record<string, unknown>>} */
const given = new WeakMap();
/** Where previews are drawn before they are copied: a canvas has one kind of context for ever. @type {WeakMap<object, HTMLCanvasElement>} */
const benches = new WeakMap();
/** Keys whose values are minor units of money; those of the second are told as differences. */
const PRICES = ['total', 'tax', 'price', 'credit'];
const DIFFERENCES = ['amount', 'moreThanOwned'];
/** Keys of objects whose own keys are ids of the product file. */
const BY_ID = ['values', 'facts', 'behaviours'];
/** @type {Map<string, Intl.NumberFormat>} */
const formats = new Map();
let ready = false;

/**
 * Gives an element's class all that products need, and tells its viewer what the page set.
 * @param {Shell} shell @param {Stage} stage on which it now stands
 */
export function attach(shell, stage) {
  const { element, host } = shell;
  const known = shells.has(element);
  shells.set(element, shell);
  if (!ready) prepare(/** @type {any} */ (element.constructor));
  // Rust calls it, and nobody else does.
  if (host) /** @type {any} */ (host).print = print.bind(undefined, host, element);
  if (host) redirect(host, element);
  if (!known) follow(shell);
  if (!known) furnish(element);
  if (!known) tellWorker(element);
  hold(shell);
  place(shell, stage);
  equip(shell);
  supply(shell, stage);
  expose(shell, stage);
  stages.set(element, stage);
  if (element.hasAttribute('ar')) inRoom(element).catch((error) => console.warn(error));
  order(element, 'language', language(element));
  const own = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (element));
  for (const name of ['rates', 'offers']) {
    // Set before the class knew it.
    if (!known && Object.prototype.hasOwnProperty.call(element, name)) {
      const value = own[name];
      delete own[name];
      own[name] = value;
    } else if (given.get(element)?.[name]) {
      own[name] = given.get(element)?.[name];
    }
  }
  forget(element);
  // A new instance knows nothing of what was compared.
  const { compare, wipe, marks, step } = given.get(element) ?? /** @type {any} */ ({});
  if (step) {
    // Its product stands when there is a picture.
    element.addEventListener('render', () => {
      if (given.get(element)?.step === step) /** @type {any} */ (element).step(...step);
    }, { once: true });
  }
  if (compare) {
    element.addEventListener('configuration-change', () => {
      const viewer = /** @type {any} */ (element);
      if (given.get(element)?.compare !== compare) return;
      viewer.compare(compare);
      if (wipe !== undefined) viewer.wipe = wipe;
      if (marks !== undefined) viewer.marks = marks;
    }, { once: true });
  }
}

/** Fetches from where the page says (`ModelViewerElement.mapURLs`). @param {NonNullable<Shell['host']>} host @param {HTMLElement} element */
function redirect(host, element) {
  const { mapped } = /** @type {{ mapped?: (address: string) => string }} */ (/** @type {unknown} */ (element.constructor));
  const { download } = host;
  if (mapped) host.download = (request, url, base, ...rest) => download.call(host, request, mapped(new URL(url, new URL(base ?? '', document.baseURI)).href), undefined, ...rest);
}

/** The panel comes when a page has one and has not fetched it itself, and goes with the attribute. @param {HTMLElement} element */
function furnish(element) {
  const come = () => {
    if (!element.hasAttribute('panel') && !document.querySelector('anprobe-panel:not(:defined), anprobe-viewer > anprobe-panel')) return;
    import(String(new URL('./anprobe_panel.js', import.meta.url))).then((panel) => panel.furnish(element)).catch((error) => console.warn(error));
  };
  come();
  new MutationObserver(() => {
    come();
    forget(element);
    if (element.hasAttribute('ar')) inRoom(element).catch((error) => console.warn(error));
  }).observe(element, { attributeFilter: ['panel', 'product', 'ar'] });
}

/** What puts the product into a room comes when a page has that in mind. @param {HTMLElement} element */
async function inRoom(element) {
  const room = await import(String(new URL('./anprobe_ar.js', import.meta.url)));
  room.attach(shells.get(element), stages.get(element));
  return room;
}

/** Events have their details, and names and prices follow the language as the element's own words do. @param {Shell} shell */
function follow(shell) {
  const { element } = shell;
  shell.detail = (name, word, number) => {
    try {
      return detail(element, name, word, number);
    } catch (error) {
      // Rust is waiting: an event without details is better than none.
      console.warn(error);
      return undefined;
    }
  };
  let spoken = language(element);
  shell.label = () => {
    Object.getPrototypeOf(shell).label.call(shell);
    if (spoken === language(element)) return;
    spoken = language(element);
    order(element, 'language', spoken);
  };
}

/** All that `<anprobe-viewer>` gets here. @returns {Record<string, PropertyDescriptor>} */
export function members() {
  const own = [Product, InSpace, InArtwork, InPhoto, InFiles, InMaking, InRoom].map((part) => Object.getOwnPropertyDescriptors(part.prototype));
  const { constructor, ...rest } = Object.assign({}, ...own);
  return rest;
}

/** @param {any} Viewer the element's class */
function prepare(Viewer) {
  ready = true;
  for (const [language, words] of Object.entries(PRODUCT_WORDS)) {
    Viewer.words[language] = { ...words, ...Viewer.words[language] };
  }
  const known = members();
  // The page's own class may stand between this and the element's.
  let prototype = Viewer.prototype;
  while (!Object.prototype.hasOwnProperty.call(prototype, 'attributeChangedCallback')) {
    prototype = Object.getPrototypeOf(prototype);
  }
  for (const [name, member] of Object.entries(known)) {
    // What the element already answers by fetching this module, others of the page still need.
    const before = prototype[name];
    const { value } = member;
    if (typeof before !== 'function' || typeof value !== 'function') continue;
    member.value = function (/** @type {unknown[]} */ ...given) {
      return (isPlaced(/** @type {object} */ (this)) ? value : before).apply(this, given);
    };
  }
  Object.defineProperties(prototype, known);
}

/** Until what puts the product into a room is there; `this` is the element. */
class InRoom {
  async activateAR() {
    const room = await inRoom(/** @type {any} */ (this));
    return room.activate(this);
  }
}

/** The members that `<anprobe-viewer>` gets; `this` is the element. @extends {HTMLElement} */
class Product {
  /** What is chosen: `code`, `values` by group, `owned`, `differences`, `canUndo`, `canRedo`, `designs`, `behaviours`. */
  get configuration() {
    return view(this, 'configuration');
  }

  /** The code of what is chosen, for an address or an order. */
  get code() {
    return view(this, 'configuration')?.code ?? '';
  }

  /** All groups with their choices, and what each would mean. */
  get options() {
    return view(this, 'options') ?? [];
  }

  /** One group. @param {string} group */
  option(group) {
    return view(this, 'group', group);
  }

  /** What it costs, line by line, and what is known of it. */
  get quote() {
    return view(this, 'quote');
  }

  /** What does not change: names, guide, surfaces, behaviours, dimensions, hotspots, refills, actions, links. */
  get sheet() {
    return view(this, 'sheet');
  }

  /** `{ sku: { price, stock, leadTimeDays, validUntilSecs } }`: wins over the file. */
  get offers() {
    return /** @type {object} */ (given.get(this)?.offers ?? {});
  }

  set offers(offers) {
    remind(this, { offers });
    order(this, 'offers', JSON.stringify(offers ?? {}), '', Date.now() / 1000);
  }

  /** `{ USD: 1.08, BTC: { rate: 0.000015, digits: 8 } }`: so many are one of the file's currency. */
  get rates() {
    return /** @type {Record<string, number | { rate: number, digits?: number }>} */ (given.get(this)?.rates ?? {});
  }

  set rates(rates) {
    remind(this, { rates });
    const entries = Object.entries(rates ?? {}).map(([code, entry]) => {
      const { rate, digits = usual(code) } = typeof entry === 'number' ? { rate: entry } : entry ?? { rate: 0 };
      return [code, [rate, digits]];
    });
    order(this, 'rates', JSON.stringify(Object.fromEntries(entries)));
  }

  /**
   * Gives a group an answer if nothing else has to change for it; else `conflict` says why not.
   * @param {string} group
   * @param {unknown} choice the id of a choice (of many: taken or left), ids, a number, `#rrggbb`, a text, a picture,
   *   layers as `artwork` has them
   * @param {{ gesture?: number }} [options] what has the same number of a gesture, such as a drag, is one step of the history
   * @returns {string | Promise<string>} `changed`, `same`, `blocked` or `unknown`; of a picture when it is read
   */
  select(group, choice, { gesture = 0 } = {}) {
    if (choice instanceof Blob) {
      return keepPicture(this, choice).then((name) => order(this, 'select', group, answer(name)));
    }
    return order(this, gesture ? 'adjust' : 'select', group, answer(choice), gesture);
  }

  /** Why a choice cannot be had as things are, and what would have to change. @param {string} group @param {unknown} choice */
  explain(group, choice) {
    return explained(this, group, answer(choice));
  }

  /** Gives a group an answer together with all that has to change for it. @param {string} group @param {unknown} choice */
  repair(group, choice) {
    return order(this, 'repair', group, answer(choice));
  }

  /** Where answers lead: `suggestions` and `best`. @param {Record<string, string>} [answers] by question */
  guide(answers = {}) {
    return view(this, 'guide', JSON.stringify(answers));
  }

  undo() {
    return order(this, 'undo');
  }

  redo() {
    return order(this, 'redo');
  }

  /** Back to what a new customer sees. */
  reset() {
    return order(this, 'reset');
  }

  /** Goes to what a code says, or the nearest to it. @param {string} code */
  open(code) {
    return order(this, 'open', code);
  }

  /** What owners can make of theirs. */
  upgrades() {
    return view(this, 'upgrades') ?? [];
  }

  /** Takes an upgrade of what is owned, or leaves it out again. @param {string} id */
  upgrade(id) {
    return order(this, 'upgrade', id);
  }

  /** Keeps what is chosen under a name. @param {string} name */
  keep(name) {
    return order(this, 'keep', name);
  }

  /** Goes to what is kept under a name. @param {string} name */
  recall(name) {
    return order(this, 'recall', name);
  }

  /**
   * Shows two configurations with one camera, `a` on the left of a line and `b` on its right; null ends that.
   * @param {{ a?: string, b?: string } | null} sides codes; without, `a` is what is owned and `b` what is chosen
   */
  compare(sides) {
    const { a = '', b = '' } = sides ?? {};
    remind(this, { compare: sides ? { a, b } : undefined, compared: productOf(this) });
    return sides ? order(this, 'compare', a, b) : order(this, 'endComparison');
  }

  /** What is compared; undefined when nothing is. */
  get comparison() {
    return view(this, 'comparison');
  }

  /** The share of the picture's width, from the left, that shows `a`. */
  get wipe() {
    return this.comparison?.wipe ?? 0;
  }

  set wipe(share) {
    remind(this, { wipe: share });
    order(this, 'wipe', '', '', share);
  }

  /** Whether what differs is marked: ghosts of what `b` lacks, a tint on what is new. */
  get marks() {
    return this.comparison?.marks ?? false;
  }

  set marks(shown) {
    remind(this, { marks: shown });
    order(this, 'marks', '', '', Number(shown));
  }

  /**
   * Shows one step of how an upgrade of what is owned is fitted; without arguments all is as before.
   * @param {string} [upgrade] @param {number} [index]
   */
  step(upgrade, index = 0) {
    remind(this, { step: upgrade === undefined ? undefined : [upgrade, index], compared: productOf(this) });
    return upgrade === undefined ? order(this, 'endSteps') : order(this, 'step', upgrade, '', index);
  }

  /** The code of what is chosen with another answer, and with all that has to change for it. @param {string} group @param {unknown} choice */
  codeWith(group, choice) {
    return view(this, 'codeWith', group, answer(choice)) ?? '';
  }

  /**
   * The choices, `group/choice`, that words and a filter find.
   * @param {string} words
   * @param {{ group?: string, available?: boolean, fits?: boolean, maxAmount?: number, facts?: Record<string, { min?: number, max?: number }> }} [filter]
   */
  filter(words, filter = {}) {
    return /** @type {string[]} */ (view(this, 'found', words, JSON.stringify(filter)) ?? []);
  }

  /**
   * Draws what another code would look like; nothing else changes. `later`: pictures of it are on their way.
   * @param {HTMLCanvasElement} canvas with a size, for 2D
   * @param {string} code
   * @param {{ group?: string, side?: number, place?: number[] }} [from] `place`: left, top, width and height of the part that is
   *   drawn, in shares of the whole picture; `side`: 0 as first seen, or as the file has it for `group`; 1 behind; 2 above
   * @returns {'drawn' | 'more' | 'later' | 'never'} `more`: slow graphics have drawn a part of it, the same call draws the next
   */
  preview(canvas, code, { group = '', side = 0, place = [0, 0, 1, 1] } = {}) {
    const host = shells.get(this)?.host;
    if (!host) return 'later';
    const [left, top, width, height] = place;
    const own = benches.get(host) ?? document.createElement('canvas');
    benches.set(host, own);
    const drawn = host.call((raw) => raw.tryOn(own, canvas.width, canvas.height, code, group, side, left, top, width, height, slices(this)));
    if (drawn === 3) void judgeSlice(this);
    if (drawn !== 1) return drawn === 3 ? 'more' : drawn === 2 ? 'later' : 'never';
    const context = canvas.getContext('2d');
    if (!context) return 'never';
    context.globalCompositeOperation = 'copy';
    context.drawImage(own, 0, 0, canvas.width, canvas.height, 0, 0, canvas.width, canvas.height);
    return 'drawn';
  }

  /**
   * Whether the last preview stands, and slow graphics have nothing better to do than the next: reading it, or asking for
   * one, before makes the page wait for them.
   */
  get previewStands() {
    return !isPacing(this) && (shells.get(this)?.call((raw) => /** @type {boolean} */ (raw.trialStands)) ?? true);
  }

  /** Where pictures of one size, RGBA one behind the other, differ. @param {Uint8Array} pictures @param {number} width @param {number} height */
  differing(pictures, width, height) {
    const found = shells.get(this)?.call((raw) => [...raw.differing(pictures, width, height)]);
    if (!found?.length) return undefined;
    return { place: found.slice(0, 4), disc: found.slice(4, 7), share: found[7] };
  }

  /** Shows how the product reacts or is used. @param {string} behaviour @param {number} value in its unit */
  behave(behaviour, value) {
    return order(this, 'behave', behaviour, '', value);
  }

  /** What an action of the product file, by its place, asks the shop for: lines for its cart. @param {number} [action] */
  order(action = 0) {
    return view(this, 'order', action);
  }

  /** What an action asks for where upgrades alone lead from what is owned to what is chosen: these. @param {number} action its place */
  upgradeOrder(action = 0) {
    return view(this, 'upgradeOrder', action);
  }

  /** One more of what is used up. @param {string} id */
  refill(id) {
    return view(this, 'refill', id);
  }

  /** Whether the product goes into a gap, and what would make it. @param {number} width metres; 0 does not matter @param {number} height @param {number} depth */
  fits(width, height, depth) {
    return worded(fits(this, width, height, depth), writer(this));
  }

  /** An amount as money. @param {number} amount minor units of the shown currency @param {{ sign?: boolean }} [options] */
  money(amount, { sign = false } = {}) {
    return writer(this)(amount, sign);
  }
}

/** Keeps what an element was given, for its next instance. @param {object} element @param {Record<string, unknown>} more */
function remind(element, more) {
  given.set(element, { ...given.get(element), ...more });
}

/** @param {object} element */
function productOf(element) {
  return /** @type {Element} */ (element).getAttribute('product');
}

/** What was compared of another product is over. @param {HTMLElement} element */
function forget(element) {
  const { compare, step, compared } = given.get(element) ?? {};
  if ((compare || step) && compared !== productOf(element)) remind(element, { compare: undefined, wipe: undefined, marks: undefined, step: undefined });
}

/** The detail of an event. @param {object} element @param {string} name @param {string} word @param {number} number */
function detail(element, name, word, number) {
  if (name === 'configuration-change') return { rev: number, changed: JSON.parse(word) };
  if (name !== 'conflict') return undefined;
  const [group, choice] = JSON.parse(word);
  return explained(element, group, choice);
}

/** @param {object} element @param {string} name @param {unknown} [first] @param {unknown} [second] @param {unknown} [number] */
function order(element, name, first, second, number = 0) {
  const [one, other, figure] = [text(first), text(second), Number(number)];
  return shells.get(element)?.call((raw) => raw.order(name, one, other, figure)) || 'unknown';
}

/** @param {object} element @param {string} name @param {unknown} [first] @param {unknown} [second] @returns {any} */
function view(element, name, first, second) {
  const json = raw(element, name, first, second);
  return json === undefined ? undefined : worded(JSON.parse(json), writer(element));
}

/** @param {object} element @param {string} name @param {unknown} [first] @param {unknown} [second] @returns {string | undefined} */
function raw(element, name, first, second) {
  const [one, other] = [text(first), text(second)];
  return shells.get(element)?.call((raw) => raw.view(name, one, other, Date.now() / 1000));
}

/** What Rust takes for a text: pages have `null` at hand. @param {unknown} value */
function text(value) {
  return String(value ?? '');
}

/** @param {unknown} choice */
function answer(choice) {
  return JSON.stringify(choice) ?? 'null';
}

/** @typedef {((amount: number, sign: boolean) => string) & { base: string }} Writer how an amount is written, and where the product file lies */

/**
 * Adds to every amount of money how it is written, and makes the file's addresses whole: they are seen from the file, not
 * from the page. @param {any} value @param {Writer} written @returns {any}
 */
function worded(value, written) {
  if (Array.isArray(value)) for (const entry of value) worded(entry, written);
  else if (value && typeof value === 'object') {
    for (const [key, entry] of Object.entries(value)) {
      const differs = DIFFERENCES.includes(key);
      if (typeof entry === 'object') {
        if (Array.isArray(entry) || !BY_ID.includes(key)) worded(entry, written);
      } else if (typeof entry === 'number' && (differs || PRICES.includes(key))) {
        // A line of a quote is no difference.
        value[`${key}Text`] = written(entry, differs && value.quantity === undefined);
      } else if (key === 'href' && URL.canParse(entry, written.base)) {
        value.href = new URL(entry, written.base).href;
      }
    }
  }
  return value;
}

/** Writes money in the shown currency and the element's language. @param {object} element @returns {Writer} */
function writer(element) {
  const [currency, digits] = JSON.parse(raw(element, 'currency') ?? '["",2]');
  const place = locale(element);
  const formats = [false, true].map((sign) => format(place, currency, digits, sign));
  /** @param {number} amount @param {boolean} sign */
  const written = (amount, sign) => formats[Number(sign)].format(amount / 10 ** digits);
  return Object.assign(written, { base: new URL(/** @type {any} */ (element).product ?? '', document.baseURI).href });
}

/** @param {string} place @param {string} currency @param {number} digits @param {boolean} sign */
function format(place, currency, digits, sign) {
  const key = `${place} ${currency} ${digits} ${sign}`;
  let known = formats.get(key);
  if (!known) {
    /** @type {Intl.NumberFormatOptions} */
    const options = {
      minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: sign ? 'exceptZero' : 'auto',
    };
    try {
      known = new Intl.NumberFormat(place, { ...options, style: 'currency', currency });
    } catch {
      // No currency that anyone knows: the number alone.
      known = new Intl.NumberFormat(place, options);
    }
    formats.set(key, known);
  }
  return known;
}

/** The element's language as `Intl` takes it: a page may write any. @param {object} element */
function locale(element) {
  try {
    return Intl.getCanonicalLocales(language(/** @type {Element} */ (element)))[0] ?? 'en';
  } catch {
    return 'en';
  }
}

/** Digits behind the point that a currency usually has. @param {string} currency */
function usual(currency) {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits;
  } catch {
    return 2;
  }
}

/** A conflict with its sentences. @param {object} element @param {string} group @param {string} choice JSON */
function explained(element, group, choice) {
  const conflict = view(element, 'conflict', group, choice);
  if (!conflict) return undefined;
  const shell = /** @type {Shell} */ (shells.get(element));
  /** @param {string} key @param {unknown[]} places */
  const say = (key, ...places) => {
    return shell.word(key).replace(/\{(\d)\}/g, (_, place) => String(places[Number(place)] ?? ''));
  };
  const number = new Intl.NumberFormat(locale(element));
  for (const reason of conflict.reasons) reason.text = sentence(reason, say, number);
  const { repair } = conflict;
  for (const change of repair?.changes ?? []) {
    change.text = say('change', change.name, change.from || say('nothing'), change.to || say('nothing'));
  }
  conflict.choice = JSON.parse(choice);
  conflict.text = say(`state-${conflict.state}`, conflict.name);
  if (repair) {
    const changes = repair.changes.map((/** @type {{ text: string }} */ { text }) => text);
    const list = new Intl.ListFormat(locale(element)).format(changes);
    repair.text = say('repair', conflict.name, list, repair.amountText);
  }
  return conflict;
}

/**
 * @param {any} reason @param {(key: string, ...places: unknown[]) => string} say
 * @param {Intl.NumberFormat} number
 */
function sentence({ kind, name, group, min, max, unit }, say, number) {
  if (kind === 'rule') return name || say('reason-rule');
  if (kind === 'bounds') return say(max === undefined ? 'reason-least' : min ? 'reason-bounds' : 'reason-most', name, min, max);
  if (min === undefined) return say(`reason-${kind}`, name, group);
  const range = min === max ? number.format(min) : `${number.format(min)}–${number.format(max)}`;
  return say(`reason-${kind}`, unit ? `${range} ${unit}` : range, group);
}
