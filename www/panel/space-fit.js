/** @import { MeasuredGap, ProductFit, ProductFitWay } from '../anprobe.js' */
/** @import { Panel } from './panel.js' */
/** @import { Drawing } from './space-drawing.js' */
import { button, icon, make, set, styled } from './make.js';
import { entitle } from './space-title.js';
import { lengthText, typedNumber, typedUnit } from './space-units.js';

const AXES = /** @type {const} */ (['width', 'height', 'depth']);
/** Typing rests for so long before it is looked at, milliseconds. */
const REST = 200;

const STYLE = styled(/* css */ `
.gap { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 4px 8px; width: 100% }
.gap label { display: grid; gap: 4px; min-width: 0 }
.gap label > span { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 4px; font-size: var(--small, .8125em) }
.gap small { grid-column: 1 / -1; color: var(--anprobe-soft) }
.gap output { font-size: var(--small, .8125em); color: var(--anprobe-soft) }
.gap label.over output { color: light-dark(#b3261e, #ff8a80); font-weight: 600 }
.gap label.over input { border-color: light-dark(#b3261e, #ff8a80); border-width: 2px }
.verdict { display: flex; align-items: center; gap: 8px; font-weight: 600 }
.ways { display: grid; gap: 8px; width: 100% }
.ways button { width: 100%; justify-content: space-between; text-align: start }
.ways button > span { display: grid; gap: 2px; min-width: 0; overflow-wrap: anywhere }
.ways button > b { flex: none; font-weight: 600; white-space: nowrap }
`);

