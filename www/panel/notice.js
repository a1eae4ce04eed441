/** @import { AnprobePanel } from './panel.js' */
import { button, icon, make, styled, write } from './make.js';

const STYLE = styled(/* css */ `
.notice { display: grid; justify-items: center; align-content: center; min-height: 260px; gap: 4px; padding: 48px 24px; text-align: center }
.notice > svg { width: 40px; height: 40px; stroke-width: 1.25; color: var(--soft); margin-block-end: 8px }
.notice p { max-width: 36ch; color: var(--soft); text-wrap: balance }
.notice .main { margin-block-start: 16px }
.line { display: flex; gap: 10px; align-items: start; margin: 12px 20px 0; padding: 10px 14px; border-radius: var(--radius); background: var(--wash); font-size: var(--small) }
.line svg { width: 18px; height: 18px; color: var(--warn) }
.narrow .line { margin: 8px 16px 0 }
.bones, .notice { position: absolute; inset: 0 }
.bones { display: grid; gap: 32px; align-content: start; padding: 32px 20px; overflow: hidden }
.bones div { display: grid; grid-template-columns: repeat(4, 1fr); gap: 12px }
.bones span { height: 40px; border-radius: var(--radius); background: var(--wash-more) }
.bones span:first-child { grid-column: 1 / 3; height: 16px; border-radius: 8px; margin-inline-end: 24px }
.bones span:first-child ~ span { grid-row: 2 }
@media (prefers-reduced-motion: no-preference) { .bones { animation: breathe 1.6s ease-in-out infinite alternate } @keyframes breathe { from { opacity: .9 } to { opacity: .5 } } }
`);

/** What there is instead of choices, or beside them, when something is amiss: each has its words and a next step. */
export class Notice {
  /** @param {AnprobePanel} panel */
  constructor(panel) {
    this.panel = panel;
    panel.adopt(STYLE);
    this.bones = make('div', { class: 'bones', 'aria-hidden': 'true' }, ...[1, 2, 3].map(() => make('div', {}, ...[1, 2, 3, 4, 5].map(() => make('span')))));
    this.waiting = make('p', { class: 'heard' });
    this.sign = make('span', { class: 'sign' });
    this.title = make('h3');
    this.text = make('p');
    this.again = button({ text: ' ', kind: 'main', part: 'again', act: () => this.#retry() });
    this.whole = make('div', { class: 'notice', part: 'notice', role: 'group' }, icon('info'), this.title, this.text, this.again);
    this.words = make('span');
    this.line = make('p', { class: 'line', part: 'notice-line' }, icon('info'), this.words);
    this.element = make('div', {}, this.line);
    /** Over everything, so that nothing moves when the choices come. */
    this.over = make('div', {}, this.waiting, this.bones, this.whole);
    /** The code of what went wrong with the product, if it did. */
    this.failed = '';
  }

  update() {
    const { panel } = this;
    const { viewer } = panel;
    const { configuration, quote } = viewer;
    const stands = Boolean(configuration);
    const state = stands ? '' : this.failed ? (navigator.onLine ? 'error' : 'offline') : viewer.product ? 'loading' : 'empty';
    this.bones.hidden = state !== 'loading';
    this.waiting.hidden = state !== 'loading';
    this.whole.hidden = !state || state === 'loading';
    this.again.hidden = state === 'empty';
    if (state === 'loading') write(this.waiting, panel.say('panel-loading'));
    else if (state) {
      write(this.title, panel.say(`panel-${state}`));
      write(this.text, panel.say(state === 'error' && this.failed === 'PRODUCT_FILE' ? 'panel-error-file' : `panel-${state}-text`));
      write(this.again.lastChild ?? this.again, panel.say('panel-again'));
    }
    const gone = stands && viewer.options.some(({ choices }) => choices.some(({ taken, state: is }) => taken && is === 'dead'));
    const line = !stands ? '' : !navigator.onLine ? 'panel-offline-line' : gone ? 'panel-gone-line' : quote?.stock === 0 ? 'panel-sold-out-line' : '';
    this.line.hidden = !line;
    if (line) write(this.words, panel.say(line));
  }

  #retry() {
    const { viewer } = this.panel;
    const { product } = viewer;
    this.failed = '';
    viewer.product = null;
    viewer.product = product;
    this.update();
    this.panel.live(this.panel.say('panel-loading'));
  }
}
