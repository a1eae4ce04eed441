/** @import { ProductUpgrade } from '../anprobe.js' */
/** @import { Panel } from './panel.js' */
import { duration } from './figures.js';
import { focused, giveFocus } from './focus.js';
import { cover, layerOver } from './layer.js';
import { LAYER_STYLE } from './layer-style.js';
import { button, make, set } from './make.js';
import { PLAYER_STYLE } from './player-style.js';
import { Uses } from './uses.js';
import { localeOf, teach } from './words.js';
import { UPGRADE_WORDS } from './words-upgrade.js';

/** One at a time over a picture. @type {WeakMap<Element, Player>} */
const players = new WeakMap();

/**
 * Opens *How to fit it and use it* over the picture: an upgrade's steps, and what the product can do.
 * @param {Panel} panel @param {string} [upgrade] its id; without it only what the product can do
 */
export function openPlayer(panel, upgrade) {
  const { viewer } = panel;
  teach(UPGRADE_WORDS);
  players.get(viewer)?.close();
  const found = viewer.upgrades().find(({ id }) => id === upgrade);
  const player = new Player(panel, found);
  players.set(viewer, player);
  return player;
}

export class Player {
  /** @param {Panel} panel @param {ProductUpgrade} [upgrade] */
  constructor(panel, upgrade) {
    const viewer = this.viewer = panel.viewer;
    this.panel = panel;
    this.upgrade = upgrade;
    this.at = 0;
    this.before = focused();
    this.uses = viewer.sheet?.behaviours.length ? new Uses(viewer) : undefined;

    this.tabs = upgrade?.install.steps.length && this.uses
      ? ['fit', 'use'].map((tab) => button({ text: panel.say(`upgrade-tab-${tab}`), act: () => this.show(tab) })) : [];
    const close = button({ icon: 'close', label: panel.say('upgrade-close'), act: () => this.close() });
    this.title = make('h2', { tabindex: -1, part: 'player-title' });
    const head = make('div', { class: 'head' }, this.title,
      this.tabs.length > 0 && make('div', { class: 'tabs', role: 'group', 'aria-label': panel.say('upgrade-player') }, ...this.tabs), close);

    this.count = make('p', { class: 'count' });
    this.text = make('p', { class: 'text', part: 'step' });
    this.need = make('p', { class: 'need' });
    this.previous = button({ icon: 'back', label: panel.say('upgrade-previous'), act: () => this.go(this.at - 1) });
    this.again = button({ icon: 'again', label: panel.say('upgrade-again'), act: () => this.go(this.at) });
    this.next = button({ text: panel.say('upgrade-next'), kind: 'main', act: () => this.forth() });
    this.dots = make('div', { class: 'dots', 'aria-hidden': 'true' }, ...(upgrade?.install.steps ?? []).map(() => make('i')));
    this.said = make('div', { class: 'said' }, this.count, this.text, this.need);
    this.fit = make('div', { class: 'fit' }, this.said, make('div', { class: 'row' }, this.previous, this.again, this.dots, this.next));
    this.previous.hidden = this.dots.hidden = upgrade?.install.steps.length === 1;
    this.width = 0;
    // Said once a step: measuring would say all of them.
    this.heard = make('p', { class: 'heard', role: 'status' });

    this.card = make('div', { class: 'player glass', part: 'player', role: 'group', 'aria-label': panel.say('upgrade-player') },
      head, this.fit, this.uses?.element, this.heard);
    this.card.addEventListener('keydown', (event) => this.key(event));
    this.layer = layerOver(viewer, [LAYER_STYLE, PLAYER_STYLE]);
    this.layer.root.append(this.card);
    this.leaveRoom = panel.makeRoom();
    // One thing at a time lies over the picture.
    this.others = /** @type {HTMLElement[]} */ ([...viewer.querySelectorAll(':scope > [data-anprobe-layer]:not([hidden])')])
      .filter((layer) => layer !== this.layer.host);
    for (const layer of this.others) layer.hidden = true;
    // The picture and the viewer's own buttons make room, as they may have done for another.
    this.covered = viewer.style.getPropertyValue('--anprobe-covered');
    this.watch = new ResizeObserver(() => {
      this.measure();
      cover(viewer, `${Math.ceil(this.card.getBoundingClientRect().height) + 8}px`);
    });
    this.watch.observe(this.card);
    this.show(upgrade?.install.steps.length ? 'fit' : 'use');
    this.title.focus({ preventScroll: true });
    panel.opened.add(this);
  }

