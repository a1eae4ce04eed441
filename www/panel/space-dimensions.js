/** @import { ProductRuler } from '../anprobe.js' */
/** @import { Panel } from './panel.js' */
/** @import { Drawing } from './space-drawing.js' */
import { make } from './make.js';
import { entitle } from './space-title.js';
import { keepUnits, lengthText, unitsOf } from './space-units.js';

/** The product's dimensions: as a list, and drawn on it. */
export class Dimensions {
  /** @param {Panel} panel @param {Drawing} drawing */
  constructor(panel, drawing) {
    this.panel = panel;
    this.drawing = drawing;
    this.title = make('h4');
    this.words = make('span');
    this.shown = make('input', { type: 'checkbox', role: 'switch' });
    this.list = make('dl');
    this.units = make('select', {}, make('option', { value: 'metric' }), make('option', { value: 'inch' }));
    this.element = make('section', { part: 'dimensions' },
      make('div', { class: 'row' }, this.title, this.units), this.list, make('label', { class: 'switch' }, this.words, this.shown));
    this.shown.addEventListener('change', () => {
      drawing.rulers = this.shown.checked;
      drawing.draw();
    });
    this.units.addEventListener('change', () => {
      keepUnits(/** @type {'metric' | 'inch'} */ (this.units.value));
      this.units.dispatchEvent(new CustomEvent('units-change', { bubbles: true }));
      this.update();
      drawing.draw();
    });
  }

  update() {
    const { panel } = this;
    const { viewer } = panel;
    entitle(panel, this.title, 'space-dimensions');
    this.words.textContent = panel.say('space-show');
    this.units.setAttribute('aria-label', panel.say('space-units'));
    for (const option of this.units.options) option.textContent = panel.say(`space-${option.value}`);
    this.units.value = unitsOf(viewer);
    const rulers = viewer.rulers;
    // The box as a whole is of use to everyone; what the file says of it comes first.
    const isTold = (/** @type {ProductRuler} */ { axis, length }) => rulers.some((ruler) => ruler.name === panel.say(`space-${axis}`) || Math.abs(ruler.length / length - 1) < 0.01);
    const sides = rulers.some(({ name }) => name) ? viewer.boxRulers.filter((side) => !isTold(side)) : [];
    this.list.replaceChildren(...[...rulers, ...sides].flatMap(({ name, axis, length, measured }) => [
      make('dt', {}, name || panel.say(`space-${axis}`)),
      make('dd', {}, lengthText(viewer, length), measured && make('small', { class: 'soft' }, ` ${panel.say('space-measured')}`)),
    ]));
    this.element.hidden = !rulers.length;
  }

  remove() {}
}
