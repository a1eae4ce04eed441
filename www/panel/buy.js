/** @import { AnprobePanel } from './panel.js' */
/** @import { Icon } from './make.js' */
import { act } from './action.js';
import { button, make, styled } from './make.js';
import { localeOf } from './words.js';
import './words-buy.js';

/** @type {Record<string, Icon>} */
const ICONS = { buy: 'cart', quote: 'text', borrow: 'again', print: 'download', reorder: 'again' };

const STYLE = styled(/* css */ `
.offers { display: grid; gap: 16px }
.offers > .ways { display: grid; gap: 8px }
.offers .ways button { justify-content: start; text-align: start }
.offers .ways button > span { flex: 1 }
.offers .ways button > b { font-weight: 600; white-space: nowrap }
.offers h4 { margin-block-end: 4px }
.offers li { display: flex; align-items: center; gap: 12px; padding-block: 4px; border-block-end: 1px solid var(--anprobe-line) }
.offers li:last-child { border-block-end: 0 }
.offers li > span { flex: 1; min-width: 0; display: grid }
.offers li small { color: var(--anprobe-soft) }
[aria-busy=true] { cursor: progress }
`);

/** The main button: the first of the product file's actions. It stands beside the price. */
export class Buy {
  /** @param {AnprobePanel} panel */
  constructor(panel) {
    this.panel = panel;
    panel.adopt(STYLE);
    this.words = make('span');
    this.main = make('button', { type: 'button', class: 'main', part: 'main-button' }, this.words);
    // Whoever has one and chose upgrades of it buys these, and not all of it again.
    this.main.addEventListener('click', () => act(panel, () => panel.viewer.upgradeOrder(0) ?? panel.viewer.order(0), this.main));
    this.element = make('div', { class: 'buy' }, this.main);
    this.update();
  }

  update() {
    const { viewer } = this.panel;
    const [first] = viewer.sheet?.actions ?? [];
    this.element.hidden = !first;
    if (!first || this.main.hasAttribute('aria-busy')) return;
    const isUpgrade = first.kind === 'buy' && Boolean(viewer.upgradeOrder(0));
    const words = isUpgrade ? this.panel.say('buy-upgrade') : first.name || this.panel.say(`buy-${first.kind}`);
    if (this.words.textContent !== words) this.words.textContent = words;
  }
}

/** The other actions, and what is used up: one tap orders it again. */
export class Offers {
  /** @param {AnprobePanel} panel */
  constructor(panel) {
    this.panel = panel;
    panel.adopt(STYLE);
    this.known = '';
    this.element = make('div', { class: 'offers', part: 'offers' });
    this.update();
  }

  update() {
    const { panel } = this;
    const { viewer } = panel;
    const { actions = [], consumables = [] } = viewer.sheet ?? {};
    const isUpgrade = Boolean(viewer.upgradeOrder(0));
    const whole = isUpgrade ? viewer.quote?.totalText ?? '' : '';
    const now = JSON.stringify([panel.say('buy-title'), actions, consumables, whole]);
    if (now === this.known || this.element.querySelector('[aria-busy]')) return;
    this.known = now;
    const ways = actions.map(({ kind, name, priceText }, at) => {
      const way = button({ icon: ICONS[kind], text: at ? name || panel.say(`buy-${kind}`) : panel.say('buy-whole'), act: () => act(panel, () => viewer.order(at), way) });
      const price = at ? priceText : whole;
      if (price) way.append(make('b', {}, price));
      return way;
    }).slice(isUpgrade ? 0 : 1);
    const refills = consumables.map(({ id, name, priceText, intervalDays }) => {
      const again = button({ icon: 'again', text: priceText, label: panel.say('buy-refill', name, priceText), act: () => act(panel, () => viewer.refill(id), again) });
      return make('li', {}, make('span', {}, name, intervalDays !== null && make('small', {}, panel.say('buy-lasts', this.#span(intervalDays)))), again);
    });
    this.element.replaceChildren(
      make('div', { class: 'ways' }, ...ways),
      ...(refills.length ? [make('div', {}, make('h4', {}, panel.say('buy-refills')), make('ul', {}, ...refills))] : []));
    this.element.hidden = !ways.length && !refills.length;
  }

  /** So many days, as one says it. @param {number} days */
  #span(days) {
    /** @type {[number, string]} */
    const [count, unit] = days >= 700 ? [Math.round(days / 365), 'year'] : days >= 60 ? [Math.round(days / 30.4), 'month'] : [days, 'day'];
    return new Intl.NumberFormat(localeOf(this.panel.viewer), { style: 'unit', unit, unitDisplay: 'long' }).format(count);
  }
}
