/** @import { ProductAnswer, ProductConflict, ProductGroup } from '../anprobe.js' */
/** @import { AnprobePanel } from './panel.js' */
import { Choices } from './choices.js';
import { Conflict } from './conflict.js';
import { Frame } from './frame.js';
import { Measure } from './measure.js';
import { Picture } from './picture.js';
import { Words } from './text.js';
import { localeOf } from './words.js';

/**
 * How a group is answered.
 * @typedef {object} Control
 * @property {HTMLElement} element
 * @property {(group: ProductGroup) => void} update
 * @property {(group: ProductGroup) => string} spoken what is chosen, in words
 * @property {() => void} [outdate] pictures of choices are those of another product
 * @property {() => void} [remove]
 */

/** So long nothing has changed, in milliseconds, before pictures of choices are drawn anew. */
const REST = 1500;

/** All groups, each in its frame; what changes is brought up to date in its place. */
export class Groups {
  /** @param {AnprobePanel} panel */
  constructor(panel) {
    this.panel = panel;
    this.conflict = new Conflict(panel);
    /** @type {Map<string, { frame: Frame, control: Control, spoken: string, name: string }>} */
    this.all = new Map();
    /** What the guide advises, as `group/choice`. @type {Set<string>} */
    this.suggested = new Set();
    /** What was asked for last: a conflict says of which group, and this of which choice. @type {[group: string, answer: ProductAnswer] | undefined} */
    this.asked = undefined;
    this.locale = 'en';
    this.resting = 0;
    /** @param {string} key @param {unknown[]} places */
    this.say = (key, ...places) => panel.say(key, ...places);
  }

  /** @param {ProductGroup[]} options */
  build(options) {
    this.remove();
    for (const group of options) {
      const frame = new Frame(this.panel, group.id, { part: 'group' });
      const control = this.#control(group);
      frame.body.append(control.element);
      this.all.set(group.id, { frame, control, spoken: '', name: '' });
    }
    return [...this.all.values()].map(({ frame }) => frame);
  }

  /**
   * Brings groups up to date.
   * @param {Iterable<ProductGroup | undefined>} groups
   * @returns {{ name: string, spoken: string }[]} those whose answer is another one now
   */
  update(groups) {
    this.locale = localeOf(this.panel.viewer);
    const moved = [];
    for (const group of groups) {
      const known = group && this.all.get(group.id);
      if (!known) continue;
      known.control.update(group);
      const spoken = known.control.spoken(group);
      const before = known.spoken;
      known.frame.label(group.name, spoken);
      if (known.name === group.name && before !== spoken) moved.push({ name: group.name, spoken });
      Object.assign(known, { spoken, name: group.name });
    }
    return moved;
  }

  /**
   * What a tap or key wants; what one gesture wants on its way is one step back.
   * @param {string} group @param {ProductAnswer} answer @param {number} [gesture]
   */
  take(group, answer, gesture) {
    this.asked = [group, answer];
    this.conflict.hide();
    const outcome = this.panel.viewer.select(group, answer, { gesture });
    // A slider or a field shows what is so, not what was wished.
    if (outcome === 'blocked') this.update([this.panel.viewer.option(group)]);
    this.asked = undefined;
    return outcome;
  }

  /** @param {ProductConflict} conflict */
  explain(conflict) {
    const known = this.all.get(conflict.group);
    if (!known) return;
    const answer = this.asked?.[0] === conflict.group ? this.asked[1] : undefined;
    this.conflict.show(known.frame.body, conflict, answer);
  }

  /** Pictures of choices follow the product when the customer has come to rest. */
  picture() {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      for (const { control } of this.all.values()) control.outdate?.();
    }, REST);
  }

  remove() {
    clearTimeout(this.resting);
    this.conflict.hide();
    for (const { frame, control } of this.all.values()) {
      control.remove?.();
      frame.remove();
    }
    this.all.clear();
  }

  /** @param {ProductGroup} group @returns {Control} */
  #control(group) {
    if (group.kind === 'number') return new Measure(this, group);
    if (group.kind === 'text') return new Words(this, group);
    if (group.kind === 'picture') return new Picture(this, group);
    return new Choices(this, group);
  }
}
