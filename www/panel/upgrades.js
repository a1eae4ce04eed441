/** @import { ProductUpgrade } from '../anprobe.js' */
/** @import { Panel } from './panel.js' */
import { differenceOf, marksSwitch, DIFFERENCE_STYLE } from './difference.js';
import { giveFocus, hasFocus } from './focus.js';
import { button, make, write } from './make.js';
import { still } from './motion.js';
import { disown, own } from './owned.js';
import { sidesOf, upgradeTo } from './sides.js';
import { UpgradeCard } from './upgrade-card.js';
import { UPGRADES_STYLE } from './upgrades-style.js';
import { localeOf, teach } from './words.js';
import { UPGRADE_WORDS } from './words-upgrade.js';

/** The section with the customer's own products, by the id of its frame. */
const KEPT = 'anprobe-designs';

/** What owners can make of theirs, and what differs between two that are compared. */
export class Upgrades {
  /** @param {Panel} panel */
  constructor(panel) {
    this.panel = panel;
    this.viewer = panel.viewer;
    teach(UPGRADE_WORDS);
    for (const sheet of [DIFFERENCE_STYLE, UPGRADES_STYLE]) panel.adopt(sheet);
    this.compared = make('div', { class: 'up-compared' });
    this.title = make('h3', { tabindex: -1 });
    this.list = make('div', { class: 'up-list' }, this.title);
    this.element = make('section', { class: 'upgrades', part: 'upgrades' }, this.compared, this.list);
    /** @type {UpgradeCard[]} */
    this.cards = [];
    this.shown = '';
    this.pair = '';
    this.follow = () => this.compare(panel.compared?.comparison);
    this.viewer.addEventListener('comparison-change', this.follow);
  }

  remove() {
    this.viewer.removeEventListener('comparison-change', this.follow);
  }

  update() {
    const { viewer } = this;
    const { configuration } = viewer;
    if (!configuration) return;
    const { owned } = configuration;
    const upgrades = viewer.upgrades();
    const differs = Boolean(owned) && owned !== configuration.code && !upgrades.some(({ code }) => code === configuration.code);
    // What is taken changes in its place: who took it has the focus there.
    const shown = JSON.stringify([localeOf(viewer), owned, differs, upgrades.map(({ taken, ...upgrade }) => upgrade)]);
    if (shown !== this.shown) {
      this.shown = shown;
      this.build(owned, differs, upgrades);
    }
    for (const card of this.cards) card.update(upgrades.find(({ id }) => id === card.upgrade.id));
    this.pair = '';
    this.compare();
  }

  /** @param {string | undefined} owned @param {boolean} differs @param {ProductUpgrade[]} upgrades */
  build(owned, differs, upgrades) {
    const { panel, viewer } = this;
    const held = this.held(this.list);
    const of = this.cards.find(({ element }) => hasFocus(element))?.upgrade.id;
    const open = this.cards.find(({ isOpen }) => isOpen)?.upgrade.id;
    this.cards = owned ? upgrades.map((upgrade) => new UpgradeCard(this, upgrade)) : [];
    const state = !owned ? 'new' : upgrades.length ? '' : 'none';
    const acts = [
      !owned && button({ text: panel.say('upgrade-mine'), part: 'button upgrade-mine', icon: 'check', act: () => this.own() }),
      button({ text: panel.say('upgrade-pick'), part: 'button upgrade-pick', icon: 'keep', act: () => panel.reveal(KEPT) }),
      differs && button({ text: panel.say('upgrade-compare'), part: 'button upgrade-compare', icon: 'compare', act: () => viewer.compare({}) }),
      owned && button({ text: panel.say('upgrade-other'), part: 'button upgrade-other', kind: 'quiet', act: () => this.disown() }),
    ];
    write(this.title, panel.say(state ? `upgrade-${state}-title` : 'upgrade-title'));
    this.list.replaceChildren(
      this.title,
      ...(state ? [make('p', {}, panel.say(`upgrade-${state}`))] : []),
      ...(this.cards.length ? [make('ul', { class: 'up-cards' }, ...this.cards.map(({ element }) => element))] : []),
      make('div', { class: 'up-acts' }, ...acts),
    );
    this.cards.find(({ upgrade }) => upgrade.id === open)?.show(true);
    if (!held) return;
    const card = this.cards.find(({ upgrade }) => upgrade.id === of);
    giveFocus((card?.element ?? this.list).querySelector(held), card?.head, this.title);
  }

