/** @import { ProductAnswer, ProductConflict } from '../anprobe.js' */
/** @import { AnprobePanel } from './panel.js' */
import { button, icon, make, styled } from './make.js';
import { signed } from './words.js';

const STYLE = styled(/* css */ `
.conflict { margin-block-start: 12px; padding: 12px 16px 16px; border-radius: var(--radius); background: var(--wash) }
.conflict > .why { display: flex; gap: 8px; align-items: start }
.conflict > .why svg { width: 20px; height: 20px; margin-block-start: 1px; color: var(--soft) }
.conflict ul { margin-block-start: 4px; padding-inline-start: 28px; color: var(--soft); font-size: var(--small) }
.conflict .ways { display: flex; flex-wrap: wrap; gap: 8px; margin-block-start: 12px }
.conflict .ways .main { flex: 1 1 auto }
.conflict .ways .main span { text-wrap: balance }
@media (prefers-reduced-motion: no-preference) { .conflict { animation: rise .18s ease-out } }
@media (forced-colors: active) { .conflict { border: 1px solid CanvasText } }
`);

/** Why a choice cannot simply be had, below the group that it belongs to, and the way out as one button. */
export class Conflict {
  /** @param {AnprobePanel} panel */
  constructor(panel) {
    this.panel = panel;
    panel.adopt(STYLE);
    /** @type {HTMLElement | undefined} */
    this.element = undefined;
    /** Where the focus goes back to. @type {HTMLElement | undefined} */
    this.from = undefined;
  }

  /**
   * @param {HTMLElement} place @param {ProductConflict} conflict
   * @param {ProductAnswer} [answer] what was asked for
   */
  show(place, conflict, answer = conflict.choice) {
    this.hide();
    const { panel } = this;
    const { repair, reasons } = conflict;
    const rules = reasons.filter(({ kind }) => kind === 'rule').map(({ text }) => text);
    const others = reasons.filter(({ kind }) => kind !== 'rule').map(({ text }) => text);
    const sentence = rules.join(' ') || conflict.text;
    const changes = repair?.changes.map(({ text }) => text ?? '') ?? [];
    // One change stands on the button itself; what it replaces need not be told then.
    const list = changes.length > 1 ? changes : others;
    const ways = make('div', { class: 'ways' });
    const leave = button({ text: panel.say(repair ? 'panel-leave' : 'panel-understood'), kind: 'quiet', act: () => this.hide(true) });
    if (repair) ways.append(button({ text: this.#way(repair), kind: 'main', part: 'repair', act: () => this.#repair(conflict, answer) }));
    ways.append(leave);
    this.element = make('div', { class: 'conflict', role: 'group', part: 'conflict', 'aria-label': conflict.text },
      make('p', { class: 'why' }, icon('info'), make('span', {}, sentence)),
      list.length > 0 && make('ul', {}, ...list.map((text) => make('li', {}, text))), ways);
    this.element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      this.hide(true);
    });
    const { activeElement } = panel.root;
    this.from = activeElement instanceof HTMLElement ? activeElement : undefined;
    place.append(this.element);
    panel.reveal(conflict.group, this.element);
    panel.live([conflict.text, ...rules.filter((text) => text !== conflict.text), repair && panel.say('panel-way-heard', this.#way(repair))].filter(Boolean).join(' '));
  }

  /** @param {boolean} [back] whether the focus goes to where it came from */
  hide(back = false) {
    const held = back || (this.element?.contains(this.panel.root.activeElement) ?? false);
    this.element?.remove();
    this.element = undefined;
    if (held) this.from?.focus();
  }

  /** @param {NonNullable<ProductConflict['repair']>} repair */
  #way({ changes, amountText, amount }) {
    const { panel } = this;
    const [change] = changes;
    const price = amount ? signed(amountText) : panel.say('panel-same-price');
    if (changes.length === 1) return panel.say(change.to ? 'panel-switch' : 'panel-without', change.name, change.to || change.from, price);
    return panel.say(changes.length ? 'panel-switch-all' : 'panel-take', changes.length, price);
  }

  /** @param {ProductConflict} conflict @param {ProductAnswer} answer */
  #repair({ group }, answer) {
    this.hide(true);
    this.panel.viewer.repair(group, answer);
  }
}