/** Whether the product goes where it shall stand, on which side it does not, and what would make it. */
export class Fit {
  /** @param {Panel} panel @param {Drawing} drawing */
  constructor(panel, drawing) {
    panel.adopt(STYLE);
    this.panel = panel;
    this.drawing = drawing;
    this.title = make('h4');
    this.lead = make('p', { class: 'soft' });
    this.fields = AXES.map((axis) => {
      const words = make('span');
      const input = make('input', { type: 'text', inputmode: 'decimal', autocomplete: 'off', maxlength: 8, name: axis });
      const output = make('output');
      return { axis, words, input, output, label: make('label', {}, words, input, output) };
    });
    this.hint = make('small');
    this.room = make('small');
    this.form = make('form', { class: 'gap', novalidate: true }, ...this.fields.map(({ label }) => label), this.room, this.hint);
    this.verdict = make('p', { class: 'verdict', part: 'verdict' });
    this.turned = make('p');
    this.waysTitle = make('p', { class: 'soft small' });
    this.ways = make('div', { class: 'ways' });
    this.unknown = make('p', { class: 'soft small' });
    this.clear = button({ text: ' ', kind: 'quiet', act: () => {
      for (const { input } of this.fields) input.value = '';
      this.gap = undefined;
      this.look();
      this.fields[0].input.focus();
    } });
    this.element = make('section', { part: 'fit' },
      make('div', { class: 'row' }, this.title, this.clear), this.lead, this.form, this.verdict, this.turned, this.waysTitle, this.ways, this.unknown);
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.look();
    });
    this.form.addEventListener('input', () => {
      // Who types knows better.
      this.gap = undefined;
      clearTimeout(this.resting);
      this.resting = setTimeout(() => this.look(), REST);
    });
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.resting = undefined;
    /** What was said last. */
    this.said = '';
    this.unit = '';
    /** What was measured in the room, while the fields show it. @type {MeasuredGap | undefined} */
    this.gap = undefined;
    this.listens = new AbortController();
    panel.viewer.addEventListener('ar-status', (event) => {
      if (event.detail.status === 'not-presenting') this.measured();
    }, { signal: this.listens.signal });
    // The customer may have been in the room before there was a panel.
    this.seen = /** @type {MeasuredGap | undefined} */ (undefined);
    this.waits = true;
  }

  /** What was measured in the room comes into the fields, once. */
  measured() {
    const { panel } = this;
    const gap = panel.viewer.measuredGap;
    if (!gap || gap === this.seen) return;
    this.seen = this.gap = gap;
    const { metres } = typedUnit(panel.viewer);
    for (const { axis, input } of this.fields) input.value = gap[axis] ? String(Math.round(gap[axis] / metres * 10) / 10) : '';
    this.look();
  }

  update() {
    const { panel } = this;
    const unit = typedUnit(panel.viewer);
    if (this.unit && this.unit !== unit.name) this.convert(unit.metres);
    this.unit = unit.name;
    entitle(panel, this.title, 'space-fit');
    this.lead.textContent = panel.say('space-fit-lead');
    this.hint.textContent = panel.say('space-fit-empty');
    const words = this.clear.querySelector('span');
    if (words) words.textContent = panel.say('space-fit-clear');
    for (const { axis, words } of this.fields) {
      words.replaceChildren(panel.say(`space-${axis}`), make('span', { class: 'soft' }, unit.name));
    }
    if (this.waits) this.measured();
    this.waits = false;
    this.look(false);
  }

  /** Another unit: the same room. @param {number} metres */
  convert(metres) {
    const was = this.unit === 'in' ? 0.0254 : 0.01;
    for (const { input } of this.fields) {
      const number = typedNumber(input.value);
      if (number) input.value = String(Math.round(number * was / metres * 10) / 10);
    }
  }

  /** Reads what is typed and shows what comes of it. @param {boolean} [tells] */
  look(tells = true) {
    clearTimeout(this.resting);
    const { panel, drawing } = this;
    const { metres } = typedUnit(panel.viewer);
    const typed = this.fields.map(({ input }) => input.value.trim() && typedNumber(input.value));
    this.fields.forEach(({ input, output }, at) => {
      const bad = typed[at] === undefined;
      set(input, { 'aria-invalid': bad && 'true' });
      output.textContent = bad ? panel.say('space-fit-bad') : '';
    });
    const gap = typed.map((number) => (number || 0) * metres);
    const fit = gap.some(Boolean) ? panel.viewer.fits(gap[0], gap[1], gap[2]) : undefined;
    drawing.fit = fit && { gap, fit };
    this.show(fit);
    drawing.draw();
    const said = fit ? [this.verdict.textContent, ...fit.sides.filter(({ over }) => over > 0).map((side) => this.sideText(side)), this.turned.textContent].filter(Boolean).join(' ') : '';
    if (tells && said && said !== this.said) panel.live(said);
    this.said = said;
  }

  /** @param {ProductFit | undefined} fit */
  show(fit) {
    const { panel } = this;
    this.clear.hidden = !this.fields.some(({ input }) => input.value);
    this.hint.hidden = Boolean(fit);
    this.verdict.hidden = !fit;
    this.turned.hidden = !fit?.turned;
    this.fields.forEach(({ label, output, input }, at) => {
      const side = fit?.sides[at];
      label.classList.toggle('over', Boolean(side && side.over > 0));
      if (side && !input.hasAttribute('aria-invalid')) output.textContent = this.sideText(side);
    });
    const { gap } = this;
    this.room.hidden = !gap;
    this.room.textContent = gap ? panel.say('space-fit-room', lengthText(panel.viewer, Math.max(...AXES.map((axis) => gap.uncertainty[axis])))) : '';
    const close = fit && this.close(fit);
    if (fit) this.verdict.replaceChildren(icon(close ? 'info' : fit.fits ? 'check' : 'close'), panel.say(close ? 'space-fits-close' : fit.fits ? 'space-fits' : 'space-fits-not'));
    this.turned.textContent = fit?.turned ? panel.say('space-fits-turned') : '';
    const options = fit?.options ?? [];
    const alone = Boolean(fit && !fit.fits && !options.length && !fit.unknown.length);
    this.waysTitle.hidden = !options.length && !alone;
    this.waysTitle.textContent = alone ? panel.say('space-no-options') : panel.say('space-options');
    this.ways.replaceChildren(...options.map((way) => this.way(way)));
    const unknown = fit?.unknown ?? [];
    this.unknown.hidden = !unknown.length;
    this.unknown.textContent = unknown.length ? panel.say('space-unknown', unknown.map((way) => this.wayText(way)).join('; ')) : '';
  }

  /** Whether what was measured is too near to what is needed to say either. @param {ProductFit} fit */
  close({ sides, turned }) {
    const { gap } = this;
    if (!gap) return false;
    const { width, height, depth } = gap.uncertainty;
    const off = turned ? [Math.max(width, depth), height, Math.max(width, depth)] : [width, height, depth];
    const spare = sides.map(({ have, over, clearance }) => (have === null ? Infinity : over > 0 ? -over : clearance));
    return spare.every((metres, at) => metres >= -off[at]) && spare.some((metres, at) => metres < off[at]);
  }

  /** @param {ProductFit['sides'][number]} side */
  sideText({ axis, have, over, clearance }) {
    const { panel } = this;
    if (have === null) return panel.say('space-any');
    if (over > 0) return panel.say(`space-over-${axis}`, lengthText(panel.viewer, over));
    return clearance < 0.0005 ? panel.say('space-exact') : panel.say('space-clear', lengthText(panel.viewer, clearance));
  }

  /** @param {ProductFitWay} way */
  wayText({ groupName, name, leaves }) {
    return this.panel.say('space-option', groupName, leaves ? this.panel.say('space-without', name) : name);
  }

  /** @param {ProductFitWay} way */
  way(way) {
    const { panel } = this;
    const text = this.wayText(way);
    const others = way.others && panel.say(way.others === 1 ? 'space-other' : 'space-others', way.others);
    const made = make('button', { type: 'button', part: 'button' },
      make('span', {}, text, others ? make('small', { class: 'soft' }, others) : undefined), make('b', {}, way.amountText));
    made.addEventListener('click', () => {
      panel.viewer.repair(way.group, way.choice);
      this.look(false);
      panel.live(panel.say('space-chosen', text, this.verdict.textContent ?? ''));
      this.verdict.tabIndex = -1;
      this.verdict.focus();
    });
    return made;
  }

  remove() {
    this.listens.abort();
    clearTimeout(this.resting);
  }
}
