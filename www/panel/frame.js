/** @import { AnprobePanel } from './panel.js' */
import { icon, make, set, styled, write } from './make.js';

const STYLE = styled(/* css */ `
.frame { padding: 16px 20px 20px; border-block-start: 1px solid var(--line) }

.frame > header { display: flex; align-items: baseline; gap: 12px; margin-block-end: 12px }
.frame > header h3 { flex: none; max-width: 60% }
.frame > header .chosen { flex: 1; min-width: 0; color: var(--soft); overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.frame > header h3:has(button) { flex: 1; max-width: none }
.frame > header .opens {
  width: calc(100% + 16px); margin: -11px -8px; padding: 10px 8px; border-color: transparent; justify-content: space-between; font-weight: 600; text-align: start
}
.opens svg { width: 20px; height: 20px; flex: none; color: var(--soft); transition: transform .15s ease-out }
.opens[aria-expanded=true] svg { transform: rotate(180deg) }
.frame:has(> header .opens[aria-expanded=false]) { padding-block-end: 16px }
.frame:has(> header .opens[aria-expanded=false]) > header { margin: 0 }
.narrow .frame { padding: 12px 16px 16px; border: 0 }
.narrow .frame:not(.active) { display: none }
.narrow .frame > header { display: none }
.strip { display: none }
.narrow .strip {
  display: flex; flex: none; gap: 4px; overflow-x: auto; overscroll-behavior-x: contain; scrollbar-width: none; padding: 0 12px;
  scroll-padding-inline: 40px; border-block-end: 1px solid var(--line); background: var(--ground)
}
.strip button {
  position: relative; flex: none; flex-direction: column; align-items: start; gap: 0; max-width: 168px; padding: 6px 8px 8px; border: 0; border-radius: 0; text-align: start
}
.strip button > * { max-width: 100%; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.strip button small { color: var(--soft); min-height: 1lh }
.strip button[aria-selected=true] { font-weight: 600 }
.strip button[aria-selected=true] small { font-weight: 400 }
.strip button[aria-selected=true]::after { content: ''; position: absolute; inset: auto 8px -1px; height: 2px; background: var(--accent-line) }
.strip button:is(:hover, :active) { background: none }
.strip button:focus-visible { outline-offset: -2px }
@media (forced-colors: active) { .strip button[aria-selected=true]::after { background: Highlight } }
`);

/**
 * What has a heading of its own: a group or a section. On a desktop they stand one below the other; on a phone there is
 * one at a time, and its name in the strip.
 */
export class Frame {
  /**
   * @param {AnprobePanel} panel @param {string} id
   * @param {{ part: string, folds?: boolean, open?: boolean, onopen?: () => void }} options
   */
  constructor(panel, id, { part, folds = false, open = true, onopen }) {
    panel.adopt(STYLE);
    this.id = id;
    this.onopen = onopen;
    this.chosen = make('span', { class: 'chosen', part: 'group-value' });
    this.heading = make('h3', { id: `h-${id}`, part: 'group-name' });
    this.body = make('div', { class: 'body', id: `b-${id}` });
    this.name = make('span');
    this.note = make('small');
    this.tab = make('button', { type: 'button', role: 'tab', id: `t-${id}`, 'aria-controls': `f-${id}`, tabindex: -1, part: 'tab' }, this.name, this.note);
    this.element = make('section', { class: 'frame', part, id: `f-${id}`, 'data-id': id, 'aria-labelledby': `h-${id}` },
      make('header', {}, this.heading, this.chosen), this.body);
    this.title = this.heading;
    if (folds) {
      this.title = make('span');
      this.fold = make('button', { type: 'button', class: 'opens', 'aria-controls': `b-${id}`, 'aria-expanded': String(open) }, this.title, icon('down'));
      this.fold.addEventListener('click', () => this.unfold(this.fold?.getAttribute('aria-expanded') !== 'true'));
      this.heading.append(this.fold);
      this.chosen.hidden = true;
      this.body.hidden = !open;
    }
  }

  /** @param {string} title @param {string} [chosen] */
  label(title, chosen = '') {
    write(this.title, title);
    write(this.name, title);
    write(this.chosen, chosen);
    write(this.note, chosen);
  }

  /** @param {boolean} open */
  unfold(open) {
    if (this.fold) set(this.fold, { 'aria-expanded': String(open) });
    this.body.hidden = !open;
    if (open) this.onopen?.();
  }

  /** Whether it can be seen now. */
  get shown() {
    return !this.element.hidden && !this.body.hidden;
  }

  /** @param {boolean} hidden */
  hide(hidden) {
    this.element.hidden = this.tab.hidden = hidden;
  }

  remove() {
    this.element.remove();
    this.tab.remove();
  }
}

/** The strip of names: arrow keys go along it, as in every list of tabs. */
export class Strip {
  /** @param {AnprobePanel} panel */
  constructor(panel) {
    panel.adopt(STYLE);
    this.panel = panel;
    /** @type {Frame[]} */
    this.frames = [];
    this.active = '';
    this.element = make('div', { class: 'strip', role: 'tablist', part: 'tabs' });
    this.element.addEventListener('click', ({ target }) => {
      const tab = target instanceof Element && target.closest('[role=tab]');
      const frame = this.frames.find((frame) => frame.tab === tab);
      if (frame) this.show(frame.id, true);
    });
    this.element.addEventListener('keydown', (event) => this.#key(event));
  }

  /** Takes frames in their order. @param {Frame[]} frames */
  fill(frames) {
    this.frames = frames;
    this.element.replaceChildren(...frames.map(({ tab }) => tab));
    this.show(this.active);
  }

  /** Goes to a frame, or the first that there is. @param {string} id @param {boolean} [asked] by the customer */
  show(id, asked = false) {
    const there = this.frames.filter(({ element }) => !element.hidden);
    const active = there.find((frame) => frame.id === id) ?? there[0];
    if (!active) return;
    this.active = active.id;
    for (const frame of this.frames) {
      const is = frame === active;
      set(frame.tab, { 'aria-selected': String(is), tabindex: is ? 0 : -1 });
      frame.element.classList.toggle('active', is);
    }
    if (!this.panel.narrow) return;
    if (active.body.hidden) active.unfold(true);
    else if (asked) active.onopen?.();
    if (!asked) return;
    const { tab } = active;
    const smooth = !matchMedia('(prefers-reduced-motion: reduce)').matches;
    const left = tab.offsetLeft - (this.element.clientWidth - tab.offsetWidth) / 2;
    this.element.scrollTo({ left, behavior: smooth ? 'smooth' : 'auto' });
    this.panel.middle.scrollTop = 0;
  }

  /** Tabs are tabs only where there is a strip. @param {boolean} narrow */
  arrange(narrow) {
    for (const { element, id } of this.frames) set(element, { role: narrow && 'tabpanel', 'aria-labelledby': narrow ? `t-${id}` : `h-${id}` });
    this.show(this.active);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const rtl = getComputedStyle(this.element).direction === 'rtl';
    const there = this.frames.filter(({ element }) => !element.hidden);
    const at = there.findIndex(({ id }) => id === this.active);
    const steps = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1, Home: -at, End: there.length - 1 - at };
    const step = steps[/** @type {keyof typeof steps} */ (event.key)];
    if (step === undefined) return;
    event.preventDefault();
    const next = there[(at + step + there.length) % there.length];
    this.show(next.id, true);
    next.tab.focus({ preventScroll: true });
  }
}
