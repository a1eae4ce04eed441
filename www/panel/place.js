/** @import { AnprobeViewer } from '../anprobe.js' */
/** @import { AnprobePanel } from './panel.js' */
import { button, make, set } from './make.js';

/** Below this width of the viewer's own box, in pixels, the panel is a sheet from below. */
const PHONE = 720;
/** A separate panel below the viewer is a phone's up to this width. */
const BELOW = 600;
/** How tall the sheet is at each of its stops, of the box; `peek` is its head and the price. */
const STOPS = { half: 0.45, full: 0.9 };
/** So much of the stage lies under the sheet's round corners, in pixels. */
const CORNERS = 16;
/** A finger that moved less has tapped, in pixels; one that is faster flings, in pixels a millisecond. */
const [TAP, FLING] = [6, 0.5];

/** @typedef {'peek' | 'half' | 'full'} Stop */

/** Where the panel is, and how much room it has: beside or below the viewer as the page has it, or within its box. */
export class Place {
  /** @param {AnprobePanel} panel @param {AnprobeViewer} viewer @param {HTMLElement} head what the sheet is drawn by */
  constructor(panel, viewer, head) {
    this.panel = panel;
    this.viewer = viewer;
    this.head = head;
    this.inside = panel.parentElement === viewer;
    /** @type {Stop} */
    this.stop = 'half';
    this.less = button({ icon: 'down', label: ' ', kind: 'quiet', part: 'sheet-less', act: () => this.#step(-1) });
    this.more = button({ icon: 'up', label: ' ', kind: 'quiet', part: 'sheet-more', act: () => this.#step(1) });
    this.element = make('div', { class: 'stops' }, this.less, this.more);
    this.sizes = new ResizeObserver(() => this.measure());
    this.sizes.observe(viewer);
    this.sizes.observe(panel);
    this.ends = new AbortController();
    panel.inner.classList.toggle('inside', this.inside);
    if (this.inside) this.#enter();
    this.#draw();
  }

  /** Gives the picture the rest of the viewer's box. */
  #enter() {
    const root = /** @type {ShadowRoot} */ (this.viewer.shadowRoot);
    this.panel.slot = 'panel';
    this.sheet = new CSSStyleSheet();
    this.sheet.replaceSync(/* css */ `
      :host { --anprobe-beside: 0px; --anprobe-below: 0px; --anprobe-tall: 45%; --anprobe-raised: 0px }
      .view, .poster, .over, .progress { width: calc(100% - var(--anprobe-beside)); height: calc(100% - var(--anprobe-below)) }
      .progress { height: auto }
      .marks { width: calc(100% - var(--anprobe-beside)) }
      /* Above a sheet the button into the room stands below the product and what covers it, not before them. */
      .ar-button:not([hidden]) { bottom: calc(8px + var(--anprobe-below) + min(16px, var(--anprobe-below)) + var(--anprobe-raised)) }
      :is(.view, .poster, .over):has(~ .ar-button:not([hidden])) { height: calc(100% - var(--anprobe-below) - min(76px, var(--anprobe-below))) }
      .view:has(~ .ar-button:not([hidden])) { height: calc(100% - var(--anprobe-below) - min(76px, var(--anprobe-below)) - var(--anprobe-covered, 0px)) }
      .ar-button:not([hidden]) ~ .buttons { bottom: calc(8px + var(--anprobe-below) + min(76px, var(--anprobe-below)) + var(--anprobe-covered, 0px)) }
      .buttons { bottom: calc(8px + var(--anprobe-below)) }
      :host(:dir(rtl)) .ar-button { left: calc(8px + var(--anprobe-beside)) }
      :host(:dir(ltr)) .buttons { right: calc(8px + var(--anprobe-beside)) }
      .message:not(.low) { top: calc(50% - var(--anprobe-below) / 2) }
      .message.low { bottom: calc(8px + var(--anprobe-below)) }
      :host(:dir(ltr)) .message { left: calc(50% - var(--anprobe-beside) / 2) }
      :host(:dir(rtl)) .message { left: calc(50% + var(--anprobe-beside) / 2) }
      .place { position: absolute; inset-block: 0; inset-inline-end: 0; width: clamp(360px, 32%, 400px) }
      .place.below { inset: auto 0 0; width: auto; height: var(--anprobe-tall) }
      @media (prefers-reduced-motion: no-preference) { .place.below:not(.drawn) { transition: height .25s cubic-bezier(.2, .8, .2, 1) } }
      .buttons { z-index: 0 }
    `);
    this.box = make('div', { class: 'place' }, make('slot', { name: 'panel' }));
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.sheet];
    root.append(this.box);
  }

  /** @param {string} name @param {string} value */
  #set(name, value) {
    const rule = /** @type {CSSStyleRule | undefined} */ (this.sheet?.cssRules[0]);
    rule?.style.setProperty(name, value);
  }

  /** Whether there is as little room as on a phone, and what the picture gets. */
  measure() {
    const { panel, viewer, inside } = this;
    const [own, other] = [panel.getBoundingClientRect(), viewer.getBoundingClientRect()];
    if (!other.width && !own.width) return;
    const narrow = inside ? other.width < PHONE : own.width < BELOW && own.top >= other.bottom - 8 && own.left < other.right;
    panel.arrange(narrow);
    if (!inside) return;
    this.box?.classList.toggle('below', narrow);
    this.element.hidden = !narrow;
    if (!narrow) this.#set('--anprobe-below', '0px');
    this.#set('--anprobe-beside', narrow ? '0px' : `${this.box?.offsetWidth ?? 0}px`);
    this.#set('--anprobe-raised', narrow ? '0px' : 'calc(var(--anprobe-covered, 0px) + var(--anprobe-lifted, 0px))');
    if (narrow && !this.box?.classList.contains('drawn')) this.#tall();
    this.label();
  }

  /** Pixels of a stop. @param {Stop} stop */
  #pixels(stop) {
    const { clientHeight } = this.viewer;
    if (stop !== 'peek') return Math.round(clientHeight * STOPS[stop]);
    return this.head.offsetHeight + this.panel.bar.row.offsetHeight + Number.parseFloat(getComputedStyle(this.panel.bar.element).paddingBlockEnd || '0');
  }

