/** @import { Parts } from './parts.js' */
/** @import { Stage } from './stage.js' */
import { RELAYED } from './attributes.js';
import { Gestures } from './gestures.js';
import { Host } from './host.js';
import { build } from './parts.js';
import { NoGraphics, stageFor } from './stage.js';
import { forget, watch } from './surroundings.js';
import { language, word } from './words.js';

/** What can go wrong without an instance that could say it: message and remedy. */
const FAILURES = {
  GRAPHICS_UNAVAILABLE: ['this browser offers neither WebGPU nor WebGL2', 'show a poster; enable hardware acceleration'],
  GRAPHICS_LOST: ['the graphics context was lost', 'none: the viewer recovers by itself'],
  VIEWER_TRAP: ['the viewer stopped unexpectedly', 'please report this with the file that caused it'],
  FETCH_FAILED: ['the viewer itself could not be fetched', 'check that the .js and .wasm files lie beside anprobe.js'],
};

/** One element's life: its parts, when it loads, what it shows, and how it comes back. */
export class Shell {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    /** @type {Parts} */
    this.parts = build(element);
    this.gestures = new Gestures(this);
    /** @type {Host | undefined} */
    this.host = undefined;
    /** The latest call of each name that waits for a host. @type {Map<unknown, (raw: any) => void>} */
    this.waiting = new Map();
    /** The page's own words. @type {Record<string, string>} */
    this.words = {};
    this.snapshot = '';
    /** The file to which the snapshot belongs. @type {string | null} */
    this.snapshotOf = null;
    this.loaded = false;
    this.near = false;
    this.visible = false;
    /** The exact size for a CSS size and density. @type {[css: string, device: number[]] | undefined} */
    this.exact = undefined;
    /** What the canvas has when nothing moves. */
    this.pixels = [0, 0];
    /** The page asked for the picture, whatever `loading` and `reveal` say. */
    this.told = false;
    /** A start that failed is not tried again by itself. */
    this.gaveUp = false;
    /** How often this file has ended an instance. */
    this.guilt = 0;
    this.starting = 0;
    /** The page asked for what only the module that knows products can do. */
    this.able = false;
    /** No announcements while a pointer moves the view. */
    this.quiet = true;
    this.view = '';
    /** Of an event that only products have. @type {((name: string, word: string, number: number) => any) | undefined} */
    this.detail = undefined;
    this.hearing = 0;
    // The background has changed (see style.js), and glass shows it.
    element.addEventListener('transitionend', () => this.host?.redraw());
    // A hotspot came.
    new MutationObserver(() => this.start()).observe(element, { childList: true });
    this.parts.again.addEventListener('click', () => this.retry());
    this.parts.image.addEventListener('error', () => this.parts.image.removeAttribute('src'));
  }

  connect() {
    watch(this);
    this.label();
    this.gestures.update();
    this.start();
  }

  /** Moving an element disconnects and connects it: only what stays away is taken down. */
  disconnect() {
    queueMicrotask(() => {
      if (this.element.isConnected) return;
      forget(this);
      this.stop();
      this.near = this.visible = false;
      this.poster(true);
      this.progress(1);
    });
  }

  /** @param {string} name @param {string | null} value */
  attribute(name, value) {
    if (name === 'alt' || name === 'camera-controls' || name === 'lang') this.label();
    if (name === 'poster') {
      if (value) this.parts.image.src = value;
      else this.parts.image.removeAttribute('src');
    } else if (name === 'backend') {
      queueMicrotask(() => this.restart());
    } else if (name === 'generate-schema') {
      import(String(new URL('./anprobe_schema.js', import.meta.url))).then((schema) => schema.attach(this.element));
    } else if (name === 'src' || name === 'product') {
      this.loaded = false;
      this.gaveUp = false;
      this.guilt = 0;
      this.clear();
    }
    if (RELAYED.includes(name)) this.call((raw) => raw.attribute(name, value ?? undefined));
    if (value?.includes('env(')) this.scrolled();
    this.gestures.update();
    this.start();
  }

  /** Whether it is time to load. */
  wanted() {
    const { element } = this;
    if (!element.isConnected || !this.source() || this.gaveUp) return false;
    if (this.told || element.getAttribute('loading') === 'eager') return true;
    return this.near && element.getAttribute('reveal') !== 'manual';
  }

  /** Gets a stage and a viewer on it, when it is time. @returns {Promise<void>} */
  async start() {
    const product = this.able || this.has('ar') || this.has('product') || this.element.querySelector('[slot^=hotspot]');
    if (product && this.host && !this.host.stage.product) return this.restart();
    if (this.host || this.starting || !this.wanted()) return;
    const turn = this.starting = Math.random();
    try {
      const stage = await stageFor(this.element.getAttribute('backend') ?? 'auto', product);
      if (turn !== this.starting) return;
      this.starting = 0;
      if (this.wanted()) this.appear(stage);
      // The page may have named a product meanwhile.
      this.start();
    } catch (error) {
      if (turn !== this.starting) return;
      this.starting = 0;
      this.giveUp(error instanceof NoGraphics ? 'GRAPHICS_UNAVAILABLE' : 'FETCH_FAILED', error);
    }
  }

  /** Gets a viewer on a stage. @param {Stage} stage */
  appear(stage) {
    try {
      this.admit(new Host(this, stage));
    } catch (error) {
      const trap = error instanceof WebAssembly.RuntimeError;
      this.giveUp(trap ? 'VIEWER_TRAP' : 'GRAPHICS_UNAVAILABLE', error);
      if (trap) stage.fall('VIEWER_TRAP', error);
    }
  }

  /** Tells a new viewer everything that there is to know. @param {Host} host */
  admit(host) {
    this.host = host;
    host.stage.product?.attach(this, host.stage);
    this.resized();
    host.call((raw) => raw.reducedMotion(matchMedia('(prefers-reduced-motion: reduce)').matches));
    host.call((raw) => raw.near(this.near));
    host.call((raw) => raw.visible(this.visible));
    const known = this.snapshot && this.snapshotOf === this.source();
    if (known) host.call((raw) => raw.restore(this.snapshot));
    for (const name of RELAYED) {
      const value = this.element.getAttribute(name) ?? undefined;
      // What is absent differs only from what the snapshot may have had.
      if (known || value !== undefined) host.call((raw) => raw.attribute(name, value));
    }
    if (this.told) host.call((raw) => raw.command('dismissPoster'));
    for (const act of this.waiting.values()) host.call(act);
    this.waiting.clear();
    this.scrolled();
    this.gestures.update();
  }

  stop() {
    this.starting = 0;
    this.loaded = false;
    this.host?.close(true);
    this.host = undefined;
    this.parts.view.replaceChildren();
    this.gestures.update();
  }

  /** For another backend. The last picture stays until there is a new one. */
  restart() {
    this.host?.close(true);
    this.host = undefined;
    this.starting = 0;
    this.gaveUp = false;
    this.start();
  }

  /**
   * The stage fell. The last picture stays; the viewer comes back on the next stage as it was.
   * @param {string} code @param {unknown} error
   * @param {boolean} guilty the fall happened in this viewer's call
   * @param {Promise<unknown>} again
   */
  async interrupted(code, error, guilty, again) {
    const stood = this.loaded;
    this.host = undefined;
    this.loaded = false;
    // A file that ends the viewer while it is read, or again and again, must not take the others down.
    if (guilty && (!stood || this.guilt++ > 0)) return this.giveUp(code, error);
    this.report(code, error, 'webglcontextlost');
    try {
      await again;
    } catch (reason) {
      // Without graphics of this kind there may be another.
      if (!(reason instanceof NoGraphics)) return this.giveUp('GRAPHICS_UNAVAILABLE', reason);
    }
    this.start();
  }

  /** @param {string} code @param {unknown} error */
  giveUp(code, error) {
    this.gaveUp = true;
    this.report(code, error, 'loadfailure');
    this.message(code);
  }

  /** @param {string} code @param {unknown} error @param {string} type */
  report(code, error, type) {
    const [message, remedy] = FAILURES[/** @type {keyof typeof FAILURES} */ (code)];
    this.emit('error', { type, code, path: '', message, remedy, sourceError: error });
  }

  /** A load failed in Rust. @param {{ type: string, code: string, path: string, message: string, remedy: string }} detail */
  fail(detail) {
    const sourceError = new Error(`${detail.code}: ${detail.message}; ${detail.remedy}`);
    this.message(detail.code);
    this.emit('error', { ...detail, sourceError });
  }

  retry() {
    const { again, view } = this.parts;
    if (again.matches(':focus')) view.focus({ preventScroll: true });
    this.clear();
    this.gaveUp = false;
    this.guilt = 0;
    if (this.host) this.call((raw) => raw.command('retry'));
    else this.start();
  }

  /** @param {string} name @param {string} word @param {number} number */
  announce(name, word, number) {
    switch (name) {
      case 'load':
        this.loaded = true;
        this.clear();
        this.progress(1);
        this.gestures.update();
        this.view = this.call((raw) => raw.viewLabel) ?? '';
        this.label();
        return this.emit(name, { url: word });
      case 'progress':
        if (word === 'model-load') this.progress(number);
        return this.emit(name, { totalProgress: number, reason: word });
      case 'view-label':
        this.view = word;
        this.label();
        return this.hear();
      case 'poster-shown':
        return this.poster(true);
      case 'poster-dismissed':
        this.poster(false);
        return this.emit(name);
      case 'camera-change':
        return this.emit(name, { source: word });
      case 'model-visibility':
        return this.emit(name, { visible: number === 1 });
      case 'loop':
        return this.emit(name, { count: number, name: word });
      default:
        return this.emit(name, this.detail?.(name, word, number));
    }
  }

  /** @param {string} name @param {object} [detail] */
  emit(name, detail) {
    this.element.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** The new picture takes the place of the old one. @param {HTMLCanvasElement} canvas */
  show(canvas) {
    if (!canvas.isConnected) this.parts.view.replaceChildren(canvas);
  }

  /** @param {boolean} shown */
  poster(shown) {
    this.parts.poster.classList.toggle('gone', !shown);
    this.parts.view.classList.toggle('covered', shown);
  }

  /** @param {number} total */
  progress(total) {
    const { progress, bar } = this.parts;
    bar.style.transform = `scaleX(${total})`;
    progress.classList.toggle('gone', total >= 1);
    const runs = total < 1;
    set(progress, {
      role: runs ? 'progressbar' : null,
      'aria-label': runs ? this.word('loading') : null,
      'aria-valuenow': runs ? String(Math.round(total * 100)) : null,
    });
  }

  /** A quiet sentence and a way on. @param {string} code */
  message(code) {
    const { message, view } = this.parts;
    this.progress(1);
    const covers = view.childElementCount > 0 || this.has('poster') || this.element.querySelector('[slot=poster]');
    message.classList.toggle('low', Boolean(covers));
    message.dataset.code = code;
    message.hidden = false;
    this.sentence();
  }

  /** What the message says, in the language of the place. */
  sentence() {
    const { message, text, again } = this.parts;
    if (message.hidden) return;
    text.textContent = word(this.language(), this.words, `error-${message.dataset.code}`) ?? this.word('error');
    again.textContent = this.word('again');
  }

  clear() {
    this.parts.message.hidden = true;
  }

  /** The size in CSS pixels and in the screen's own. @param {ResizeObserverEntry} [entry] */
  resized(entry) {
    const { host, parts } = this;
    const { clientWidth: width, clientHeight: height } = parts.view;
    const ratio = devicePixelRatio;
    const css = `${width} ${height} ${ratio}`;
    const exact = entry?.devicePixelContentBoxSize?.[0];
    // Browsers that emulate a phone tell another screen's pixels.
    if (exact && exact.inlineSize > width * ratio * 0.9) this.exact = [css, [exact.inlineSize, exact.blockSize]];
    if (!host || !width || !height) return;
    const size = this.exact?.[0] === css ? this.exact[1] : [Math.round(width * ratio), Math.round(height * ratio)];
    const scale = Math.min(1, host.stage.longest / Math.max(...size));
    const pixels = this.pixels = size.map((side) => Math.max(1, Math.floor(side * scale)));
    host.call((raw) => raw.resize(width, height, ratio * scale, ...pixels));
    // At once, so that no frame shows the old picture stretched.
    if (host.stage.dirty.delete(host)) host.frame(Number(document.timeline.currentTime ?? performance.now()));
  }

  /** For attributes with `env(window-scroll-y)`. */
  scrolled() {
    this.call((raw) => {
      if (!raw.followsScroll) return;
      const { scrollHeight, clientHeight, scrollTop } = document.scrollingElement ?? document.documentElement;
      raw.scrolled(scrollTop / Math.max(1, scrollHeight - clientHeight));
    });
  }

  /** @param {string} key */
  word(key) {
    return word(this.language(), this.words, key) ?? '';
  }

  language() {
    return language(this.element);
  }

  /** What is shown: a snapshot belongs to it. */
  source() {
    return this.element.getAttribute('product') || this.element.getAttribute('src');
  }

  /** Names, roles and descriptions, in the language of the place. */
  label() {
    const { view, toggle, keys, buttons, help } = this.parts;
    const turns = this.has('camera-controls');
    const name = this.element.getAttribute('alt') || this.word('model');
    set(view, {
      role: turns ? 'application' : 'img',
      tabindex: turns ? '0' : null,
      'aria-label': this.view ? `${name}. ${this.seen()}` : name,
      'aria-roledescription': turns ? this.word('role') : null,
      'aria-describedby': turns ? 'help' : null,
    });
    help.textContent = turns ? this.word('help') : '';
    set(toggle, { 'aria-label': this.word('buttons'), title: this.word('buttons') });
    set(buttons, { 'aria-label': this.word('buttons') });
    for (const button of keys) {
      const label = this.word(button.dataset.key ?? '');
      set(button, { 'aria-label': label, title: label });
    }
    this.sentence();
  }

  /** A sentence that says from where one looks. */
  seen() {
    return this.word('view').replace('{0}', this.word(this.view));
  }

  /** Says the view after a key or button has moved it. */
  hear() {
    clearTimeout(this.hearing);
    if (this.quiet) return;
    this.hearing = setTimeout(() => {
      if (this.view) this.parts.status.textContent = this.seen();
    }, 400);
  }

  /** @param {string} flag */
  has(flag) {
    return this.element.hasAttribute(flag);
  }

  /**
   * Asks the viewer, if there is one.
   * @template T
   * @param {(raw: any) => T} act
   * @returns {T | undefined}
   */
  call(act) {
    return this.host?.call(act);
  }

  /**
   * Tells the viewer, now or when there is one; then only the last of a name counts.
   * @param {string} name
   * @param {(raw: any) => void} act
   */
  tell(name, act) {
    if (this.host) return this.host.call(act);
    this.waiting.delete(name);
    this.waiting.set(name, act);
  }
}

/** @param {Element} element @param {Record<string, string | null>} attributes */
function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null) element.removeAttribute(name);
    else element.setAttribute(name, value);
  }
}
