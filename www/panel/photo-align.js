/** @import { AnprobePanel } from './panel.js' */
import { button, make, set, write } from './make.js';

/** Number fields: name, step, and what the viewer's number is multiplied by. */
const FIELDS = /** @type {const} */ ([
  ['turn', 0.5, 1], ['tilt', 0.5, 1], ['roll', 0.25, 1], ['right', 0.1, 100], ['up', 0.1, 100], ['distance', 0.5, 100], ['focal', 1, 1],
]);
/** Marks that are off by more than so many CSS pixels in the mean are told. */
const ROUGH = 4;

/** The numbers of the outline, and the points by which it is laid. */
export class Align {
  /** @param {AnprobePanel} panel @param {() => void} changed */
  constructor(panel, changed) {
    this.panel = panel;
    this.changed = changed;
    /** Points are being marked. */
    this.marking = false;
    /** The point that is marked next, and those that are not seen. */
    this.now = '';
    /** @type {Set<string>} */
    this.skipped = new Set();
    this.help = make('p', { class: 'soft small' });
    this.fields = FIELDS.map(([name, step, times]) => {
      const words = make('span');
      const input = make('input', { type: 'number', step, inputmode: 'decimal', name });
      input.addEventListener('input', () => {
        if (input.value === '' || !Number.isFinite(input.valueAsNumber)) return;
        panel.viewer.setPhoto(name, input.valueAsNumber / times);
        changed();
      });
      return { name, times, words, input, label: make('label', {}, words, input) };
    });
    this.summary = make('summary');
    this.fine = make('details', {}, this.summary, make('div', { class: 'fields' }, ...this.fields.map(({ label }) => label)));
    this.points = button({ icon: 'marks', text: ' ', act: () => this.mark(!this.marking) });
    /** One finger turns, and does not carry. */
    this.turning = false;
    this.turn = button({ icon: 'turn', text: ' ', act: () => {
      this.turning = !this.turning;
      changed();
    } });
    this.reset = button({ icon: 'again', text: ' ', kind: 'quiet', act: () => {
      panel.viewer.movePhoto('reset');
      changed();
    } });
    this.ways = make('div', { class: 'acts' }, this.turn, this.points, this.reset);
    this.lead = make('p', { class: 'soft small' });
    this.list = make('ol', { class: 'marks' });
    this.skip = button({ text: ' ', kind: 'quiet', act: () => {
      this.skipped.add(this.now);
      panel.viewer.markPhoto(this.now);
      this.next();
    } });
    this.solve = button({ text: ' ', kind: 'main', act: () => this.#solve() });
    this.trouble = make('p', { class: 'trouble small', role: 'alert' });
    this.marks = make('div', { class: 'points', hidden: true }, this.lead, this.list, make('div', { class: 'acts' }, this.skip, this.solve));
    this.element = make('div', { class: 'align' }, this.help, this.ways, this.marks, this.trouble, this.fine);
  }

  /** @param {boolean} marking */
  mark(marking) {
    this.marking = marking;
    write(this.trouble, '');
    this.skipped.clear();
    if (marking) this.panel.viewer.markPhoto('');
    this.next();
  }

  /** The next point that is neither marked nor skipped. */
  next() {
    const open = this.panel.viewer.photo?.marks.find(({ id, marked }) => !marked && !this.skipped.has(id));
    this.now = this.marking && open ? open.id : '';
    if (open && this.marking) this.panel.live(this.panel.say('photo-point-now', open.name));
    this.changed();
  }

  /** @param {number} x @param {number} y */
  place(x, y) {
    if (!this.now) return;
    this.panel.viewer.markPhoto(this.now, x, y);
    this.next();
  }

  /** @param {NonNullable<AnprobePanel['viewer']['photo']>} photo */
  update(photo) {
    const { panel, marking } = this;
    write(this.help, panel.say('photo-help'));
    write(this.summary, panel.say('photo-fine'));
    for (const { name, times, words, input } of this.fields) {
      write(words, panel.say(`photo-${name}`));
      // Who types is not interrupted.
      if (!input.matches(':focus')) input.value = String(Math.round(photo[name] * times * 100) / 100);
    }
    const words = (/** @type {HTMLElement} */ made, /** @type {string} */ key) => write(/** @type {HTMLElement} */ (made.querySelector('span')), panel.say(key));
    words(this.points, marking ? 'photo-by-hand' : 'photo-points');
    words(this.reset, 'photo-reset');
    words(this.turn, 'photo-spin');
    this.turn.hidden = marking;
    set(this.turn, { 'aria-pressed': String(this.turning) });
    words(this.skip, 'photo-point-skip');
    words(this.solve, 'photo-solve');
    this.points.hidden = photo.marks.length < 4;
    this.marks.hidden = !marking;
    this.help.hidden = marking;
    write(this.lead, panel.say('photo-points-lead'));
    this.skip.hidden = !this.now;
    set(this.solve, { 'aria-disabled': photo.marks.filter(({ marked }) => marked).length < 4 && 'true' });
    this.list.replaceChildren(...photo.marks.map(({ id, name, marked }) => {
      const pick = make('button', { type: 'button', class: 'quiet', 'aria-current': id === this.now && 'step' }, name, marked ? make('small', { class: 'soft' }, ` · ${panel.say('photo-point-done')}`) : '');
      pick.addEventListener('click', () => {
        this.skipped.delete(id);
        this.now = id;
        this.changed();
      });
      return make('li', {}, pick);
    }));
  }

  #solve() {
    const { panel } = this;
    if (this.solve.getAttribute('aria-disabled')) return write(this.trouble, panel.say('ALIGN_TOO_FEW'));
    const { off, code, points } = panel.viewer.solvePhoto();
    if (off === null) {
      const names = panel.viewer.photo?.marks.filter(({ id }) => points.includes(id)).map(({ name }) => name) ?? [];
      write(this.trouble, panel.say(code || 'photo-failed', names.join(', ')));
      [this.now = this.now] = points;
      return this.changed();
    }
    this.mark(false);
    return panel.live(panel.say(off > ROUGH ? 'photo-solved-rough' : 'photo-solved'));
  }
}
