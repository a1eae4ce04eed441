/** @import { Panel } from './panel.js' */
/** @import { Wipe } from './wipe.js' */
import { focused, giveFocus } from './focus.js';

/** The section that has the table, by the id of its frame. */
const SECTION = 'anprobe-upgrades';

/** Puts the wipe over the picture whenever the viewer compares two, whoever asked for it: a card, a link, the page. */
export class Compare {
  /** @param {Panel} panel */
  constructor(panel) {
    this.panel = panel;
    this.viewer = panel.viewer;
    /** @type {Wipe | undefined} */
    this.wipe = undefined;
    this.coming = false;
    /** Taken down, perhaps while the wipe was on its way. */
    this.gone = false;
    /** Where the focus was when two were last compared. @type {Element | null} */
    this.before = null;
    /** As of the last change: a drag of the line asks once. */
    this.comparison = this.viewer.comparison;
    this.follow = () => this.update();
    this.viewer.addEventListener('comparison-change', this.follow);
    this.update();
  }

  update() {
    const { viewer, panel } = this;
    this.comparison = viewer.comparison;
    if (!this.comparison) {
      if (this.wipe) panel.live(panel.say('upgrade-ended'));
      return this.end();
    }
    if (!this.wipe?.layer.root.activeElement) this.before = focused();
    if (this.wipe) this.wipe.update(this.comparison);
    else this.start();
  }

  /** The line goes; the focus does not go with it. */
  end() {
    const held = this.wipe?.layer.root.activeElement;
    this.wipe?.remove();
    this.wipe = undefined;
    if (held) this.giveBack();
  }

  /** The focus goes to where it was before two were compared, else to the section's name, else to the picture. */
  giveBack() {
    const frame = this.panel.strip.frames.find(({ id }) => id === SECTION);
    giveFocus(this.before, frame?.fold, frame?.tab, this.viewer.shadowRoot?.querySelector('.view'));
  }

  async start() {
    if (this.coming) return;
    this.coming = true;
    const { panel, viewer } = this;
    try {
      const { Wipe } = await import('./wipe.js');
      // It may be over by now.
      if (this.gone || !viewer.comparison || this.wipe) return;
      this.wipe = new Wipe(panel, () => viewer.compare(null));
      panel.reveal(SECTION);
      panel.live(panel.say('upgrade-started', ...this.wipe.sides));
    } catch (error) {
      // The buttons of the section still work.
      console.warn(error);
    } finally {
      this.coming = false;
    }
  }

  remove() {
    this.gone = true;
    this.viewer.removeEventListener('comparison-change', this.follow);
    this.end();
  }
}
