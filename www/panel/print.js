/** @import { AnprobePanel } from './panel.js' */
import { button, make, styled } from './make.js';
import './words-print.js';

const STYLE = styled(/* css */ `
.print { display: grid; gap: 12px; justify-items: start }
.print li { display: flex; gap: 8px; align-items: baseline; padding-block: 4px }
.print ul { width: 100% }
.print li > span { flex: 1; min-width: 0 }
.print li small { color: var(--anprobe-soft) }
`);

/** What of the product can be printed at home, and the way to see it. */
export class Print {
  /** @param {AnprobePanel} panel */
  constructor(panel) {
    this.panel = panel;
    panel.adopt(STYLE);
    this.known = '';
    this.element = make('div', { class: 'print', part: 'print' });
    this.update();
  }

  update() {
    const { panel } = this;
    const parts = panel.viewer.printable();
    const now = JSON.stringify([panel.say('printing-open'), parts]);
    if (now === this.known) return;
    this.known = now;
    this.element.hidden = !parts.length;
    const { priceText } = panel.viewer.sheet?.actions.find(({ kind }) => kind === 'print') ?? {};
    const rows = parts.map(({ name, isPaid }) => make('li', {}, make('span', {}, name), isPaid && priceText && make('small', {}, priceText)));
    const open = button({ text: panel.say('printing-open'), icon: 'layers', part: 'button print-open', act: async () => {
      open.setAttribute('aria-busy', 'true');
      try {
        (await import('./print-dialog.js')).openPrint(panel);
      } catch (error) {
        console.warn(error);
        panel.toast(panel.say('printing-failed'));
      }
      open.removeAttribute('aria-busy');
    } });
    this.element.replaceChildren(make('p', { class: 'soft' }, panel.say('printing-lead')), make('ul', {}, ...rows), open);
  }
}
