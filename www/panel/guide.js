/** @import { ProductSheet } from '../anprobe.js' */
/** @import { AnprobePanel } from './panel.js' */
import { Frame } from './frame.js';
import { button, make, set, styled } from './make.js';
import { signed } from './words.js';

const STYLE = styled(/* css */ `
.frame.guide { border-block-start: 0 }
.guide .body { padding: 16px; border-radius: var(--radius); background: var(--wash) }
.guide > header { display: none !important }
.guide .far { display: flex; justify-content: space-between; align-items: center; gap: 8px; color: var(--soft); font-size: var(--small) }
.guide .far button { min-height: 32px; margin: -8px; padding: 4px 8px; font-size: inherit; border-color: transparent; color: inherit }
.guide .question { margin-block: 4px 12px; font-weight: 600 }
.guide .answers { display: flex; flex-wrap: wrap; gap: 8px }
.guide .answers button { background: var(--ground); padding-inline: 14px }
.guide .answers button[aria-pressed=true] { border-color: var(--accent-line); box-shadow: inset 0 0 0 1px var(--accent-line) }
.guide ul { display: grid; gap: 4px; margin-block-end: 12px; color: var(--soft); font-size: var(--small) }
.guide .ways { display: flex; flex-wrap: wrap; gap: 8px }
.guide .ways .main { flex: 1 1 auto }
`);

/** The guide's questions, one at a time, and what they lead to as one button. */
export class Guide {
  /** @param {AnprobePanel} panel @param {(suggested: Set<string>) => void} suggest */
  constructor(panel, suggest) {
    this.panel = panel;
    this.suggest = suggest;
    panel.adopt(STYLE);
    this.frame = new Frame(panel, 'anprobe-guide', { part: 'guide' });
    this.frame.element.classList.add('guide');
    /** @type {Record<string, string>} */
    this.answers = {};
    this.at = 0;
    this.language = '';
  }

  /** Another product asks anew. */
  reset() {
    this.answers = {};
    this.at = 0;
    this.language = '';
    this.sheet = undefined;
  }

  /** @param {ProductSheet | undefined} sheet @param {string} language */
  update(sheet, language) {
    const none = !sheet?.guide.length;
    this.frame.hide(none);
    this.frame.label(this.panel.say('panel-guide'), this.panel.say('panel-guide-note'));
    if (none || language === this.language) return;
    const again = this.language !== '';
    this.language = language;
    this.sheet = sheet;
    this.#show(again && this.frame.body.contains(this.panel.root.activeElement));
  }

  /** @param {boolean} [focus] whether the focus was here and has to stay here */
  #show(focus = false) {
    const { panel, sheet } = this;
    if (!sheet) return;
    const question = sheet.guide[this.at];
    const back = this.at > 0 && button({ text: panel.say('panel-guide-back'), kind: 'quiet', act: () => this.#go(this.at - 1) });
    if (!question) return this.#best(focus);
    const heading = make('p', { class: 'question', id: 'question', tabindex: -1 }, question.question);
    const answers = question.answers.map(({ id, text }) => {
      const made = button({ text, act: () => {
        this.answers = { ...this.answers, [question.id]: id };
        this.#advise();
        this.#go(this.at + 1);
      } });
      if (this.answers[question.id]) set(made, { 'aria-pressed': String(this.answers[question.id] === id) });
      return made;
    });
    const skip = button({ text: panel.say('panel-guide-skip'), kind: 'quiet', act: () => {
      const { [question.id]: _, ...rest } = this.answers;
      this.answers = rest;
      this.#advise();
      this.#go(this.at + 1);
    } });
    this.frame.body.replaceChildren(
      make('div', { class: 'far' }, make('span', {}, panel.say('panel-guide-at', this.at + 1, sheet.guide.length)), make('span', {}, back, skip)),
      heading, make('div', { class: 'answers', role: 'group', 'aria-labelledby': 'question' }, ...answers));
    if (focus) heading.focus({ preventScroll: true });
  }

  /** @param {boolean} focus */
  #best(focus) {
    const { panel } = this;
    const { viewer } = panel;
    const best = Object.keys(this.answers).length ? viewer.guide(this.answers)?.best : undefined;
    const again = button({ text: panel.say('panel-guide-again'), kind: 'quiet', act: () => {
      this.answers = {};
      this.#advise();
      this.#go(0);
    } });
    const heading = make('p', { class: 'question', tabindex: -1 }, panel.say(best ? (best.changes.length ? 'panel-guide-best' : 'panel-guide-same') : 'panel-guide-none'));
    const ways = make('div', { class: 'ways' });
    if (best?.changes.length) {
      const text = panel.say('panel-guide-take', best.amount ? signed(best.amountText) : panel.say('panel-same-price'));
      ways.append(button({ text, icon: 'spark', kind: 'main', act: () => {
        viewer.open(best.code);
        this.#show(true);
      } }));
    }
    ways.append(again);
    const changes = best?.changes.map(({ name, to }) => make('li', {}, `${name}: ${to || panel.say('panel-none')}`)) ?? [];
    this.frame.body.replaceChildren(heading, ...(changes.length ? [make('ul', {}, ...changes)] : []), ways);
    if (focus) heading.focus({ preventScroll: true });
  }

  /** @param {number} at */
  #go(at) {
    this.at = at;
    this.#show(true);
  }

  #advise() {
    const suggestions = Object.keys(this.answers).length ? this.panel.viewer.guide(this.answers)?.suggestions ?? [] : [];
    this.suggest(new Set(suggestions.filter(({ avoided, weight }) => !avoided && weight > 0).map(({ of }) => of)));
  }

  /** The price that it tells stays true. */
  refresh() {
    const { sheet } = this;
    if (sheet && this.at >= sheet.guide.length && this.frame.shown) this.#show(this.frame.body.contains(this.panel.root.activeElement));
  }
}