  /** @param {string} tab `fit` or `use` */
  show(tab) {
    const { panel, upgrade, viewer } = this;
    this.tab = tab;
    this.tabs.forEach((made, at) => set(made, { 'aria-pressed': String(['fit', 'use'][at] === tab) }));
    this.title.textContent = tab === 'fit' && upgrade ? upgrade.name : panel.say('upgrade-use');
    this.title.classList.toggle('heard', this.tabs.length > 0);
    this.fit.hidden = tab !== 'fit';
    if (this.uses) this.uses.element.hidden = tab === 'fit';
    this.uses?.rest();
    if (tab === 'fit') this.go(this.at);
    else viewer.step();
  }

  /** As high as the longest step, so that the picture keeps its size. */
  measure() {
    const steps = this.upgrade?.install.steps ?? [];
    const width = this.card.clientWidth;
    if (this.width === width || this.fit.hidden) return;
    this.width = width;
    this.said.style.removeProperty('min-height');
    const heights = steps.map((step) => {
      this.tell(step);
      return this.said.offsetHeight;
    });
    this.said.style.setProperty('min-height', `${Math.max(0, ...heights)}px`);
    this.tell(steps[this.at]);
  }

  /** Shows a step, also the same once more. @param {number} at */
  go(at) {
    const { panel, viewer, upgrade } = this;
    const steps = upgrade?.install.steps ?? [];
    const step = steps[at];
    if (!upgrade || !step) return;
    this.at = at;
    viewer.step(upgrade.id, at);
    this.tell(step);
    this.heard.textContent = [this.count, this.text, this.need].map(({ textContent }) => textContent).join('. ');
    // Not disabled by the attribute: the focus would be lost.
    set(this.previous, { 'aria-disabled': at === 0 ? 'true' : undefined });
    /** @type {HTMLElement} */ (this.next.firstElementChild).textContent = panel.say(at + 1 < steps.length ? 'upgrade-next' : 'upgrade-done');
    [...this.dots.children].forEach((dot, place) => dot.classList.toggle('on', place <= at));
  }

  /** @param {ProductUpgrade['install']['steps'][number]} step */
  tell(step) {
    const { panel, viewer } = this;
    const { steps } = /** @type {ProductUpgrade} */ (this.upgrade).install;
    const count = panel.say('upgrade-step', steps.indexOf(step) + 1, steps.length);
    this.count.textContent = step.minutes ? panel.say('upgrade-how', count, duration(viewer, step.minutes)) : count;
    this.text.textContent = step.text;
    this.need.textContent = step.tools.length
      ? panel.say('upgrade-tools', new Intl.ListFormat(localeOf(viewer), { type: 'conjunction' }).format(step.tools)) : '';
    this.need.hidden = !step.tools.length;
  }

  /** The next step; after the last one it is done. */
  forth() {
    if (this.at + 1 < (this.upgrade?.install.steps.length ?? 0)) this.go(this.at + 1);
    else this.close();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key === 'Escape') {
      event.stopPropagation();
      return this.close();
    }
    if (this.tab !== 'fit' || event.ctrlKey || event.altKey || event.metaKey) return;
    const forth = this.card.matches(':dir(rtl)') ? 'ArrowLeft' : 'ArrowRight';
    const last = (this.upgrade?.install.steps.length ?? 1) - 1;
    const place = { [forth]: this.at + 1, PageDown: this.at + 1, PageUp: this.at - 1, Home: 0, End: last }[event.key]
      ?? (/^Arrow(Left|Right)$/.test(event.key) ? this.at - 1 : undefined);
    if (place === undefined) return;
    event.preventDefault();
    this.go(place);
  }

  /** Everything is as it was before. */
  close() {
    this.leaveRoom();
    const { viewer } = this;
    if (players.get(viewer) !== this) return;
    players.delete(viewer);
    this.panel.opened.delete(this);
    this.uses?.remove();
    viewer.step();
    this.watch.disconnect();
    cover(viewer, this.covered);
    this.layer.remove();
    for (const layer of this.others) layer.hidden = false;
    giveFocus(this.before, viewer.shadowRoot?.querySelector('.view'));
  }
}
