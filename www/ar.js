/** @import { AnprobeViewer } from './anprobe.js' */
/** @import { Shell } from './shell.js' */
/** @import { Stage } from './stage.js' */
import { Button } from './ar-button.js';
import { Handover } from './ar-handover.js';
import { Overlay } from './ar-overlay.js';
import { Session, options } from './ar-session.js';
import { opens, quickLook, sceneViewer } from './ar-viewers.js';
import { AR_WORDS } from './ar-words.js';

/**
 * The product in the customer's room: model-viewer's attributes, properties, methods, events, slots and parts. Fetched when
 * a page has an element with `ar`. What happens in the room is decided in Rust; here it is asked for and relayed.
 */

/** @typedef {'' | 'immersive-ar' | 'immersive-vr' | 'scene-viewer' | 'quick-look'} Way how the product gets into the room; empty for none */

/** Properties with an attribute, and what holds without it. @type {[property: string, attribute: string, absent: string | boolean | null][]} */
const REFLECTED = [
  ['arModes', 'ar-modes', 'webxr scene-viewer quick-look'], ['arScale', 'ar-scale', 'auto'], ['arPlacement', 'ar-placement', 'floor'],
  ['xrEnvironment', 'xr-environment', false], ['iosSrc', 'ios-src', null], ['arUsdzMaxTextureSize', 'ar-usdz-max-texture-size', 'auto'],
];
/** All that `<anprobe-viewer>` gets here. */
export const MEMBERS = [...REFLECTED.map(([property]) => property), 'canActivateAR', 'measuredGap', 'room', 'activateAR'];
/** What Rust is told of them. */
const RELAYED = ['ar-scale', 'ar-placement'];

/** @type {WeakMap<object, Room>} */
const rooms = new WeakMap();
let ready = false;

/** Follows an element from one instance to the next. @param {Shell} shell @param {Stage} stage */
export function attach(shell, stage) {
  const { element } = shell;
  const known = rooms.get(element);
  if (known) return known.stands(stage);
  if (!ready) prepare(/** @type {any} */ (element.constructor));
  const room = new Room(shell);
  rooms.set(element, room);
  room.stands(stage);
  const own = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (element));
  for (const [property] of REFLECTED) {
    // Set before the class knew it.
    if (!Object.prototype.hasOwnProperty.call(element, property)) continue;
    const value = own[property];
    delete own[property];
    own[property] = value;
  }
  room.look();
}

/** WebXR is in no library of the compiler. @returns {any} */
function webxr() {
  return /** @type {any} */ (navigator).xr;
}

/** `activateAR()`. @param {object} element */
export function activate(element) {
  return rooms.get(element)?.activate();
}

/** @param {any} Viewer the element's class */
function prepare(Viewer) {
  ready = true;
  for (const [language, words] of Object.entries(AR_WORDS)) Viewer.words[language] = { ...words, ...Viewer.words[language] };
  let prototype = Viewer.prototype;
  while (!Object.prototype.hasOwnProperty.call(prototype, 'attributeChangedCallback')) prototype = Object.getPrototypeOf(prototype);
  for (const [property, attribute, absent] of REFLECTED) {
    Object.defineProperty(prototype, property, {
      configurable: true,
      enumerable: true,
      /** @this {HTMLElement} */
      get() {
        return typeof absent === 'boolean' ? this.hasAttribute(attribute) : this.getAttribute(attribute) ?? absent;
      },
      /** @this {HTMLElement} @param {unknown} value */
      set(value) {
        if (typeof absent === 'boolean') this.toggleAttribute(attribute, Boolean(value));
        else if (value === null || value === undefined) this.removeAttribute(attribute);
        else this.setAttribute(attribute, String(value));
      },
    });
  }
  Object.defineProperties(prototype, {
    canActivateAR: { configurable: true, get() { return Boolean(rooms.get(this)?.way); } },
    measuredGap: { configurable: true, get() { return rooms.get(this)?.gap; } },
    room: { configurable: true, get() { return rooms.get(this)?.seen; } },
    activateAR: { configurable: true, writable: true, value() { return activate(this) ?? Promise.resolve(); } },
  });
}

/** One element, and the way into the room. */
export class Room {
  /** @param {Shell} shell */
  constructor(shell) {
    this.shell = shell;
    this.element = shell.element;
    /** @type {Way} */
    this.way = '';
    /** Why there is no way: a word of the table. */
    this.why = 'ar-why-device';
    /** The session that lasts. @type {Session | undefined} */
    this.session = undefined;
    /** A session was asked for, and the browser has not answered. */
    this.asking = false;
    /** What Rust told last, and what was measured. @type {any} */
    this.seen = undefined;
    /** @type {import('./anprobe.js').MeasuredGap | undefined} */
    this.gap = undefined;
    this.handover = new Handover(this);
    this.overlay = new Overlay(this);
    this.button = new Button(this);
    // Internal, for tests: from where to where a ray meets a cell of the menu.
    Object.defineProperty(this.element, Symbol.for('anprobe.menu'), { value: (/** @type {string} */ name) => this.call((raw) => raw.menuRay?.(name)) ?? [] });
    // Internal: where the product stands, for tests.
    Object.defineProperty(this.element, Symbol.for('anprobe.placed'), { value: () => this.call((raw) => raw.placedPose?.()) ?? [] });
    this.status('not-presenting', false);
    this.element.setAttribute('ar-tracking', 'not-tracking');
    const before = shell.detail;
    shell.detail = (name, word, number) => (name.startsWith('ar-') ? this.told(name, word) : before?.(name, word, number));
    new MutationObserver(() => {
      this.relay();
      this.look();
    }).observe(this.element, { attributeFilter: ['ar', 'ar-modes', 'ios-src', 'scene-viewer-src', 'lang', ...RELAYED] });
    webxr()?.addEventListener?.('devicechange', () => this.look());
  }

