/** @import { ProductQuote } from '../anprobe.js' */
/** @import { AnprobePanel } from './panel.js' */
import { icon, make, set, styled, write } from './make.js';
import { signed } from './words.js';

/** A price counts to its new value for so long, in milliseconds. */
const COUNTS = 200;
/** What changed is told for so long. */
const TELLS = 4000;

const STYLE = styled(/* css */ `
.bar {
  position: sticky; inset-block-end: 0; z-index: 2; flex: none; background: var(--ground); border-block-start: 1px solid var(--line);
  padding-block-end: env(safe-area-inset-bottom); padding-inline: env(safe-area-inset-left) env(safe-area-inset-right)
}
.bar > .row { display: flex; align-items: center; gap: 8px 16px; padding: 12px 20px; min-height: 72px }
.price { flex: 1 1 auto; min-width: 0 }
.total { justify-content: start; gap: 6px; min-height: 0; margin: -8px; margin-inline-start: -8px; padding: 8px; border-color: transparent; white-space: nowrap }
.total b, .under .delta, .figure { unicode-bidi: plaintext }
.total b { font-size: var(--large); font-weight: 600; letter-spacing: -.01em; line-height: 1.2 }
.total svg { width: 18px; height: 18px; color: var(--soft); transition: transform .15s ease-out }
.total[aria-expanded=true] svg { transform: rotate(180deg) }
.under { position: relative; color: var(--soft); font-size: var(--small); line-height: 1.3; min-height: 1lh }
.under .delta { color: var(--accent-line); font-weight: 600 }
.acts { display: flex; flex: 0 1 auto; gap: 8px }
.acts:empty { display: none }
.lines { max-height: min(50cqh, 360px); overflow: auto; overscroll-behavior: contain; padding: 12px 20px 4px; font-size: var(--small) }
.lines td, .lines th { padding: 6px 0; color: inherit }
.lines th { padding-inline-end: 16px }
.lines th small { color: var(--soft); margin-inline-start: 6px }
.lines tr.sum > * { border-block-start: 1px solid var(--ink); border-block-end: 0; font-weight: 600 }
.lines tr.note > * { color: var(--soft); border: 0 }
.narrow .bar > .row { padding: 8px 16px; min-height: 64px }
.narrow .acts button { padding-inline: 12px; text-wrap: balance }
@media (forced-colors: active) { .total { border: 0 } }
.narrow .lines { padding-inline: 16px }
@media (prefers-reduced-motion: no-preference) { .under .delta { transition: opacity .3s } }
.under .delta:not(.told) { opacity: 0; position: absolute }
`);

