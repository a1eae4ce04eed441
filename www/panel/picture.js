/** @import { ProductGroup } from '../anprobe.js' */
/** @import { Groups } from './groups.js' */
import { button, icon, make, set, styled, write } from './make.js';
import { OPENERS } from './sections.js';
import { signed } from './words.js';

const STYLE = styled(/* css */ `
.drop {
  position: relative; display: flex; align-items: center; gap: 12px; min-height: 76px; padding: 12px 16px; border: 1px dashed color-mix(in oklab, var(--ink) 48%, var(--ground));
  border-radius: var(--radius); cursor: pointer
}
.drop > input { position: absolute; inset: 0; width: 100%; height: 100%; opacity: 0; cursor: pointer }
.drop:has(> input:focus-visible) { outline: 2px solid var(--accent-line); outline-offset: 2px }
.drop.over { border-style: solid; border-color: var(--accent-line); background: var(--wash) }
.drop canvas { flex: none; width: 52px; height: 52px; border-radius: calc(var(--radius) - 4px); object-fit: cover }
.drop .words { flex: 1 }
.own .ways { display: flex; gap: 8px; margin-block-start: 12px }
.own .ways button { flex: 1 }
.own .trouble { margin-block-start: 8px; color: var(--warn) }
@media (hover: hover) { .drop:hover { background: var(--wash) } }
`);

/** The customer's own picture: chosen, photographed or dropped. It stays on the device. */
export class Picture {
  /** @param {Groups} groups @param {ProductGroup} group */
  constructor(groups, group) {
    this.groups = groups;
    groups.panel.adopt(STYLE);
    this.id = group.id;
    this.file = make('input', { type: 'file', accept: 'image/*' });
    this.sign = icon('picture');
    this.title = make('span', { class: 'name' });
    this.note = make('span', { class: 'delta' });
    const drop = this.drop = make('label', { class: 'drop', part: 'drop' }, this.file, this.sign, make('span', { class: 'words' }, this.title, this.note));
    this.trouble = make('p', { class: 'trouble small', role: 'alert' });
    this.drops = button({ text: ' ', icon: 'trash', act: () => {
      groups.take(this.id, '');
      this.file.focus();
    } });
    this.ways = make('div', { class: 'ways' }, this.drops);
    if (group.surface && OPENERS.artwork) {
      this.place = button({ text: ' ', icon: 'picture', act: () => OPENERS.artwork?.(groups.panel, this.id) });
      this.ways.prepend(this.place);
    }
    this.element = make('div', { class: 'own' }, drop, this.trouble, this.ways);
    /** The one that was chosen here, and under which name it goes. @type {{ name: string, canvas: HTMLCanvasElement } | undefined} */
    this.small = undefined;
    this.file.addEventListener('change', () => {
      const [file] = this.file.files ?? [];
      // The same one can be chosen again.
      if (file) this.#take(file).finally(() => { this.file.value = ''; });
    });
    drop.addEventListener('dragover', (event) => {
      event.preventDefault();
      drop.classList.add('over');
    });
    drop.addEventListener('dragleave', () => drop.classList.remove('over'));
    drop.addEventListener('drop', (event) => {
      event.preventDefault();
      drop.classList.remove('over');
      const [file] = event.dataTransfer?.files ?? [];
      if (file) this.#take(file);
    });
  }

  /** @param {ProductGroup} group */
  update(group) {
    const { say } = this.groups;
    const filled = Boolean(group.value);
    const priced = group.price ? signed(filled ? this.groups.panel.viewer.money(group.price, { sign: true }) : group.amountText ?? group.priceText) : '';
    write(this.title, say(filled ? 'panel-picture-other' : 'panel-picture'));
    write(this.note, [priced, say('panel-picture-stays')].filter(Boolean).join(' · '));
    set(this.file, { 'aria-label': `${group.name}: ${this.title.textContent}` });
    set(this.drop, { 'data-state': group.state });
    this.ways.hidden = !filled;
    for (const [made, key] of /** @type {const} */ ([[this.drops, 'panel-picture-remove'], [this.place, 'panel-place']])) {
      if (made?.lastChild) write(made.lastChild, say(key));
    }
    const shown = filled && this.small ? this.small.canvas : this.sign;
    if (!shown.isConnected) this.drop.replaceChild(shown, this.drop.children[1]);
  }

  /** @param {ProductGroup} group */
  spoken({ value }) {
    return this.groups.say(value ? 'panel-picture-yours' : 'panel-none');
  }

  /** @param {File} file */
  async #take(file) {
    const { panel, say } = this.groups;
    this.trouble.textContent = '';
    this.groups.asked = undefined;
    try {
      const bitmap = await createImageBitmap(file, { resizeWidth: 104, resizeQuality: 'medium' });
      const canvas = make('canvas', { width: bitmap.width, height: bitmap.height, 'aria-hidden': 'true' });
      canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
      bitmap.close();
      this.small = { name: file.name, canvas };
      await panel.viewer.select(this.id, file);
    } catch {
      this.small = undefined;
      this.trouble.textContent = say('panel-picture-bad');
    }
    this.groups.update([panel.viewer.option(this.id)]);
  }
}
