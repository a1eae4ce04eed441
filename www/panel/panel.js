/**
 * `<anprobe-panel for="id">`: everything that a customer touches beside the product itself. All that it shows comes from
 * the viewer's public members, so that a shop can leave it out and build its own on the same.
 */
/** @import { AnprobeViewer, ErrorDetail, ProductConflict } from '../anprobe.js' */
import { readAddress } from './address.js';
import { Bar } from './bar.js';
import { Behaviours } from './behaviours.js';
import { Compare } from './compare.js';
import { endToast, showDialog, showToast } from './dialog.js';
import { Facts } from './facts.js';
import { Strip } from './frame.js';
import { Groups } from './groups.js';
import { Guide } from './guide.js';
import { History } from './history.js';
import { kept } from './kept.js';
import { LAYOUT } from './layout.js';
import { make, write } from './make.js';
import { Mounts } from './mounts.js';
import { Notice } from './notice.js';
import { Place } from './place.js';
import { bring, follow } from './returned.js';
import { BASE } from './style.js';
import { localeOf, say } from './words.js';
import './words-panel.js';

/** What a change did is said when no other follows for so long, in milliseconds. */
const QUIET = 350;
/** More than so many changes are counted, not told one by one. */
const MANY = 3;

export { linkTo, readAddress } from './address.js';

/** What a section of the panel gets. @typedef {AnprobePanel} Panel */
/**
 * One part of the panel: built once, brought up to date often.
 * @typedef {object} Section
 * @property {HTMLElement} element hidden where there is nothing to show
 * @property {() => void} update
 * @property {() => void} [remove]
 */

export class AnprobePanel extends HTMLElement {
  static observedAttributes = ['for'];

  /** The viewer that it stands with. @type {AnprobeViewer | undefined} */
  #viewer;
  /** @type {AbortController | undefined} */
  #listens;
  /** Looks for a viewer that is not there yet, or takes another's place. @type {MutationObserver | undefined} */
  #looks;
  /** @type {Place | undefined} */
  #place;
  /** What is built: a product and its groups. */
  #built = '';
  #language = '';
  /** What has moved and is not said yet. @type {Map<string, string>} */
  #moved = new Map();
  #saying = 0;
  #later = 0;

