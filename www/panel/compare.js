/** @import { Panel } from './panel.js' */
/** @import { Wipe } from './wipe.js' */

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
      this.wipe?.remove();
      this.wipe = undefined;
    } else if (this.wipe) this.wipe.update(this.comparison);
    else this.start();
  }

  async start() {
    if (this.coming) return;
    this.coming = true;
    const { panel, viewer } = this;
    try {
      const { Wipe } = await import('./wipe.js');
      // It may be over by now.
      if (!viewer.comparison || this.wipe) return;
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
    this.viewer.removeEventListener('comparison-change', this.follow);
    this.wipe?.remove();
    this.wipe = undefined;
  }
}
