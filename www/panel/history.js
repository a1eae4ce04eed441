/** @import { ProductConfiguration } from '../anprobe.js' */
/** @import { AnprobePanel } from './panel.js' */
import { button, make, set } from './make.js';

/** Back, forth, and from the beginning: nothing asks, everything can be taken back. */
export class History {
  /** @param {AnprobePanel} panel */
  constructor(panel) {
    this.panel = panel;
    /** @param {'undo' | 'redo'} act */
    const step = (act) => () => {
      if (this.buttons[act].getAttribute('aria-disabled') !== 'true') panel.viewer[act]();
    };
    this.buttons = {
      undo: button({ icon: 'undo', label: ' ', kind: 'quiet', part: 'undo', act: step('undo') }),
      redo: button({ icon: 'redo', label: ' ', kind: 'quiet', part: 'redo', act: step('redo') }),
      reset: button({ icon: 'again', label: ' ', kind: 'quiet', part: 'reset', act: () => this.#reset() }),
    };
    this.element = make('div', { class: 'history', role: 'group', part: 'history' }, ...Object.values(this.buttons));
  }

  /** @param {ProductConfiguration} configuration */
  update({ canUndo, canRedo }) {
    const { panel, buttons } = this;
    set(this.element, { 'aria-label': panel.say('panel-history') });
    for (const [name, made] of Object.entries(buttons)) set(made, { 'aria-label': panel.say(`panel-${name}`), title: panel.say(`panel-${name}`) });
    // Not `disabled`: who has just pressed it keeps the focus.
    set(buttons.undo, { 'aria-disabled': canUndo ? null : 'true' });
    set(buttons.redo, { 'aria-disabled': canRedo ? null : 'true' });
  }

  #reset() {
    const { panel } = this;
    if (panel.viewer.reset() !== 'changed') return panel.live(panel.say('panel-fresh'));
    panel.toast(panel.say('panel-was-reset'), { act: { text: panel.say('panel-undo'), run: () => {
      panel.viewer.undo();
      this.buttons.reset.focus();
    } } });
  }
}