  /** An instance stands on a stage: the page's own, or the one for rooms. @param {Stage} stage */
  stands(stage) {
    this.handover.stands(stage);
    this.relay();
  }

  relay() {
    for (const name of RELAYED) this.call((raw) => raw.attribute(name, this.element.getAttribute(name) ?? undefined));
  }

  /** @template T @param {(raw: any) => T} act @returns {T | undefined} */
  call(act) {
    return this.shell.call(act);
  }

  /** A sentence in the language of the place. @param {string} key @param {unknown[]} places */
  say(key, ...places) {
    return this.shell.word(key).replace(/\{(\d)\}/g, (_, place) => String(places[Number(place)] ?? ''));
  }

  /** What the customer is told now; a headset has other hands than a phone. @param {string} hint @param {unknown} [place] */
  hinted(hint, place) {
    return (this.session?.worn && this.say(`ar-hint-worn-${hint}`)) || this.say(`ar-hint-${hint}`, place);
  }

  /** How numbers are written; undefined is as the browser does. */
  get locale() {
    try {
      return Intl.getCanonicalLocales(this.shell.language())[0];
    } catch {
      return undefined;
    }
  }

  /** @param {number} metres */
  centimetres(metres) {
    return new Intl.NumberFormat(this.locale, { style: 'unit', unit: 'centimeter', maximumFractionDigits: 1 }).format(metres * 100);
  }

  /** Finds out what can be done. The button says it. */
  async look() {
    const found = await this.find();
    this.way = found;
    this.button.update();
  }

  /** @returns {Promise<Way>} */
  async find() {
    if (!this.element.hasAttribute('ar')) return '';
    const modes = /** @type {any} */ (this.element).arModes.split(/\s+/);
    this.why = modes.includes('webxr') && !globalThis.isSecureContext ? 'ar-why-secure' : 'ar-why-device';
    for (const mode of modes) {
      if (mode === 'webxr') {
        // A page in a frame may not be allowed to ask.
        for (const way of /** @type {const} */ (['immersive-ar', 'immersive-vr'])) {
          if (await webxr()?.isSessionSupported(way).catch(() => false)) return way;
        }
      } else if ((mode === 'quick-look' || mode === 'scene-viewer') && opens(mode)) {
        return mode;
      }
    }
    return '';
  }

  /** In a tap: nothing is awaited before the browser is asked, or the tap no longer counts. */
  async activate() {
    if (this.session || this.asking) return;
    const { way } = this;
    if (way === 'quick-look' || way === 'scene-viewer') return this.hand(way);
    if (way !== 'immersive-ar' && way !== 'immersive-vr') return this.button.explain();
    this.asking = true;
    const asked = webxr().requestSession(way, options(way, this.overlay.root, this.element));
    this.overlay.wait();
    try {
      const given = await asked;
      this.asking = false;
      await this.begin(given, way);
    } catch (error) {
      this.asking = false;
      this.overlay.close();
      this.status('failed');
      this.button.refused(error);
    }
  }

  /** The phone's own viewer takes over. @param {'quick-look' | 'scene-viewer'} way */
  async hand(way) {
    this.asking = true;
    this.button.update();
    try {
      await (way === 'quick-look' ? quickLook(this) : sceneViewer(this));
    } catch (error) {
      console.warn(`<anprobe-viewer> ${way}: ${error}`);
      this.status('failed');
      this.button.refused(error);
    } finally {
      this.asking = false;
      this.button.update();
    }
  }

  /** @param {any} given an `XRSession` @param {Way} way */
  async begin(given, way) {
    const session = this.session = new Session(this, given, way);
    this.overlay.open(session);
    this.button.update();
    try {
      await session.begin();
    } catch (error) {
      console.warn(`<anprobe-viewer> no session: ${error}`);
      await session.stop();
      if (this.session === session) this.ended('failed');
      throw error;
    }
  }

  /** The session is over, whoever ended it. @param {'not-presenting' | 'failed'} [status] */
  ended(status = 'not-presenting') {
    const { session } = this;
    if (!session) return;
    this.session = undefined;
    this.overlay.close();
    this.handover.back();
    this.button.update();
    if (this.element.getAttribute('ar-status') !== status) this.status(status);
    if (this.element.getAttribute('ar-tracking') !== 'not-tracking') this.tracking('not-tracking');
  }

  /** What Rust announces. @param {string} name @param {string} word */
  told(name, word) {
    if (name === 'ar-room') {
      this.seen = JSON.parse(word);
      if (this.seen.measuring) this.measure();
      this.overlay.update();
      this.session?.menu?.update();
      return this.seen;
    }
    this.element.setAttribute(name, word);
    return { status: word };
  }

  /** The numbers survive the way back to the page. */
  measure() {
    const [width, height, depth, ...off] = this.call((raw) => /** @type {Float32Array} */ (raw.measuredGap())) ?? [0, 0, 0];
    this.gap = width || height || depth ? { width, height, depth, uncertainty: { width: off[0], height: off[1], depth: off[2] } } : undefined;
  }

  /** @param {string} status @param {boolean} [heard] */
  status(status, heard = true) {
    this.element.setAttribute('ar-status', status);
    if (heard) this.shell.emit('ar-status', { status });
  }

  /** @param {string} status */
  tracking(status) {
    this.element.setAttribute('ar-tracking', status);
    this.shell.emit('ar-tracking', { status });
  }
}