  #tall() {
    const tall = this.#pixels(this.stop);
    this.#set('--anprobe-tall', `${tall}px`);
    // The tallest stop covers the product: its picture keeps its size.
    this.#set('--anprobe-below', `${Math.max(0, Math.min(tall, this.#pixels('half')) - CORNERS)}px`);
    set(this.panel.inner, { 'data-stop': this.stop });
  }

  /** @param {Stop} stop */
  go(stop) {
    if (!this.inside || stop === this.stop) return;
    this.stop = stop;
    if (this.panel.narrow) this.#tall();
    this.label();
  }

  /** @param {number} steps */
  #step(steps) {
    const stops = /** @type {Stop[]} */ (['peek', 'half', 'full']);
    this.go(stops[Math.min(2, Math.max(0, stops.indexOf(this.stop) + steps))]);
    this.panel.live(this.panel.say(`panel-sheet-${this.stop}`));
  }

  label() {
    const { panel } = this;
    if (!this.inside) {
      this.element.hidden = true;
      return;
    }
    for (const [made, key, end] of /** @type {const} */ ([[this.less, 'panel-sheet-down', 'peek'], [this.more, 'panel-sheet-up', 'full']])) {
      set(made, { 'aria-label': panel.say(key), title: panel.say(key), 'aria-disabled': this.stop === end ? 'true' : null });
    }
  }

  /** The head draws the sheet up and down. */
  #draw() {
    if (!this.inside) return;
    const { head } = this;
    const { signal } = this.ends;
    /** @type {{ id: number, y: number, tall: number, moved: boolean, last: [number, number][] } | undefined} */
    let held;
    head.addEventListener('pointerdown', (event) => {
      if (!this.panel.narrow || !event.isPrimary || event.button) return;
      // A button's press stays its own until it turns out to be a pull; a finger is held by what it touched anyway.
      if (!(event.target instanceof Element && event.target.closest('button'))) head.setPointerCapture(event.pointerId);
      held = { id: event.pointerId, y: event.clientY, tall: this.#pixels(this.stop), moved: false, last: [] };
    }, { signal });
    head.addEventListener('pointermove', (event) => {
      if (event.pointerId !== held?.id) return;
      const by = held.y - event.clientY;
      if (!held.moved && Math.abs(by) < TAP) return;
      if (!held.moved) head.setPointerCapture(event.pointerId);
      held.moved = true;
      held.last = [...held.last.slice(-4), [event.timeStamp, event.clientY]];
      this.box?.classList.add('drawn');
      this.#set('--anprobe-tall', `${Math.min(this.#pixels('full'), Math.max(this.#pixels('peek'), held.tall + by))}px`);
    }, { signal });
    /** @param {PointerEvent} event */
    const end = (event) => {
      if (event.pointerId !== held?.id) return;
      const { moved, last, tall, y } = held;
      held = undefined;
      if (!moved) return;
      this.box?.classList.remove('drawn');
      const [[since, from], [until, to]] = [last[0], last[last.length - 1]];
      const speed = until > since ? (from - to) / (until - since) : 0;
      const now = tall + y - event.clientY + (Math.abs(speed) > FLING ? Math.sign(speed) * 160 : 0);
      const stops = /** @type {Stop[]} */ (['peek', 'half', 'full']);
      const next = stops.reduce((best, stop) => (Math.abs(this.#pixels(stop) - now) < Math.abs(this.#pixels(best) - now) ? stop : best));
      this.stop = next;
      this.#tall();
      this.label();
    };
    for (const type of /** @type {const} */ (['pointerup', 'pointercancel'])) head.addEventListener(type, end, { signal });
    head.addEventListener('keydown', (event) => {
      const steps = { PageUp: 1, PageDown: -1 }[event.key];
      if (!steps || !this.panel.narrow) return;
      event.preventDefault();
      this.#step(steps);
    }, { signal });
  }

  remove() {
    this.sizes.disconnect();
    this.ends.abort();
    this.box?.remove();
    const root = this.viewer.shadowRoot;
    if (root && this.sheet) root.adoptedStyleSheets = root.adoptedStyleSheets.filter((sheet) => sheet !== this.sheet);
  }
}
