/** @import { ProductAnswer, ProductGroup, ProductLayer } from '../anprobe.js' */
/** @import { Groups } from './groups.js' */
import { gestures } from './gesture.js';
import { button, make, set, styled, write } from './make.js';
import { OPENERS } from './sections.js';
import { signed } from './words.js';

/** So long after the last letter the product shows them, in milliseconds. */
const PAUSE = 250;

const STYLE = styled(/* css */ `
.filled .under { display: flex; justify-content: space-between; gap: 12px; margin-block-start: 6px; color: var(--soft); font-size: var(--small) }
.filled .under > :last-child { margin-inline-start: auto; white-space: nowrap }
.filled > button { width: 100%; margin-block-start: 12px }
`);

/** What a text says, however it lies. @param {ProductAnswer} value */
function saidIn(value) {
  return String((typeof value === 'object' ? /** @type {ProductLayer | null} */ (value)?.text : value) ?? '');
}

/** The customer's own words. */
export class Words {
  /** @param {Groups} groups @param {ProductGroup} group */
  constructor(groups, group) {
    this.groups = groups;
    groups.panel.adopt(STYLE);
    this.id = group.id;
    this.field = make('input', { type: 'text', maxlength: group.max, autocomplete: 'off', enterkeyhint: 'done', part: 'text' });
    this.price = make('span');
    this.count = make('span', { 'aria-hidden': 'true' });
    this.element = make('div', { class: 'filled' }, this.field, make('div', { class: 'under' }, this.price, this.count));
    if (group.surface && OPENERS.artwork) {
      this.place = button({ text: ' ', icon: 'text', act: () => OPENERS.artwork?.(groups.panel, this.id) });
      this.element.append(this.place);
    }
    /** Words that lie in a way of their own. @type {ProductLayer | undefined} */
    this.laid = undefined;
    /** What was told last. */
    this.told = '';
    let timer = 0;
    const gesture = gestures(this.field);
    const tell = () => {
      clearTimeout(timer);
      if (this.field.value === this.told) return;
      this.told = this.field.value;
      groups.take(this.id, this.laid ? { ...this.laid, text: this.told } : this.told, gesture());
    };
    this.field.addEventListener('input', () => {
      this.#count(group);
      clearTimeout(timer);
      timer = setTimeout(tell, PAUSE);
    });
    this.field.addEventListener('change', tell);
  }

  /** @param {ProductGroup} group */
  update(group) {
    const { say } = this.groups;
    const value = saidIn(group.value);
    this.laid = typeof group.value === 'object' ? /** @type {ProductLayer} */ (group.value ?? undefined) : undefined;
    // Who types goes on typing; what comes from elsewhere, such as an undo, is taken over.
    if (value !== this.told || this.groups.panel.root.activeElement !== this.field) this.field.value = value;
    this.told = value;
    set(this.field, { 'aria-label': group.name, placeholder: say('panel-text') });
    write(this.price, group.price ? (value ? signed(this.groups.panel.viewer.money(group.price, { sign: true })) : signed(group.amountText ?? group.priceText)) : '');
    if (this.place?.lastChild) write(this.place.lastChild, say('panel-place'));
    this.#count(group);
  }

  /** @param {ProductGroup} group */
  spoken({ value }) {
    return value ? this.groups.say('panel-quoted', saidIn(value)) : this.groups.say('panel-none');
  }

  /** @param {ProductGroup} group */
  #count({ max }) {
    write(this.count, max ? `${this.field.value.length}/${max}` : '');
  }
}
