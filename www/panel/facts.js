/** @import { ProductQuote, ProductSheet } from '../anprobe.js' */
/** @import { AnprobePanel } from './panel.js' */
import { Frame } from './frame.js';
import { make, styled, write } from './make.js';
import { localeOf } from './words.js';

const STYLE = styled(/* css */ `
.links { display: flex; flex-wrap: wrap; gap: 4px 20px; margin-block-start: 8px }
.links a { display: inline-flex; align-items: center; min-height: 44px }
.code { font-size: var(--small); color: var(--soft); overflow-wrap: anywhere; margin-block-start: 8px }
.facts td { text-align: end }
`);

/** What is known of the present product, where it comes from, and where to read more. */
export class Facts {
  /** @param {AnprobePanel} panel */
  constructor(panel) {
    this.panel = panel;
    panel.adopt(STYLE);
    this.frame = new Frame(panel, 'anprobe-facts', { part: 'facts', folds: true, open: true, onopen: () => this.update(panel.viewer.quote, undefined) });
    this.rows = make('tbody');
    this.links = make('ul', { class: 'links' });
    this.code = make('p', { class: 'code' });
    this.frame.element.classList.add('facts');
    this.frame.body.append(make('table', {}, this.rows), this.links, this.code);
  }

  /** @param {ProductQuote | undefined} quote @param {ProductSheet | undefined} sheet absent: as it was */
  update(quote, sheet) {
    const { panel } = this;
    if (!quote) return this.frame.hide(true);
    if (sheet) {
      this.links.replaceChildren(...sheet.links.map(({ name, href }) => make('li', {}, make('a', { href }, name))));
      this.links.hidden = !sheet.links.length;
    }
    const number = new Intl.NumberFormat(localeOf(panel.viewer));
    const facts = quote.facts.map(({ name, value, unit }) => [name, typeof value === 'number' ? `${number.format(value)}${unit ? `\u00a0${unit}` : ''}` : value]);
    if (quote.leadTimeDays) facts.push([panel.say('panel-lead'), panel.say(quote.leadTimeDays === 1 ? 'panel-one-day' : 'panel-so-many-days', quote.leadTimeDays)]);
    if (quote.stock !== undefined) facts.push([panel.say('panel-stock'), quote.stock ? number.format(quote.stock) : panel.say('panel-sold-out')]);
    facts.forEach(([name, value], at) => {
      const row = this.rows.rows[at] ?? this.rows.appendChild(make('tr', {}, make('th', { scope: 'row' }), make('td')));
      write(row.cells[0], name);
      write(row.cells[1], String(value));
    });
    while (this.rows.rows.length > facts.length) this.rows.deleteRow(-1);
    this.frame.label(panel.say('panel-facts'));
    write(this.code, panel.say('panel-code', panel.viewer.code));
    this.frame.hide(false);
  }
}
