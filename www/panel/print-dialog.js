/** @import { PrintReport, PrintRequest, SeenPrint } from '../anprobe.js' */
/** @import { AnprobePanel } from './panel.js' */
import { act } from './action.js';
import { download } from './design.js';
import { button, make, set, write } from './make.js';
import { PrintForm } from './print-form.js';
import { factsOf, findingsOf, verdict, verdictOf } from './print-report.js';
import { PrintStage } from './print-stage.js';
import { STYLE } from './print-style.js';
import './words-print.js';
import { localeOf } from './words.js';

/** A customer who still types or picks is not answered yet, in milliseconds. */
const SETTLES = 350;

/** What the shop answered to a bought print file, by product: it is not asked for twice on one page. @type {Map<string, string>} */
const tokens = new Map();

/** Shows how the product's parts come out of a printer. @param {AnprobePanel} panel */
export function openPrint(panel) {
  // The panel may have gone while this was fetched.
  return panel.isConnected && panel.viewer.printable().length ? new PrintDialog(panel) : undefined;
}

class PrintDialog {
  /** @param {AnprobePanel} panel */
  constructor(panel) {
    panel.adopt(STYLE);
    this.panel = panel;
    this.viewer = panel.viewer;
    this.product = this.viewer.product ?? '';
    this.parts = this.viewer.printable();
    /** The work that is wanted. @type {AbortController | undefined} */
    this.work = undefined;
    this.soon = 0;
    /** @type {PrintReport | undefined} */
    this.report = undefined;
    this.form = new PrintForm(panel, this.parts, () => this.#later());
    this.stage = new PrintStage(panel);
    this.bar = make('progress', { max: 1, value: 0, 'aria-label': panel.say('printing-busy') });
    this.waits = make('p', {}, panel.say('printing-busy'));
    this.cancel = button({ text: panel.say('printing-cancel'), kind: 'quiet', part: 'button print-cancel', act: () => this.#stop() });
    this.wait = make('div', { class: 'print-wait' }, this.waits, this.bar, this.cancel);
    this.left = make('div', { class: 'left' }, this.stage.element, this.wait);
    this.said = make('div', { class: 'said' });
    this.said.style.setProperty('display', 'contents');
    this.heard = make('p', { class: 'heard', role: 'status' });
    this.right = make('div', { class: 'right' }, this.form.which, this.said, this.form.element, this.heard);
    this.note = make('p', { class: 'soft small' });
    this.save = button({ text: panel.say('printing-save-3mf'), icon: 'download', kind: 'main', part: 'button print-3mf', act: () => this.#save('3mf') });
    this.stl = button({ text: panel.say('printing-save-stl'), part: 'button print-stl', act: () => this.#save('stl') });
    this.share = button({ icon: 'share', label: panel.say('printing-share'), part: 'button print-share', act: () => this.#save('3mf', true) });
    this.shares = typeof navigator.canShare === 'function' && navigator.canShare({ files: [new File([''], 'a.3mf', { type: 'model/3mf' })] });
    this.buy = button({ text: ' ', kind: 'main', part: 'button print-buy', act: () => this.#buy() });
    this.acts = make('div', { class: 'print-acts' }, this.note, make('div', { class: 'row' }, this.buy, this.save, this.stl, this.share));
    const content = make('div', { class: 'printing', part: 'print-dialog' }, this.left, this.right);
    this.dialog = panel.dialog({ title: panel.say('printing-section'), content, wide: true, onclose: () => this.#close() });
    this.dialog.element.classList.add('print-dialog');
    content.after(this.acts);
    this.#see();
  }

  /** After the last change. */
  #later() {
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.#see(), SETTLES);
  }

  #close() {
    clearTimeout(this.soon);
    this.work?.abort();
    this.work = undefined;
    // Its picture ends with it.
    this.stage.viewer.remove();
  }

  /** What is asked, with the token where a part was bought. @returns {PrintRequest} */
  #request() {
    const token = tokens.get(this.product);
    return { ...this.form.request(), ...(token && { token }) };
  }

  /** Whether something is meant that is not bought. */
  get isLocked() {
    return !tokens.has(this.product) && this.form.chosen().some(({ isPaid }) => isPaid);
  }

  /** Works it out and shows it. */
  async #see() {
    const { panel } = this;
    this.work?.abort();
    const work = this.work = new AbortController();
    const chosen = this.form.chosen();
    const [first] = chosen;
    if (!first) return;
    this.#able(false);
    this.said.replaceChildren(...(this.report && this.report.id === first.id ? this.said.childNodes : []));
    this.#busy(0);
    panel.live(panel.say('printing-busy'));
    const options = { ...this.#request(), signal: work.signal, progress: (/** @type {number} */ done) => work === this.work && this.#busy(done) };
    try {
      // One is seen; of several, each is told.
      const seen = await this.viewer.seePrint({ ...options, parts: [first.id] });
      const rest = chosen.length > 1 ? await this.viewer.printReport({ ...options, parts: chosen.slice(1).map(({ id }) => id) }) : [];
      if (work.signal.aborted) return;
      this.#show(seen, [seen.report, ...rest]);
    } catch (error) {
      if (work !== this.work) return;
      if (error instanceof DOMException && error.name === 'AbortError') return this.#still(panel.say('printing-cancelled'));
      if (/** @type {{ code?: string }} */ (error).code === 'licence-required') return this.#sold();
      console.warn(error);
      // What has a code has words for customers.
      const { code, message } = /** @type {{ code?: unknown, message: string }} */ (error);
      this.#still(typeof code === 'string' ? message : panel.say('printing-failed'));
    } finally {
      if (work === this.work && !work.signal.aborted) this.work = undefined;
    }
  }

  /** @param {number} done */
  #busy(done) {
    const { panel, wait, bar } = this;
    wait.hidden = false;
    wait.classList.remove('still');
    this.cancel.hidden = false;
    write(this.waits, panel.say('printing-busy'));
    write(/** @type {Node} */ (this.cancel.firstElementChild), panel.say('printing-cancel'));
    bar.hidden = false;
    bar.value = done;
    set(bar, { 'aria-valuetext': panel.say('printing-done-percent', new Intl.NumberFormat(localeOf(this.viewer), { style: 'percent' }).format(done)) });
  }

  /** Nothing goes on, and why. @param {string} text */
  #still(text) {
    const { panel, wait } = this;
    this.work = undefined;
    wait.hidden = false;
    wait.classList.add('still');
    this.bar.hidden = true;
    write(this.waits, text);
    write(/** @type {Node} */ (this.cancel.firstElementChild), panel.say('printing-again'));
    this.#heard(text);
  }

  /** Stops what is at work, or tries again. */
  #stop() {
    if (!this.work) return void this.#see();
    const { work } = this;
    this.work = undefined;
    work.abort();
    this.#still(this.panel.say('printing-cancelled'));
  }

  /** @param {SeenPrint} seen @param {PrintReport[]} reports */
  #show(seen, reports) {
    const { panel, stage } = this;
    const [report] = reports;
    this.report = report;
    const part = this.parts.find(({ id }) => id === report.id);
    const name = report.name || part?.name || '';
    const estimate = report.estimates[0];
    this.form.fill(report, estimate?.layers ? Math.round(report.best.heightMm / estimate.layers * 100) / 100 : undefined);
    this.wait.hidden = true;
    stage.show(seen, name);
    stage.update();
    this.said.replaceChildren(...reports.flatMap((one, at) => [
      reports.length > 1 && make('h3', {}, one.name),
      verdictOf(panel, one),
      findingsOf(panel, one, at ? [] : seen.marks, (mark) => stage.look(mark)),
      factsOf(panel, one),
    ].filter((node) => node instanceof Node)));
    if (seen.thinned.triangles || seen.thinned.seam) this.said.append(make('p', { class: 'soft small' }, panel.say('printing-thinned')));
    if (part?.licence) this.said.append(make('p', { class: 'soft small' }, panel.say('printing-licence', part.licence)));
    const printable = reports.every(({ isPrintable }) => isPrintable);
    this.#note(printable ? '' : panel.say('printing-refused'));
    this.#able(printable);
    const size = this.said.querySelector('dd')?.textContent ?? '';
    this.#heard(panel.say('printing-ready', name, panel.say(verdict(report).key), size));
  }

  /** Where nothing can be seen before it is bought. */
  #sold() {
    const { panel } = this;
    this.work = undefined;
    this.stage.element.hidden = true;
    this.said.replaceChildren();
    this.#still(panel.say('printing-paid'));
    this.cancel.hidden = true;
    this.#able(false);
  }

  /** Asks the shop for the file of what is sold apart. */
  async #buy() {
    const { panel, viewer } = this;
    const at = viewer.sheet?.actions.findIndex(({ kind }) => kind === 'print') ?? -1;
    const answer = at < 0 ? undefined : await act(panel, () => viewer.order(at), this.buy);
    if (!answer?.token || !this.dialog.element.open) return;
    tokens.set(this.product, answer.token);
    this.#see();
  }

  /** @param {boolean} able whether there is something to save */
  #able(able) {
    const { panel, viewer, isLocked } = this;
    for (const made of [this.save, this.stl, this.share]) {
      made.disabled = !able;
      made.hidden = isLocked || (made === this.share && !this.shares);
    }
    const { priceText = '' } = viewer.sheet?.actions.find(({ kind }) => kind === 'print') ?? {};
    write(/** @type {Node} */ (this.buy.firstElementChild), priceText ? panel.say('printing-buy-for', priceText) : panel.say('printing-buy'));
    this.buy.hidden = !isLocked;
    if (isLocked) this.#note(panel.say('printing-paid'));
  }

  /** @param {'3mf' | 'stl'} format @param {boolean} [shares] */
  async #save(format, shares = false) {
    const { panel, acts } = this;
    if (acts.hasAttribute('aria-busy')) return;
    acts.setAttribute('aria-busy', 'true');
    this.#note(panel.say('printing-saving'));
    this.#heard(panel.say('printing-saving'));
    const work = this.work = new AbortController();
    try {
      const file = await this.viewer.exportPrint({ ...this.#request(), format, signal: work.signal });
      if (shares) await navigator.share({ files: [file], title: file.name });
      else download(file, file.name);
      this.#note(panel.say('printing-saved', file.name));
      this.#heard(panel.say('printing-saved', file.name));
    } catch (error) {
      // The customer thought better of sharing it.
      const isOver = error instanceof DOMException && error.name === 'AbortError';
      if (!isOver) console.warn(error);
      this.#note(isOver ? '' : panel.say('printing-failed'));
      if (!isOver) this.#heard(panel.say('printing-failed'));
    }
    if (work === this.work) this.work = undefined;
    acts.removeAttribute('aria-busy');
  }

  /** Beside what saves; where nothing is said, what the files are, as far as there is room. @param {string} text */
  #note(text) {
    this.note.classList.toggle('idle', !text);
    write(this.note, text || this.panel.say('printing-which'));
  }

  /** Said in the dialog: what stands behind it is not heard. @param {string} text */
  #heard(text) {
    this.heard.textContent = '';
    setTimeout(() => { this.heard.textContent = text; }, 60);
  }
}
