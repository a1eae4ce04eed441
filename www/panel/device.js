/** @import { AnprobePanel } from './panel.js' */
/** @import { Design, Entry } from './kept.js' */
/** @import { Inventory } from './inventory.js' */
import { download, fileName } from './design.js';
import { fetched, forgetFiles, forgetSetting, inventory, returnSetting } from './inventory.js';
import { kept, news } from './kept.js';
import { button, make, styled } from './make.js';
import { localeOf } from './words.js';
import './words-device.js';
import './words-keep.js';

const STYLE = styled(/* css */ `
.device { display: grid; gap: 24px }
.device h3 { margin-block-end: 4px }
.device .told { display: flex; align-items: center; gap: 8px; min-height: 44px; padding-inline-start: 16px; border-radius: var(--anprobe-radius); background: var(--wash) }
.device .told:empty { display: none }
.device .told span { flex: 1 }
.device li { display: flex; align-items: center; gap: 8px; padding-block: 4px; border-block-end: 1px solid var(--anprobe-line) }
.device li > span { flex: 1; min-width: 0; display: grid }
.device li bdi { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.device li small, .device .note { color: var(--anprobe-soft); font-size: var(--small) }
.device li > .size { flex: none; color: var(--anprobe-soft) }
.device li.sum { min-height: 44px; border: 0; font-weight: 600 }
.device li.sum > .size { color: inherit }
.device .acts { display: flex; flex-wrap: wrap; gap: 8px; margin-block-start: 12px }
.device td:first-child { overflow-wrap: anywhere }
.device :is(td, th):not(:first-child) { text-align: end; padding-inline-start: 12px }
.device thead th { font-size: var(--small) }
`);

/** **Your data**: what is kept on the device, and what this visit has fetched. @param {AnprobePanel} panel */
export function openDevice(panel) {
  return new Device(panel);
}