  constructor() {
    super();
    this.root = this.attachShadow({ mode: 'open' });
    this.root.adoptedStyleSheets = [BASE, LAYOUT];
    /** What stands over the picture while two are compared. @type {Compare | undefined} */
    this.compared = undefined;
    /** Dialogs and the player: they end with their product. @type {Set<{ close: () => void }>} */
    this.opened = new Set();
    this.status = make('div', { class: 'heard', role: 'status' });
    this.toasts = make('div', { class: 'toasts' });
    /** Whether there is no more room than on a phone. */
    this.narrow = false;
    this.strip = new Strip(this);
    this.bar = new Bar(this);
    this.history = new History(this);
    this.notice = new Notice(this);
    this.groups = new Groups(this);
    this.guide = new Guide(this, (suggested) => this.#suggest(suggested));
    this.behaviours = new Behaviours(this);
    this.facts = new Facts(this);
    this.mounts = new Mounts(this);
    this.name = make('h2', { part: 'name' });
    this.lead = make('p', { part: 'description' });
    this.head = make('div', { class: 'head', part: 'head' }, make('div', { class: 'title' }, make('slot', { name: 'head' }, this.name)), this.history.element);
    this.intro = make('div', { class: 'intro' }, make('slot', { name: 'description' }, this.lead));
    this.middle = make('div', { class: 'scroll', part: 'scroll' }, this.notice.element, this.intro);
    this.inner = make('div', { class: 'panel', part: 'panel' }, this.head, this.strip.element, this.middle,
      make('div', { class: 'foot' }, this.toasts, this.bar.element), this.notice.over, this.status);
    this.root.append(this.inner);
  }

  connectedCallback() {
    this.#seek();
  }

  /** Moving an element disconnects and connects it: only what stays away is taken down. */
  disconnectedCallback() {
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#looks?.disconnect();
      this.#leave();
    });
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#seek();
  }

  /** The viewer that it belongs to. @type {AnprobeViewer} */
  get viewer() {
    return /** @type {AnprobeViewer} */ (this.#viewer ?? this.#find());
  }

  /** A sentence in the language of the viewer's place. @param {string} key @param {unknown[]} places */
  say(key, ...places) {
    return say(this.viewer, key, ...places);
  }

  /** Says something to those who hear the page. @param {string} text */
  live(text) {
    clearTimeout(this.#saying);
    this.#moved.clear();
    this.status.textContent = '';
    // Said again, it is heard again.
    this.#saying = setTimeout(() => { this.status.textContent = text; }, 60);
  }

  /**
   * Opens a modal dialog; on a phone it comes from below.
   * @param {{ title: string, content: Node, wide?: boolean, onclose?: () => void }} options
   */
  dialog(options) {
    return showDialog(this, this.inner, options);
  }

  /** A line that tells what happened, with one way back. @param {string} text @param {{ act?: { text: string, run: () => unknown } }} [options] */
  toast(text, options = {}) {
    showToast(this, this.toasts, text, options);
    this.live(text);
  }

  /** Adds a stylesheet once. @param {CSSStyleSheet} sheet */
  adopt(sheet) {
    const { adoptedStyleSheets } = this.root;
    if (!adoptedStyleSheets.includes(sheet)) this.root.adoptedStyleSheets = [...adoptedStyleSheets, sheet];
  }

  /** Shows what the customer has said to own, to pick another. */
  pickOwned() {
    this.reveal('anprobe-designs');
  }

  /** What the customer has saved on this device, and what they own: for a shop's own lists. */
  async designs() {
    return (await (await kept()).designs()).filter(({ kind }) => kind !== 'ordered');
  }

  /** Brings the customer's own pictures back that kept designs with these codes need, before they are compared. @param {string[]} codes */
  bring(...codes) {
    return bring(this.viewer, codes);
  }

  /** Brings a part into view, in the group or section that it belongs to. @param {string} id @param {Element} [part] */
  reveal(id, part) {
    this.#place?.stop === 'peek' && this.#place.go('half');
    if (this.narrow && this.strip.active !== id) this.strip.show(id, true);
    const frame = this.strip.frames.find((frame) => frame.id === id);
    frame?.unfold(true);
    if (part || !frame) return void part?.scrollIntoView({ block: 'nearest' });
    // The page stays where it is, as far as the panel scrolls by itself.
    const { middle } = this;
    if (this.narrow && this.#place?.inside) middle.scrollTop = 0;
    else if (middle.scrollHeight <= middle.clientHeight) frame.element.scrollIntoView({ block: 'nearest' });
    else middle.scrollTop += frame.element.getBoundingClientRect().top - middle.getBoundingClientRect().top;
  }

  /** Takes the shape for the room that there is; a matter of the panel's own. @param {boolean} narrow */
  arrange(narrow) {
    if (narrow === this.narrow && this.inner.dataset.arranged) return;
    this.narrow = narrow;
    this.inner.dataset.arranged = 'yes';
    this.inner.classList.toggle('narrow', narrow);
    this.strip.arrange(narrow);
    this.#soon();
  }

  /** Draws the sheet down for what happens on the picture. @returns {() => void} draws it up again */
  makeRoom() {
    const place = this.#place;
    const stop = place?.stop;
    if (!place || !stop || !this.narrow) return () => {};
    place.go('peek');
    return () => place.go(stop);
  }

  #find() {
    const id = this.getAttribute('for');
    const root = /** @type {Document | ShadowRoot} */ (this.getRootNode());
    return /** @type {AnprobeViewer | null} */ (id ? root.querySelector(`#${CSS.escape(id)}`) : this.closest('anprobe-viewer') ?? /** @type {ShadowRoot} */ (root).host?.closest('anprobe-viewer')) ?? undefined;
  }

  /** Finds its viewer, now or when the page has it. */
  async #seek() {
    await customElements.whenDefined('anprobe-viewer');
    if (!this.isConnected) return;
    this.#watch();
    const found = this.#find();
    if (found === this.#viewer && found) return;
    this.#leave();
    if (found) this.#join(found);
  }

  /** Its viewer may come later, and another may take its place. */
  #watch() {
    this.#looks?.disconnect();
    this.#looks = new MutationObserver(() => {
      const found = this.#find();
      if (found && found !== this.#viewer) this.#seek();
    });
    this.#looks.observe(this.getRootNode(), { childList: true, subtree: true, attributes: true, attributeFilter: ['id'] });
  }

  /** @param {AnprobeViewer} viewer */
  #join(viewer) {
    this.#viewer = viewer;
    this.#listens = new AbortController();
    const { signal } = this.#listens;
    viewer.addEventListener('configuration-change', (event) => this.#changed(/** @type {CustomEvent} */ (event).detail?.changed), { signal });
    viewer.addEventListener('conflict', (event) => this.#conflict(/** @type {CustomEvent<ProductConflict | undefined>} */ (event).detail), { signal });
    viewer.addEventListener('hotspot', ({ detail: { group } }) => group && this.reveal(group), { signal });
    viewer.addEventListener('error', (event) => this.#fail(/** @type {CustomEvent<ErrorDetail>} */ (event).detail), { signal });
    for (const type of ['online', 'offline']) addEventListener(type, () => this.notice.update(), { signal });
    // What the address opens may build the panel at once.
    this.inner.setAttribute('aria-busy', 'true');
    // A panel that is built ends what was said over another product.
    readAddress(viewer, signal, () => queueMicrotask(() => this.toast(this.say('panel-link-unread'))));
    follow(viewer, signal);
    this.compared = new Compare(this);
    this.#place = new Place(this, viewer, this.head);
    this.head.append(this.#place.element);
    // What went wrong before there was a panel stands on the picture.
    const message = /** @type {HTMLElement | null | undefined} */ (viewer.shadowRoot?.querySelector('.message:not([hidden])'));
    this.notice.failed = message?.dataset.code ?? '';
    this.bar.update(viewer.quote);
    if (viewer.configuration) this.#changed([]);
    else this.notice.update();
    this.#words();
    this.#place.measure();
  }

  #leave() {
    if (!this.#viewer) return;
    this.#shut();
    for (const waiting of [this.#saying, this.#later]) clearTimeout(waiting);
    this.#moved.clear();
    this.status.textContent = '';
    this.#listens?.abort();
    this.compared?.remove();
    this.compared = undefined;
    this.#place?.remove();
    this.#place?.element.remove();
    this.#place = undefined;
    this.groups.remove();
    this.mounts.remove();
    this.bar.reset();
    this.#built = this.#language = '';
    this.#viewer = undefined;
  }

  /** What is open over the panel and the picture is of the product that was. */
  #shut() {
    endToast(this.toasts);
    for (const opened of [...this.opened]) opened.close();
  }

  /** What stands for all languages and products is named anew. */
  #words() {
    this.history.element.hidden = !this.viewer.configuration;
    this.strip.element.setAttribute('aria-label', this.say('panel-strip'));
    this.#place?.label();
  }

  /**
   * The viewer's state is another one. What is named is brought up to date at once, the rest after the next picture.
   * @param {string[] | undefined} changed `group/choice`, or a group's id; empty when it is not about choices
   */
  #changed(changed) {
    const viewer = this.#viewer;
    const configuration = viewer?.configuration;
    if (!viewer || !configuration) return this.notice.update();
    const quote = viewer.quote;
    const language = localeOf(viewer);
    const ids = new Set(changed?.map((name) => name.split('/')[0]));
    const spoken = language !== this.#language;
    const known = this.#built === viewer.product && [...ids].every((id) => this.groups.all.has(id));
    if (!known) this.#build();
    const whole = !known || spoken || !ids.size;
    const moved = this.groups.update(whole ? viewer.options : [...ids].map((id) => viewer.option(id)));
    this.#language = language;
    this.groups.conflict.hide();
    this.bar.update(quote);
    this.history.update(configuration);
    if (known) this.groups.picture();
    if (!known || spoken) this.#words();
    else this.#tell(moved, quote?.totalText ?? '');
    if (!known || spoken) this.#rest(true);
    else this.#soon();
  }

  /** Another product. */
  #build() {
    const { viewer } = this;
    this.notice.failed = '';
    this.#shut();
    if (this.#built !== viewer.product) {
      this.guide.reset();
      this.bar.reset();
      // What was compared was of the last one, and is over.
      this.compared?.update();
    }
    this.#built = viewer.product ?? '';
    this.#language = '';
    this.groups.suggested = new Set();
    this.mounts.remove();
    const frames = [this.guide.frame, ...this.groups.build(viewer.options), this.behaviours.frame, ...this.mounts.build(), this.facts.frame];
    this.middle.replaceChildren(this.notice.element, this.intro, ...frames.map(({ element }) => element));
    this.strip.fill(frames);
    this.strip.arrange(this.narrow);
    this.inner.removeAttribute('aria-busy');
  }

  #soon() {
    clearTimeout(this.#later);
    this.#later = setTimeout(() => this.#rest(false), 16);
  }

  /** What can wait until the choice is on the screen. @param {boolean} anew */
  #rest(anew) {
    const viewer = this.#viewer;
    const configuration = viewer?.configuration;
    if (!viewer || !configuration) return;
    const sheet = viewer.sheet;
    if (sheet) {
      write(this.name, sheet.name);
      write(this.lead, sheet.description);
      this.guide.update(sheet, `${this.#built} ${this.#language}`);
      this.behaviours.update(sheet, configuration);
    }
    this.guide.refresh();
    if (anew || this.facts.frame.shown) this.facts.update(viewer.quote, anew ? sheet : undefined);
    this.notice.update();
    this.mounts.update();
    this.strip.show(this.strip.active);
  }

  /** Says what a change did, once. @param {{ name: string, spoken: string }[]} moved @param {string} total */
  #tell(moved, total) {
    for (const { name, spoken } of moved) this.#moved.set(name, spoken);
    if (!this.#moved.size) return;
    clearTimeout(this.#saying);
    this.#saying = setTimeout(() => {
      const changes = [...this.#moved];
      const told = changes.length > MANY ? this.say('panel-many-changes', changes.length) : changes.map(([name, spoken]) => `${name}: ${spoken}.`).join(' ');
      this.#moved.clear();
      this.status.textContent = `${told} ${this.say('panel-total-heard', this.viewer.quote?.totalText ?? total)}.`;
    }, QUIET);
  }

  /** @param {Set<string>} suggested */
  #suggest(suggested) {
    this.groups.suggested = suggested;
    this.groups.update(this.viewer.options);
  }

  /** @param {ProductConflict | undefined} conflict */
  #conflict(conflict) {
    if (conflict) this.groups.explain(conflict);
  }

  /** @param {ErrorDetail} error */
  #fail({ type, code }) {
    if (type !== 'loadfailure' || this.viewer.configuration) return;
    this.notice.failed = code;
    this.notice.update();
  }
}

/** Panels that came by the attribute; the page's own are the page's. @type {WeakSet<Element>} */
const furnished = new WeakSet();

/**
 * Gives a viewer with the attribute `panel` its panel, and takes it away with the attribute.
 * @param {Element} viewer
 */
export function furnish(viewer) {
  const there = viewer.querySelector(':scope > anprobe-panel');
  if (!viewer.hasAttribute('panel')) return there && furnished.has(there) && there.remove();
  if (there) return;
  const made = make('anprobe-panel');
  furnished.add(made);
  viewer.append(made);
}

if (!customElements.get('anprobe-panel')) customElements.define('anprobe-panel', AnprobePanel);
for (const viewer of document.querySelectorAll('anprobe-viewer[panel]')) furnish(viewer);
