/** @import { Section } from './panel.js' */
/** @import { AnprobePanel } from './panel.js' */
/** @import { Mount } from './sections.js' */
import { Frame } from './frame.js';
import { SECTIONS } from './sections.js';

/** The sections that others bring: each in its frame, fetched when it is first seen. */
export class Mounts {
  /** @param {AnprobePanel} panel */
  constructor(panel) {
    this.panel = panel;
    /** @type {{ mount: Mount, frame?: Frame, section?: Section, loading?: boolean }[]} */
    this.all = [];
  }

  /** Frames for the strip and the scroll, in their order. */
  build() {
    this.all = SECTIONS.map((mount) => {
      /** @type {Mounts['all'][number]} */
      const entry = { mount };
      if (mount.place === 'bar') return entry;
      const { name, open = false } = mount;
      entry.frame = new Frame(this.panel, `anprobe-${name}`, { part: `section ${name}`, folds: true, open, onopen: () => this.#need(entry) });
      entry.frame.hide(true);
      return entry;
    });
    return this.all.flatMap(({ frame }) => frame ?? []);
  }

  update() {
    const { panel } = this;
    for (const entry of this.all) {
      const { mount, frame, section } = entry;
      const there = mount.when(panel.viewer);
      if (frame) {
        frame.label(mount.title ? panel.say(mount.title) : '');
        frame.hide(!there || section?.element.hidden === true);
      }
      const seen = !frame || (panel.narrow ? panel.strip.active === frame.id : frame.shown);
      if (!there || !seen) continue;
      if (section) section.update();
      else this.#need(entry);
    }
  }

  /** @param {Mounts['all'][number]} entry */
  async #need(entry) {
    const { panel } = this;
    const { mount, frame } = entry;
    if (entry.section) return entry.section.update();
    if (entry.loading) return;
    entry.loading = true;
    try {
      const Made = await mount.load();
      // Another product has come meanwhile.
      if (!this.all.includes(entry)) return;
      entry.section = new Made(panel);
      (frame ? frame.body : panel.bar.acts).append(entry.section.element);
      entry.section.update();
      if (frame && entry.section.element.hidden) frame.hide(true);
    } catch (error) {
      // The next look tries again: the network may have been away.
      console.warn(error);
    }
    entry.loading = false;
  }

  remove() {
    for (const { frame, section } of this.all) {
      section?.remove?.();
      section?.element.remove();
      frame?.remove();
    }
    this.all = [];
  }
}