class Device {
  /** @param {AnprobePanel} panel */
  constructor(panel) {
    this.panel = panel;
    panel.adopt(STYLE);
    this.told = make('div', { class: 'told', role: 'status' });
    this.things = make('section');
    this.element = make('div', { class: 'device', part: 'device' }, make('p', {}, panel.say('device-intro')), this.told, this.things, this.#fetched(), this.#cookies());
    const closed = new AbortController();
    news.addEventListener('change', () => void this.#list(), { signal: closed.signal });
    this.dialog = panel.dialog({ title: panel.say('device-title'), content: this.element, onclose: () => closed.abort() });
    this.listed = this.#list();
  }

  /** @param {number} bytes */
  #size(bytes) {
    /** @type {[number, string, number]} */
    const [figure, unit, digits] = bytes < 1000 ? [bytes, 'byte', 0] : bytes < 1e6 ? [bytes / 1000, 'kilobyte', 0] : [bytes / 1e6, 'megabyte', 1];
    return new Intl.NumberFormat(localeOf(this.panel.viewer), { style: 'unit', unit, maximumFractionDigits: digits }).format(figure);
  }

  async #list() {
    const { panel } = this;
    const all = await inventory();
    const sum = [...all.designs, ...all.settings, ...all.files].reduce((sum, { bytes }) => sum + bytes, 0) + all.pictures.reduce((sum, { picture }) => sum + picture.size, 0);
    const rows = this.#rows(all);
    const nothing = make('p', { class: 'note' }, panel.say(all.lasting ? 'device-nothing' : 'device-memory'));
    this.things.replaceChildren(
      make('h3', {}, panel.say('device-kept')),
      ...(rows.length ? [make('ul', {}, ...rows, make('li', { class: 'sum' }, make('span', {}, panel.say('device-sum')), make('span', { class: 'size' }, this.#size(sum))))] : [nothing]),
      rows.length > 0 ? make('div', { class: 'acts' },
        button({ icon: 'download', text: panel.say('device-download'), act: () => this.#save() }),
        button({ icon: 'trash', text: panel.say('device-delete-all'), act: () => this.#clear() })) : '');
  }

  /** @param {Inventory} all */
  #rows({ designs, pictures, settings, files }) {
    const { panel } = this;
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    return [
      ...designs.map(({ design, bytes }) => this.#row(design.name, panel.say(`device-${design.kind}`, design.productName), bytes, () => this.#remove([design], panel.say('device-deleted', design.name)))),
      // A picture goes with the last design that needs it.
      ...pictures.map(({ name, picture }) => this.#row(panel.say('device-picture'), users(designs.map(({ design }) => design), name), picture.size)),
      ...settings.map((setting) => {
        const { key, value, bytes } = setting;
        const name = panel.say(/screen|card|scale|size|calib/i.test(key) ? 'device-setting-size' : 'device-setting');
        return this.#row(name, value.slice(0, 60), bytes, () => {
          forgetSetting(setting);
          this.#tell(panel.say('device-deleted', name), () => returnSetting(setting));
          return this.#list();
        });
      }),
      ...(files.length ? [this.#row(panel.say('device-files'), panel.say('device-files-count', files.length), bytes, async () => {
        await forgetFiles();
        this.#tell(panel.say('device-deleted', panel.say('device-files')));
        await this.#list();
      })] : []),
    ];
  }

  /** @param {string} name @param {string} note @param {number} bytes @param {() => unknown} [remove] */
  #row(name, note, bytes, remove) {
    return make('li', {},
      make('span', {}, make('bdi', {}, name), make('small', {}, note)),
      make('span', { class: 'size' }, this.#size(bytes)),
      remove && button({ icon: 'trash', label: this.panel.say('device-delete', name), kind: 'quiet', act: async () => {
        await remove();
        // What was pressed is gone.
        /** @type {HTMLElement | null} */ (this.told.querySelector('button') ?? this.dialog.element.querySelector('button'))?.focus();
      } }));
  }

  /** Says what happened, with a way back. @param {string} text @param {() => unknown} [undo] */
  #tell(text, undo) {
    const { panel } = this;
    this.told.replaceChildren(make('span', {}, text));
    if (!undo) return;
    this.told.append(button({ icon: 'undo', text: panel.say('keep-back'), kind: 'quiet', act: async () => {
      this.told.replaceChildren();
      await undo();
      await this.#list();
      /** @type {HTMLElement | null} */ (this.dialog.element.querySelector('button'))?.focus();
    } }));
  }

  /** @param {Design[]} designs @param {string} text @param {Inventory['settings']} [settings] that come back with them */
  async #remove(designs, text, settings = []) {
    const place = await kept();
    /** @type {Entry[]} */
    const entries = await Promise.all(designs.map(async (design) => ({ design, pictures: await place.pictures(design.pictures) })));
    await place.remove(designs.map(({ id }) => id));
    this.#tell(text, () => {
      settings.forEach(returnSetting);
      return place.put(entries);
    });
  }

  async #clear() {
    const { designs, settings } = await inventory();
    for (const setting of settings) forgetSetting(setting);
    await forgetFiles();
    await this.#remove(designs.map(({ design }) => design), this.panel.say('device-all-gone'), settings);
    await this.#list();
    /** @type {HTMLElement | null} */ (this.told.querySelector('button'))?.focus();
  }

  async #save() {
    const place = await kept();
    const { designs, settings, files } = await inventory();
    const entries = await Promise.all(designs.map(async ({ design }) => ({ design, pictures: await place.pictures(design.pictures) })));
    const { TYPE, written } = await import('./designs-file.js');
    const name = fileName([this.panel.say('device-title')], 'json');
    const file = await written(entries, { settings: Object.fromEntries(settings.map(({ key, value }) => [key, value])), files, fetched: fetched().origins });
    download(new File([file], name, { type: TYPE }), name);
  }

  #fetched() {
    const { panel } = this;
    const { origins, isFull } = fetched();
    const rows = origins.map(({ origin, count, bytes, unknown }) => {
      const known = unknown < count || bytes > 0;
      const said = !unknown ? this.#size(bytes) : known ? panel.say('device-and-unknown', this.#size(bytes), unknown) : panel.say('device-unknown');
      return make('tr', {}, make('td', {}, `${new URL(origin).host} `, origin === location.origin && make('small', {}, panel.say('device-here'))), make('td', {}, String(count)), make('td', {}, said));
    });
    const heads = ['device-origin', 'device-count', 'device-bytes'].map((key) => make('th', { scope: 'col' }, panel.say(key)));
    return make('section', {}, make('h3', {}, panel.say('device-fetched')),
      make('table', {}, make('thead', {}, make('tr', {}, ...heads)), make('tbody', {}, ...rows)),
      origins.some(({ unknown }) => unknown > 0) && make('p', { class: 'note' }, panel.say('device-hidden')),
      isFull && make('p', { class: 'note' }, panel.say('device-full')));
  }

  /** Reads what there is: nothing of ours ever writes one. */
  #cookies() {
    const { panel } = this;
    const count = document.cookie ? document.cookie.split(';').length : 0;
    return make('section', {}, make('h3', {}, panel.say('device-cookies')), make('p', {}, count ? panel.say('device-cookies-shop', count) : panel.say('device-no-cookies')));
  }
}

/** Whose picture it is. @param {Design[]} designs @param {string} name */
function users(designs, name) {
  return designs.filter(({ pictures }) => pictures.includes(name)).map((design) => design.name).join(', ');
}
