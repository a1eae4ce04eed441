/** @import { Panel } from './panel.js' */
/** @import { Drawing } from './space-drawing.js' */
import { button, make, set, styled } from './make.js';
import { entitle } from './space-title.js';
import { keep, recall } from './space-units.js';
import { localeOf } from './words.js';

/** Where this device keeps how large its pixels are: the screen's own pixels a millimetre. */
const KEY = 'anprobe-screen';
/** ISO/IEC 7810 ID-1, millimetres. */
const CARD = [85.6, 53.98];
const CORNER = 3.18;
/** CSS pixels a millimetre: as CSS means them, and the least and most of any screen. */
const USUAL = 96 / 25.4;
const LEAST = 2;
const MOST = 12;
/** A camera that moved is at rest after so long, milliseconds. */
const REST = 250;

const STYLE = styled(/* css */ `
.card-set { display: grid; gap: 16px }
.card-stage { display: grid; place-items: center; overflow: auto; min-height: 200px; padding: 8px 0 }
.card { position: relative; flex: none; border: 1.5px solid var(--anprobe-ink); background: color-mix(in oklab, var(--anprobe-ink) 6%, var(--anprobe-ground)) }
.card::before { content: ''; position: absolute; inset-inline-start: 12%; top: 36%; width: 14%; aspect-ratio: 1.3; border-radius: 4px; border: 1.5px solid var(--anprobe-soft) }
/* On a phone its short side is enough, and the slider stays in view. */
.card.upright { border-bottom: 0; mask: linear-gradient(#000 60%, transparent) }
.card.upright::before { inset-inline-start: 36%; top: 24%; width: 18%; aspect-ratio: 1 / 1.3 }
.card span { position: absolute; inset-inline: 0; bottom: 12%; text-align: center; color: var(--anprobe-soft) }
.card.upright span { top: 8%; bottom: auto }
.card-size { display: flex; align-items: center; gap: 8px }
.card-size input { flex: 1; min-width: 0; height: 44px; accent-color: var(--anprobe-accent) }
`);

/** The product on this screen as large as it is, once the screen is known. */
export class TrueSize {
  /** @param {Panel} panel @param {Drawing} drawing */
  constructor(panel, drawing) {
    panel.adopt(STYLE);
    this.panel = panel;
    this.drawing = drawing;
    this.title = make('h4');
    this.lead = make('p', { class: 'soft' });
    this.words = make('span');
    this.shown = make('input', { type: 'checkbox', role: 'switch' });
    this.toggle = make('label', { class: 'switch' }, this.words, this.shown);
    this.setUp = button({ text: ' ', icon: 'ruler', act: () => this.calibrate() });
    this.again = button({ text: ' ', kind: 'quiet', act: () => this.calibrate() });
    this.forget = button({ text: ' ', kind: 'quiet', act: () => this.drop() });
    this.element = make('section', { part: 'true-size' }, this.title, this.lead, this.toggle, make('div', { class: 'row' }, this.setUp, this.again, this.forget));
    this.shown.addEventListener('change', () => this.show(this.shown.checked));
    this.moved = (/** @type {CustomEvent<{ source: string }>} */ event) => {
      if (!this.drawing.scale) return;
      this.byCustomer ||= event.detail.source === 'user-interaction';
      clearTimeout(this.resting);
      this.resting = setTimeout(() => this.rested(), REST);
    };
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.resting = undefined;
    /** Of the camera when it came to rest; 0 while it is on its way. */
    this.fieldOfView = 0;
    this.byCustomer = false;
    panel.viewer.addEventListener('camera-change', this.moved);
    this.sizes = new ResizeObserver(() => {
      if (this.drawing.scale) this.show(true);
    });
    this.sizes.observe(panel.viewer);
  }

  /** CSS pixels a millimetre of this screen, as it is zoomed now. */
  get pixels() {
    const kept = Number(recall(KEY));
    return kept > 0 ? kept / devicePixelRatio : undefined;
  }

  update() {
    const { panel, pixels } = this;
    entitle(panel, this.title, 'space-true');
    this.lead.textContent = panel.say(this.drawing.scale ? 'space-true-on' : 'space-true-lead');
    this.words.textContent = panel.say('space-true-show');
    name(this.setUp, panel.say('space-set-up'));
    name(this.again, panel.say('space-again'));
    name(this.forget, panel.say('space-forget'));
    this.toggle.hidden = this.again.hidden = this.forget.hidden = !pixels;
    this.setUp.hidden = Boolean(pixels);
    this.shown.checked = Boolean(this.drawing.scale);
  }

