/** @import { ProductUpgrade } from '../anprobe.js' */
/** @import { Upgrades } from './upgrades.js' */
import { differenceOf, marksSwitch } from './difference.js';
import { duration, gain } from './figures.js';
import { hasFocus } from './focus.js';
import { button, icon, make, set } from './make.js';
import { signed } from './words.js';

/** One upgrade in the list: what it brings and costs at a glance; opened, all of it, and the product shows it. */
export class UpgradeCard {
  /** @param {Upgrades} list @param {ProductUpgrade} upgrade */
  constructor(list, upgrade) {
    this.list = list;
    this.upgrade = upgrade;
    const { panel, viewer } = list;
    const { name, install, price, credit } = upgrade;
    const method = panel.say(`upgrade-method-${install.method}`);
    const how = install.minutes ? panel.say('upgrade-how', method, duration(viewer, install.minutes)) : method;
    this.net = price > credit ? viewer.money(price - credit) : panel.say('upgrade-free');
    const gains = [...upgrade.added.map((added) => added.name).filter((text) => text !== name), ...better(upgrade).map((fact) => gain(viewer, fact))];

    this.state = make('span', { class: 'up-state' });
    this.head = make('button', { type: 'button', class: 'up-head', 'aria-expanded': 'false', part: 'upgrade-head' },
      make('span', { class: 'up-name' }, name), make('span', { class: 'up-net' }, this.net),
      make('span', { class: 'up-how' }, make('span', {}, how), this.state), icon('down'),
      gains.length > 0 && make('span', { class: 'up-gains' }, gains.join(' · ')));
    this.head.addEventListener('click', () => list.open(this.isOpen ? undefined : this));
    this.more = make('div', { class: 'up-more', hidden: true });
    this.element = make('li', { class: 'upgrade', part: 'upgrade' }, make('h4', {}, this.head), this.more);
    this.isOpen = false;
  }

  /** @param {boolean} open */
  show(open) {
    const held = hasFocus(this.more);
    this.isOpen = open;
    set(this.head, { 'aria-expanded': String(open) });
    this.more.hidden = !open;
    this.more.replaceChildren(...(open ? this.details() : []));
    if (held) this.head.focus({ preventScroll: true });
    this.update();
  }

  /** What is chosen may have changed, and what is marked. @param {ProductUpgrade} [upgrade] the same, as it is now */
  update(upgrade = this.upgrade) {
    this.upgrade = upgrade;
    const { panel } = this.list;
    const { taken } = this.upgrade;
    this.state.replaceChildren(...(taken ? [icon('check'), panel.say('upgrade-taken')] : []));
    this.element.classList.toggle('taken', taken);
    this.marks?.update();
    if (!this.take) return;
    this.take.className = taken ? 'plain' : 'main';
    /** @type {HTMLElement} */ (this.take.lastElementChild).textContent = taken ? panel.say('upgrade-leave') : panel.say('upgrade-take', this.net);
  }

  details() {
    const { upgrade, list } = this;
    const { panel, viewer } = list;
    const { install, credit } = upgrade;
    this.take = button({ text: ' ', kind: 'main', part: 'upgrade-take', act: () => list.take(this.upgrade) });
    this.marks = marksSwitch(viewer);
    const sides = /** @type {[string, string]} */ (['mine', 'upgrade'].map((side) => panel.say(`upgrade-side-${side}`)));
    return [
      upgrade.description && make('p', {}, upgrade.description),
      this.marks.element,
      differenceOf(viewer, upgrade, sides),
      upgrade.changes.length > 0 && this.lines('upgrade-beside', upgrade.changes.map(({ name, to }) => panel.say('upgrade-fact', name, to || panel.say('upgrade-nothing')))),
      this.lines(`upgrade-box-${install.method}`, this.box()),
      credit > 0 && make('dl', { class: 'up-sum' },
        ...row(panel.say('upgrade-price'), upgrade.priceText), ...row(panel.say('upgrade-credit'), signed(viewer.money(-credit))), ...row(panel.say('upgrade-total'), this.net)),
      make('div', { class: 'up-acts' }, this.take,
        install.steps.length > 0 && button({ text: panel.say('upgrade-fit'), icon: 'play', part: 'button upgrade-fit', act: () => list.play(upgrade.id) })),
    ].filter((part) => part instanceof Node);
  }

  /** By the names of choices with these numbers; one thing alone is the upgrade itself. */
  box() {
    const { upgrade } = this;
    const choices = this.list.viewer.options.flatMap((group) => group.choices);
    if (upgrade.parts.length < 2) return [upgrade.name];
    return upgrade.parts.map(({ sku, quantity }) => {
      const name = choices.find((choice) => choice.sku === sku)?.name ?? sku;
      return quantity > 1 ? `${quantity} × ${name}` : name;
    });
  }

  /** @param {string} key @param {string[]} lines */
  lines(key, lines) {
    return lines.length > 0 && make('div', { class: 'up-lines' },
      make('h5', {}, this.list.panel.say(key)), make('ul', {}, ...lines.map((line) => make('li', {}, line))));
  }
}

/** Facts that become better. @param {ProductUpgrade} upgrade */
function better({ facts }) {
  return facts.filter((fact) => fact.better);
}

/** @param {string} name @param {string} value */
function row(name, value) {
  return [make('dt', {}, name), make('dd', {}, value)];
}
