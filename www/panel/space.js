/** @import { Panel } from './panel.js' */
import { make, styled } from './make.js';
import { Dimensions } from './space-dimensions.js';
import { Fit } from './space-fit.js';
import { Drawing } from './space-drawing.js';
import { TrueSize } from './space-true-size.js';
import './words-space.js';

const STYLE = styled(/* css */ `
.space { display: grid; gap: 20px }
.space > section { display: grid; gap: 8px; justify-items: start }
.space > section + section { padding-block-start: 20px; border-block-start: 1px solid var(--anprobe-line) }
.space .row { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; width: 100% }
.space .row > h4 { flex: 1 }
.space .switch { display: flex; align-items: center; justify-content: space-between; gap: 12px; width: 100%; min-height: 44px; cursor: pointer }
.space .switch input {
  flex: none; position: relative; appearance: none; width: 44px; height: 26px; margin: 0; border: 1px solid var(--anprobe-soft); border-radius: 13px;
  background: none; cursor: pointer; transition: background-color .15s
}
.space .switch input::before { content: ''; position: absolute; inset-block: 4px; inset-inline-start: 4px; width: 16px; border-radius: 50%; background: var(--anprobe-soft); transition: inset-inline-start .15s ease-out }
.space .switch input:checked { border-color: transparent; background: var(--anprobe-accent) }
.space .switch input:checked::before { inset-inline-start: 22px; background: var(--on-accent, Canvas) }
@media (forced-colors: active) { .space .switch input:checked { background: Highlight; forced-color-adjust: none } }
.space select { width: auto; max-width: 100% }
.space dl { display: grid; grid-template-columns: 1fr auto; gap: 8px 16px; width: 100% }
.space dt { color: var(--anprobe-soft) }
.space dd { text-align: end }
`);

/** Real size: dimensions on the product, true size on the screen, and whether it goes where it shall stand. */
export class Space {
  /** @param {Panel} panel */
  constructor(panel) {
    panel.adopt(STYLE);
    this.drawing = new Drawing(panel.viewer);
    this.parts = [new Dimensions(panel, this.drawing), new Fit(panel, this.drawing), new TrueSize(panel, this.drawing)];
    this.element = make('div', { class: 'space', part: 'space' }, ...this.parts.map((part) => part.element));
  }

  update() {
    for (const part of this.parts) part.update();
    this.drawing.draw();
  }

  remove() {
    for (const part of this.parts) part.remove?.();
    this.drawing.remove();
  }
}
