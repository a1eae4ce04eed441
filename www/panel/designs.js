/** @import { AnprobePanel } from './panel.js' */
/** @import { Design, Entry, Place } from './kept.js' */
import { captured, download, fileName, productOf } from './design.js';
import { DesignRow } from './design-row.js';
import { STYLE } from './designs-style.js';
import { kept, news } from './kept.js';
import { button, make } from './make.js';
import { disown, own, ownDesign, tried } from './owned.js';
import './words-keep.js';

/** Designs of this product that are kept on the device, and what the customer has. */
export class Designs {
  #gone = new AbortController();

  /** @param {AnprobePanel} panel */
  constructor(panel) {
    this.panel = panel;
    panel.adopt(STYLE);
    /** @type {DesignRow[]} */
    this.rows = [];
    this.element = make('div', { class: 'designs', part: 'designs' });
    this.file = make('input', { type: 'file', accept: '.json,application/json', hidden: true });
    this.file.addEventListener('change', () => {
      const [file] = this.file.files ?? [];
      this.file.value = '';
      if (file) void this.#import(file);
    });
    this.spoken = '';
    /** Whether a design is being kept: a second tap is not a second one. */
    this.isBusy = false;
    news.addEventListener('change', () => void this.#read(), { signal: this.#gone.signal });
    void this.#read();
  }

  update() {
    const { panel } = this;
    if (this.spoken !== this.#language()) return void this.#read();
    const { code = '', owned = '' } = panel.viewer.configuration ?? {};
    for (const row of this.rows) row.update(row.design.code === (row.design.kind === 'owned' ? owned : code));
  }

  remove() {
    this.#gone.abort();
  }

  /** What the list is made of besides designs: words, and the product. */
  #language() {
    return `${this.panel.say('keep-title')} ${productOf(this.panel)}`;
  }

  async #read() {
    const place = await kept();
    const all = await place.designs().catch(() => /** @type {Design[]} */ ([]));
    if (this.#gone.signal.aborted) return;
    const { panel } = this;
    this.spoken = this.#language();
    const mine = all.filter(({ kind, product }) => kind !== 'ordered' && product === productOf(panel));
    const deeds = {
      open: (/** @type {Design} */ design) => this.#open(design),
      rename: (/** @type {Design} */ design, /** @type {string} */ name) => this.#rename(design, name),
      file: (/** @type {Design} */ design) => this.#export([design], design.name),
      own: (/** @type {Design} */ design) => ownDesign(panel, design),
      remove: (/** @type {Design} */ design) => this.#remove(design),
    };
    this.rows = mine.map((design) => new DesignRow(panel, design, deeds));
    /** @param {Design['kind']} kind @param {string} none */
    const list = (kind, none) => {
      const rows = this.rows.filter(({ design }) => design.kind === kind);
      return rows.length ? make('ul', { class: 'list' }, ...rows.map(({ element }) => element)) : make('p', { class: 'none' }, panel.say(none));
    };
    const focus = this.#focused();
    this.element.replaceChildren(
      button({ icon: 'keep', text: panel.say('keep-save'), act: () => this.#once(() => this.#save()) }),
      ...(place.lasting ? [] : [make('p', { class: 'warning' }, panel.say('keep-memory'))]),
      make('div', {}, make('h4', {}, panel.say('keep-designs')), list('design', 'keep-none')),
      make('div', {}, make('h4', {}, panel.say('keep-products')), list('owned', 'keep-none-owned'),
        make('div', { class: 'acts' }, button({ icon: 'check', text: panel.say('keep-have'), act: () => this.#once(() => own(panel)) }))),
      make('div', { class: 'files' },
        button({ icon: 'folder', text: panel.say('keep-import'), kind: 'quiet', act: () => this.file.click() }),
        mine.length > 0 && button({ icon: 'download', text: panel.say('keep-all'), kind: 'quiet', act: () => this.#export(mine, panel.viewer.sheet?.name ?? '') }),
        button({ icon: 'info', text: panel.say('keep-data'), kind: 'quiet', act: () => import('./device.js').then(({ openDevice }) => openDevice(panel)) }),
        this.file));
    this.update();
    this.#focus(focus);
  }

  /** Which design has the focus, so that it is not lost when the list is made anew. */
  #focused() {
    const root = /** @type {Document | ShadowRoot} */ (this.element.getRootNode());
    const { activeElement } = root;
    if (!activeElement || !this.element.contains(activeElement)) return undefined;
    return this.rows.find(({ element }) => element.contains(activeElement))?.design.id ?? '';
  }

  /** @param {string | undefined} id */
  #focus(id) {
    if (id === undefined) return;
    const row = this.rows.find(({ design }) => design.id === id) ?? this.rows[0];
    (row?.opener ?? this.element.querySelector('button'))?.focus();
  }

  /** @param {() => Promise<unknown>} act */
  async #once(act) {
    if (this.isBusy) return;
    this.isBusy = true;
    await act().finally(() => { this.isBusy = false; });
  }

  async #save() {
    const { panel } = this;
    const { viewer } = panel;
    const known = this.rows.map(({ design }) => design).filter(({ kind }) => kind === 'design');
    const same = known.find(({ code }) => code === viewer.code);
    if (same) return panel.toast(panel.say('keep-known', same.name));
    let number = known.length + 1;
    while (known.some(({ name }) => name === panel.say('keep-name', number))) number += 1;
    const name = panel.say('keep-name', number);
    const entry = await captured(panel, 'design', name);
    if (!entry.design.code || !await tried(panel, (place) => place.put([entry]))) return undefined;
    return panel.toast(panel.say('keep-saved', name), { act: { text: panel.say('keep-back'), run: () => tried(panel, (place) => place.remove([entry.design.id])) } });
  }

  /** @param {Design} design */
  async #open(design) {
    const { panel } = this;
    const { viewer } = panel;
    if (design.kind === 'owned') {
      // A second tap forgets it.
      return viewer.configuration?.owned === design.code ? disown(panel, panel.say('keep-not-owned', design.name)) : ownDesign(panel, design);
    }
    if (design.photo) return (await import('./photo-kept.js')).reopen(panel, design);
    if (viewer.code === design.code) return undefined;
    await viewer.restore(await (await kept()).pictures(design.pictures));
    const outcome = viewer.open(design.code);
    if (outcome === 'unknown') return panel.toast(panel.say('keep-code'));
    if (design.owned && !viewer.configuration?.owned) viewer.owned = design.owned;
    return panel.toast(panel.say('keep-opened', design.name), { act: { text: panel.say('keep-back'), run: () => viewer.undo() } });
  }

  /** @param {Design} design @param {string} name */
  async #rename(design, name) {
    const done = await tried(this.panel, (place) => place.put([{ design: { ...design, name }, pictures: new Map() }]));
    if (done) this.panel.live(this.panel.say('keep-renamed', name));
  }

  /** @param {Design} design */
  async #remove(design) {
    const { panel } = this;
    const [entry] = await entries([design]);
    if (!await tried(this.panel, (place) => place.remove([design.id]))) return;
    panel.toast(panel.say('keep-deleted', design.name), { act: { text: panel.say('keep-back'), run: () => tried(this.panel, (place) => place.put([entry])) } });
  }

  /** @param {Design[]} designs @param {string} name */
  async #export(designs, name) {
    try {
      const { TYPE, written } = await import('./designs-file.js');
      const file = await written(await entries(designs));
      download(new File([file], fileName([name], 'json'), { type: TYPE }), fileName([name], 'json'));
    } catch {
      this.panel.toast(this.panel.say('keep-failed'));
    }
  }

  /** @param {File} file */
  async #import(file) {
    const { panel } = this;
    try {
      const { read } = await import('./designs-file.js');
      const place = await kept();
      const known = await place.designs();
      const all = await read(file);
      // All that a device keeps may be settings alone.
      if (!all.length) return panel.toast(panel.say('keep-file-other'));
      const fresh = all.filter(({ design }) => !known.some((other) => ['kind', 'product', 'code', 'name'].every(
        (key) => design[/** @type {'kind'} */ (key)] === other[/** @type {'kind'} */ (key)])));
      if (!fresh.length) return panel.toast(panel.say('keep-imported-none'));
      if (!await tried(panel, () => place.put(fresh))) return undefined;
      const elsewhere = fresh.some(({ design }) => design.product !== productOf(panel));
      const said = [fresh.length === 1 ? panel.say('keep-imported-one') : panel.say('keep-imported', fresh.length), elsewhere && panel.say('keep-elsewhere')];
      return panel.toast(said.filter(Boolean).join('. '), { act: { text: panel.say('keep-back'), run: () => place.remove(fresh.map(({ design }) => design.id)) } });
    } catch (error) {
      // What was not refused did not work: no room, no network for what reads it.
      return panel.toast(panel.say(/** @type {import('./designs-file.js').Refused} */ (error).key ?? 'keep-failed'));
    }
  }
}

/** Designs with the pictures that they need. @param {Design[]} designs @returns {Promise<Entry[]>} */
async function entries(designs) {
  const place = await kept();
  return Promise.all(designs.map(async (design) => ({ design, pictures: await place.pictures(design.pictures) })));
}
