/** @import { AnprobePanel } from './panel.js' */
/** @import { Design } from './kept.js' */
import { draw } from './design.js';
import { button, icon, make, set } from './make.js';
import { localeOf } from './words.js';

/**
 * What can be done with a design.
 * @typedef {{ open: (design: Design) => unknown, rename: (design: Design, name: string) => unknown, file: (design: Design) => unknown,
 *   own: (design: Design) => unknown, remove: (design: Design) => unknown }} Deeds
 */

/** One design in a list: a tap opens it; all else is behind *more*. */
export class DesignRow {
  /** @param {AnprobePanel} panel @param {Design} design @param {Deeds} deeds */
  constructor(panel, design, deeds) {
    this.panel = panel;
    this.design = design;
    this.deeds = deeds;
    const canvas = make('canvas', { width: 128, height: 96, 'aria-hidden': 'true' });
    if (design.picture) void draw(canvas, design.picture);
    this.name = make('bdi', {}, design.name);
    this.note = make('small');
    this.opener = make('button', { type: 'button', class: 'opener', part: 'design' }, canvas, make('span', {}, this.name, this.note), icon('check'));
    this.opener.addEventListener('click', () => deeds.open(design));
    this.mark = /** @type {Element} */ (this.opener.lastElementChild);
    this.toggle = button({ icon: 'more', label: panel.say('keep-more', design.name), kind: 'quiet', act: () => this.unfold(this.below.hidden === true) });
    this.below = make('div');
    this.below.hidden = true;
    set(this.toggle, { 'aria-expanded': 'false' });
    this.element = make('li', { class: 'design' }, make('div', { class: 'row' }, this.opener, this.toggle), this.below);
  }

  /** @param {boolean} isOpen whether it is what is shown, or compared with */
  update(isOpen) {
    const { panel, design } = this;
    const owned = design.kind === 'owned';
    const day = new Intl.DateTimeFormat(localeOf(panel.viewer), { dateStyle: 'medium' }).format(design.savedMs);
    this.note.textContent = isOpen ? panel.say(owned ? 'keep-is-owned' : 'keep-is-open') : day;
    this.mark.toggleAttribute('hidden', !isOpen);
    set(this.opener, { 'aria-pressed': String(isOpen), 'aria-description': panel.say(owned ? 'keep-own' : 'keep-open') });
  }

  /** @param {boolean} open */
  unfold(open) {
    const { panel, design, deeds } = this;
    this.below.hidden = !open;
    set(this.toggle, { 'aria-expanded': String(open) });
    if (!open) return;
    this.below.replaceChildren(make('div', { class: 'more' },
      button({ icon: 'text', text: panel.say('keep-rename'), kind: 'quiet', act: () => this.#rename() }),
      button({ icon: 'download', text: panel.say('keep-file'), kind: 'quiet', act: () => deeds.file(design) }),
      design.kind === 'design' && button({ icon: 'check', text: panel.say('keep-to-owned'), kind: 'quiet', act: () => deeds.own(design) }),
      button({ icon: 'trash', text: panel.say('keep-delete'), kind: 'quiet', act: () => deeds.remove(design) })));
  }

  #rename() {
    const { panel, design, deeds } = this;
    const input = make('input', { type: 'text', maxlength: 80, required: true, autocomplete: 'off', dir: 'auto' });
    input.value = design.name;
    const form = make('form', {}, make('label', {}, make('span', {}, panel.say('keep-new-name')), input),
      make('button', { class: 'main' }, panel.say('keep-done')));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const name = input.value.trim();
      if (name) void deeds.rename(design, name);
    });
    form.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      this.unfold(false);
      this.toggle.focus();
    });
    this.below.replaceChildren(form);
    input.focus();
    input.select();
  }
}
