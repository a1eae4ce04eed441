/** @import { AnprobePanel } from './panel.js' */
/** @import { Design, Entry, Place } from './kept.js' */
import { captured, download, fileName, productOf } from './design.js';
import { DesignRow } from './design-row.js';
import { STYLE } from './designs-style.js';
import { freshId, kept, news } from './kept.js';
import { button, make } from './make.js';
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
    const mine = all.filter(({ product }) => product === productOf(panel));
    const deeds = {
      open: (/** @type {Design} */ design) => this.#open(design),
      rename: (/** @type {Design} */ design, /** @type {string} */ name) => this.#rename(design, name),
      file: (/** @type {Design} */ design) => this.#export([design], design.name),
      own: (/** @type {Design} */ design) => this.#own(design),
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
      button({ icon: 'keep', text: panel.say('keep-save'), act: () => this.#save('design') }),
      ...(place.lasting ? [] : [make('p', { class: 'warning' }, panel.say('keep-memory'))]),
      make('div', {}, make('h4', {}, panel.say('keep-designs')), list('design', 'keep-none')),
      make('div', {}, make('h4', {}, panel.say('keep-products')), list('owned', 'keep-none-owned'),
        make('div', { class: 'acts' }, button({ icon: 'check', text: panel.say('keep-have'), act: () => this.#save('owned') }))),
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

  /** Does what may fail for want of room. @param {(place: Place) => Promise<void>} act */
  async #try(act) {
    try {
      await act(await kept());
      return true;
    } catch {
      this.panel.toast(this.panel.say('keep-full'));
      return false;
    }
  }

  /** @param {Design['kind']} kind */
  async #save(kind) {
    const { panel } = this;
    const { viewer } = panel;
    const known = this.rows.map(({ design }) => design).filter((design) => design.kind === kind);
    const same = known.find(({ code }) => code === viewer.code);
    if (same) return panel.toast(panel.say('keep-known', same.name));
    const name = this.#freeName(kind, known.map(({ name }) => name));
    const entry = await captured(panel, kind, name);
    if (!entry.design.code || !await this.#try((place) => place.put([entry]))) return undefined;
    if (kind === 'owned') viewer.owned = entry.design.code;
    return panel.toast(panel.say(kind === 'owned' ? 'keep-had' : 'keep-saved', name), { act: { text: panel.say('keep-back'), run: async () => {
      await this.#try((place) => place.remove([entry.design.id]));
      if (kind === 'owned' && viewer.owned === entry.design.code) viewer.owned = null;
    } } });
  }

  /** @param {Design['kind']} kind @param {string[]} taken */
  #freeName(kind, taken) {
    const { panel } = this;
    if (kind === 'owned') {
      const plain = panel.say('keep-mine', panel.viewer.sheet?.name ?? '').trim();
      for (let number = 1; ; number += 1) {
        const name = number === 1 ? plain : `${plain} ${number}`;
        if (!taken.includes(name)) return name;
      }
    }
    for (let number = taken.length + 1; ; number += 1) {
      const name = panel.say('keep-name', number);
      if (!taken.includes(name)) return name;
    }
  }

  /** @param {Design} design */
  async #open(design) {
    const { panel } = this;
    const { viewer } = panel;
    if (design.kind === 'owned') {
      // A second tap forgets it.
      viewer.owned = viewer.configuration?.owned === design.code ? null : design.code;
      return;
    }
    if (viewer.code === design.code) return;
    await viewer.restore(await (await kept()).pictures(design.pictures));
    const outcome = viewer.open(design.code);
    if (outcome === 'unknown') return panel.toast(panel.say('keep-code'));
    if (design.owned && !viewer.configuration?.owned) viewer.owned = design.owned;
    panel.toast(panel.say('keep-opened', design.name), { act: { text: panel.say('keep-back'), run: () => viewer.undo() } });
  }

  /** @param {Design} design @param {string} name */
  async #rename(design, name) {
    const done = await this.#try((place) => place.put([{ design: { ...design, name }, pictures: new Map() }]));
    if (done) this.panel.live(this.panel.say('keep-renamed', name));
  }

  /** @param {Design} design */
  async #own(design) {
    const { panel } = this;
    const place = await kept();
    const copy = { ...design, id: freshId(), kind: /** @type {const} */ ('owned'), savedMs: Date.now() };
    const pictures = await place.pictures(design.pictures);
    if (!await this.#try(() => place.put([{ design: copy, pictures }]))) return;
    panel.viewer.owned = design.code;
    panel.toast(panel.say('keep-had', design.name), { act: { text: panel.say('keep-back'), run: () => place.remove([copy.id]) } });
  }

  /** @param {Design} design */
  async #remove(design) {
    const { panel } = this;
    const [entry] = await entries([design]);
    if (!await this.#try((place) => place.remove([design.id]))) return;
    panel.toast(panel.say('keep-deleted', design.name), { act: { text: panel.say('keep-back'), run: () => this.#try((place) => place.put([entry])) } });
  }

  /** @param {Design[]} designs @param {string} name */
  async #export(designs, name) {
    const { TYPE, written } = await import('./designs-file.js');
    const file = await written(await entries(designs));
    download(new File([file], fileName([name], 'json'), { type: TYPE }), fileName([name], 'json'));
  }

  /** @param {File} file */
  async #import(file) {
    const { panel } = this;
    const { read, Refused } = await import('./designs-file.js');
    try {
      const place = await kept();
      const known = await place.designs();
      const fresh = (await read(file)).filter(({ design }) => !known.some((other) => ['kind', 'product', 'code', 'name'].every(
        (key) => design[/** @type {'kind'} */ (key)] === other[/** @type {'kind'} */ (key)])));
      if (!fresh.length) return panel.toast(panel.say('keep-imported-none'));
      if (!await this.#try(() => place.put(fresh))) return undefined;
      const elsewhere = fresh.some(({ design }) => design.product !== productOf(panel));
      const said = [fresh.length === 1 ? panel.say('keep-imported-one') : panel.say('keep-imported', fresh.length), elsewhere && panel.say('keep-elsewhere')];
      return panel.toast(said.filter(Boolean).join('. '), { act: { text: panel.say('keep-back'), run: () => place.remove(fresh.map(({ design }) => design.id)) } });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return panel.toast(panel.say(error.key));
    }
  }
}

/** Designs with the pictures that they need. @param {Design[]} designs @returns {Promise<Entry[]>} */
async function entries(designs) {
  const place = await kept();
  return Promise.all(designs.map(async (design) => ({ design, pictures: await place.pictures(design.pictures) })));
}