  remove() {
    clearTimeout(this.resting);
    this.sizes.disconnect();
    this.panel.viewer.removeEventListener('camera-change', this.moved);
  }

  /** @param {boolean} shown */
  show(shown) {
    const { viewer } = this.panel;
    const { pixels } = this;
    this.drawing.scale = shown && pixels ? pixels * 1000 : undefined;
    viewer.showTrueSize(this.drawing.scale);
    this.fieldOfView = 0;
    this.update();
    this.drawing.draw();
  }

  /** The camera is where it went. Turned by the customer it stays true, zoomed it is no longer. */
  rested() {
    const { viewer } = this.panel;
    if (!this.drawing.scale) return;
    const fieldOfView = viewer.getFieldOfView();
    const zoomed = this.byCustomer && this.fieldOfView && Math.abs(fieldOfView / this.fieldOfView - 1) > 0.01;
    this.byCustomer = false;
    if (!zoomed) {
      this.fieldOfView = fieldOfView;
      if (Math.abs(viewer.pixelsPerMetre / this.drawing.scale - 1) > 0.001) viewer.showTrueSize(this.drawing.scale);
      return;
    }
    this.drawing.scale = undefined;
    this.update();
    this.drawing.draw();
    this.panel.live(this.panel.say('space-true-off'));
  }

  /** Forgets how large this screen is; it can be taken back. */
  drop() {
    const { panel } = this;
    const kept = recall(KEY);
    keep(KEY, undefined);
    this.show(false);
    this.setUp.focus();
    panel.toast(panel.say('space-forgotten'), { act: { text: panel.say('space-undo'), run: () => {
      keep(KEY, kept);
      this.update();
    } } });
  }

  /** Asks how large this screen is: a card of known size beside its drawing. */
  calibrate() {
    const { panel } = this;
    // On a phone a card stands upright.
    const [width, height] = panel.narrow ? [CARD[1], CARD[0]] : CARD;
    let pixels = this.pixels ?? (panel.narrow ? Math.max(USUAL, innerWidth / 66) : USUAL);
    const card = make('div', { class: panel.narrow ? 'card upright' : 'card', part: 'card' }, make('span', { 'aria-hidden': 'true' }, panel.say('space-card-drawing')));
    const size = make('input', { type: 'range', min: LEAST, max: MOST, step: 0.01, 'aria-label': panel.say('space-card-size') });
    const percent = new Intl.NumberFormat(localeOf(panel.viewer), { style: 'percent', maximumFractionDigits: 1 });
    const resize = (/** @type {number} */ wanted) => {
      pixels = Math.max(LEAST, Math.min(MOST, wanted));
      card.style.width = `${width * pixels}px`;
      card.style.height = panel.narrow ? `min(${height * pixels}px, 24dvh)` : `${height * pixels}px`;
      card.style.borderRadius = panel.narrow ? `${CORNER * pixels}px ${CORNER * pixels}px 0 0` : `${CORNER * pixels}px`;
      size.value = String(pixels);
      set(size, { 'aria-valuetext': panel.say('space-card-percent', percent.format(pixels / USUAL)) });
    };
    size.addEventListener('input', () => resize(Number(size.value)));
    const step = (/** @type {number} */ by) => () => resize(pixels + by / width);
    const save = button({ text: panel.say('space-save'), kind: 'main', act: () => {
      keep(KEY, String(pixels * devicePixelRatio));
      dialog.close();
      this.show(true);
      this.shown.focus();
    } });
    const content = make('div', { class: 'card-set' },
      make('p', {}, panel.say('space-card')), make('div', { class: 'card-stage' }, card),
      make('div', { class: 'card-size' },
        button({ icon: 'minus', label: panel.say('space-card-smaller'), act: step(-1) }), size,
        button({ icon: 'plus', label: panel.say('space-card-larger'), act: step(1) })),
      make('p', { class: 'soft small' }, panel.say('space-card-kept')), save);
    const dialog = panel.dialog({ title: panel.say('space-card-title'), content });
    resize(pixels);
  }
}

/** @param {HTMLButtonElement} button @param {string} text */
function name(button, text) {
  const words = button.querySelector('span');
  if (words && words.textContent !== text) words.textContent = text;
}