/** What it costs: the total, what the last choice changed, and line by line on demand. The main button stands beside it. */
export class Bar {
  /** @param {AnprobePanel} panel */
  constructor(panel) {
    this.panel = panel;
    panel.adopt(STYLE);
    this.shown = make('b', { 'aria-hidden': 'true', part: 'total' });
    this.heard = make('span', { class: 'heard' });
    this.total = make('button', { type: 'button', class: 'total', 'aria-expanded': 'false', 'aria-controls': 'lines' }, this.shown, this.heard, icon('up'));
    this.delta = make('span', { class: 'delta', part: 'total-delta', 'aria-hidden': 'true' });
    this.under = make('span');
    this.acts = make('div', { class: 'acts', part: 'acts' });
    this.rows = make('tbody');
    this.lines = make('div', { class: 'lines', id: 'lines', role: 'region', tabindex: 0, part: 'lines' }, make('table', {}, this.rows));
    this.lines.hidden = true;
    this.row = make('div', { class: 'row' }, make('div', { class: 'price' }, this.total, make('p', { class: 'under', part: 'price-note' }, this.delta, this.under)), this.acts);
    this.element = make('div', { class: 'bar', part: 'bar' }, this.lines, this.row);
    this.total.addEventListener('click', () => this.unfold(this.lines.hidden === true));
    this.element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || this.lines.hidden) return;
      event.stopPropagation();
      this.unfold(false);
      this.total.focus();
    });
    /** What is shown, or counted to. @type {{ total: number, currency: string } | undefined} */
    this.known = undefined;
    this.counting = 0;
    this.telling = 0;
  }

  /** @param {boolean} open */
  unfold(open) {
    this.lines.hidden = !open;
    set(this.total, { 'aria-expanded': String(open) });
    if (open) this.#lines(this.panel.viewer.quote);
  }

  /** Another product's price is no change of this one's. */
  reset() {
    this.known = undefined;
    cancelAnimationFrame(this.counting);
    clearTimeout(this.telling);
    this.counting = 0;
    this.delta.classList.remove('told');
    this.under.hidden = false;
  }

  /** @param {ProductQuote | undefined} quote */
  update(quote) {
    this.element.hidden = !quote;
    if (!quote) return;
    const { panel } = this;
    const before = this.known;
    // Upgrades alone are bought alone.
    const total = quote.upgrades ? quote.moreThanOwned ?? quote.total : quote.total;
    const totalText = panel.viewer.money(total);
    this.known = { total, currency: quote.currency };
    write(this.heard, panel.say('panel-total-heard', totalText));
    set(this.lines, { 'aria-label': panel.say('panel-lines') });
    write(this.under, [
      quote.upgrades ? panel.say('panel-upgrade') : quote.moreThanOwned && quote.moreThanOwnedText ? panel.say('panel-more-than-yours', signed(quote.moreThanOwnedText)) : '',
      quote.taxNote,
      quote.stock === 0 ? panel.say('panel-sold-out-so') : quote.leadTimeDays ? panel.say(quote.leadTimeDays === 1 ? 'panel-day' : 'panel-days', quote.leadTimeDays) : '',
      quote.stale && panel.say('panel-stale'),
    ].filter(Boolean).join(' · '));
    if (before && before.currency === quote.currency && before.total !== total) this.#count(before.total, total, totalText);
    else if (!this.counting) write(this.shown, totalText);
    if (!this.lines.hidden) this.#lines(quote);
  }

  /** @param {number} from @param {number} total @param {string} totalText */
  #count(from, total, totalText) {
    const { viewer } = this.panel;
    cancelAnimationFrame(this.counting);
    clearTimeout(this.telling);
    write(this.delta, signed(viewer.money(total - from, { sign: true })));
    this.delta.classList.add('told');
    this.under.hidden = true;
    this.telling = setTimeout(() => {
      this.delta.classList.remove('told');
      this.under.hidden = false;
    }, TELLS);
    if (matchMedia('(prefers-reduced-motion: reduce)').matches || document.hidden) {
      this.counting = 0;
      return write(this.shown, totalText);
    }
    const began = performance.now();
    /** @param {number} now */
    const frame = (now) => {
      const part = Math.min(1, (now - began) / COUNTS);
      if (part >= 1 || viewer !== this.panel.viewer) {
        this.counting = 0;
        return write(this.shown, totalText);
      }
      write(this.shown, viewer.money(Math.round(from + (total - from) * (1 - (1 - part) ** 3))));
      this.counting = requestAnimationFrame(frame);
    };
    this.counting = requestAnimationFrame(frame);
  }

  /** @param {ProductQuote | undefined} quote */
  #lines(quote) {
    if (!quote) return;
    const { panel } = this;
    /** @param {string} name @param {string} amount @param {string} [kind] @param {string} [more] */
    const row = (name, amount, kind, more) => make('tr', { class: kind }, make('th', { scope: 'row' }, name, more && make('small', {}, more)), make('td', { class: 'figure' }, signed(amount)));
    if (quote.upgrades) {
      const upgrades = quote.upgrades.flatMap(({ name, priceText, credit }) => [
        row(name, priceText), ...(credit ? [row(panel.say('panel-credit', name), panel.viewer.money(-credit))] : []),
      ]);
      return this.rows.replaceChildren(...upgrades, row(panel.say('panel-pay'), panel.viewer.money(quote.moreThanOwned ?? 0), 'sum'), row(panel.say('panel-whole'), quote.totalText, 'note'));
    }
    const lines = quote.lines.map(({ name, amount, amountText, quantity, stale }) => row(
      name, amount ? amountText : panel.say('panel-included'), undefined,
      [quantity > 1 && `× ${quantity}`, stale && panel.say('panel-stale')].filter(Boolean).join(' · '),
    ));
    this.rows.replaceChildren(...lines, row(panel.say('panel-total'), quote.totalText, 'sum'));
    if (quote.taxText && quote.tax) this.rows.append(row(panel.say(quote.taxIncluded ? 'panel-tax-in' : 'panel-tax-on'), quote.taxText, 'note'));
    if (quote.moreThanOwnedText) this.rows.append(row(panel.say('panel-more-line'), quote.moreThanOwnedText, 'note'));
    if (quote.converted) this.rows.append(make('tr', { class: 'note' }, make('td', { colspan: 2 }, panel.say('panel-converted'))));
  }
}