  /** Finds again what has the focus in a place that is about to be built anew. @param {HTMLElement} place */
  held(place) {
    if (!hasFocus(place)) return undefined;
    const { activeElement } = /** @type {ShadowRoot | Document} */ (place.getRootNode());
    return `[part="${CSS.escape(activeElement?.getAttribute('part') ?? '')}"]`;
  }

  /** Remembers that the customer has what is set up. */
  own() {
    this.viewer.compare(null);
    return own(this.panel);
  }

  /** Forgets it: they have another one. */
  disown() {
    this.viewer.compare(null);
    return disown(this.panel, this.panel.say('upgrade-other-done'));
  }

  /** One at a time is open, and on the product. @param {UpgradeCard} [wanted] */
  open(wanted) {
    for (const card of this.cards) if (card.isOpen !== (card === wanted)) card.show(card === wanted);
    this.viewer.compare(wanted ? { b: wanted.upgrade.code } : null);
    if (wanted && this.panel.narrow) wanted.element.scrollIntoView({ block: 'start', behavior: still() ? 'auto' : 'smooth' });
  }

  /** Takes an upgrade, or leaves it out again. @param {ProductUpgrade} upgrade */
  take(upgrade) {
    const { panel, viewer } = this;
    if (viewer.upgrade(upgrade.id) !== 'changed' || upgrade.taken) return;
    panel.toast(panel.say('upgrade-took', upgrade.name), { act: { text: panel.say('upgrade-undo'), run: () => viewer.undo() } });
  }

  /** @param {string} upgrade */
  async play(upgrade) {
    const { openPlayer } = await import('./player.js');
    // The panel or the product may have gone meanwhile.
    if (this.element.isConnected) openPlayer(this.panel, upgrade);
  }

  /** Brings cards and table to what is compared now. @param {NonNullable<Panel['viewer']['comparison']>} [comparison] */
  compare(comparison = this.viewer.comparison) {
    const { viewer } = this;
    if (!comparison) {
      const held = hasFocus(this.compared);
      this.pair = '';
      this.compared.replaceChildren();
      this.marks = undefined;
      for (const card of this.cards) if (card.isOpen) card.show(false);
      if (held) this.panel.compared?.giveBack();
      return;
    }
    for (const card of this.cards) card.update();
    this.marks?.update();
    const pair = `${comparison.a} ${comparison.b} ${comparison.amountText} ${localeOf(viewer)}`;
    if (pair === this.pair) return;
    this.pair = pair;
    const upgrade = upgradeTo(viewer, comparison.b);
    const mine = comparison.a === viewer.configuration?.owned;
    const card = mine && upgrade ? this.cards.find((card) => card.upgrade.id === upgrade.id) : undefined;
    for (const each of this.cards) if (each.isOpen !== (each === card)) each.show(each === card);
    this.marks = card ? undefined : marksSwitch(viewer);
    const held = this.held(this.compared);
    this.compared.replaceChildren(...(card ? [] : this.table(comparison)));
    if (held) giveFocus(this.compared.querySelector(held), card?.head, this.title);
  }

  /** Two that no upgrade connects. @param {NonNullable<Panel['viewer']>['comparison'] & {}} comparison */
  table(comparison) {
    const { panel, viewer } = this;
    const sides = sidesOf(viewer, comparison);
    const codes = [comparison.a, comparison.b];
    return [
      make('h3', {}, panel.say('upgrade-two')),
      ...(this.marks ? [this.marks.element] : []),
      differenceOf(viewer, comparison, sides, comparison.amount ? [[panel.say('upgrade-price'), '', comparison.amountText]] : []),
      make('div', { class: 'up-acts' },
        ...sides.map((side, at) => button({ text: panel.say('upgrade-keep', side), part: `button upgrade-keep-${'ab'[at]}`, act: () => {
          viewer.compare(null);
          viewer.open(codes[at]);
        } })),
        button({ text: panel.say('upgrade-end'), part: 'button upgrade-end', kind: 'quiet', act: () => viewer.compare(null) })),
    ];
  }
}
