/** @import { Room } from './ar.js' */
/** @import { Session } from './ar-session.js' */
import { dress, icon, make, write } from './ar-parts.js';

/** What is seen over the camera's picture, where browsers show it: hints, buttons, the page's own children, the panel. */

/** Fine steps while aligning: metres and radians. */
const STEP = 0.002;
const TURN = Math.PI / 360;
const CROSS = 'M6 6l12 12M18 6L6 18';

/** @type {[key: string, numbers: number[]][]} */
const NUDGES = [
  ['left', [-STEP, 0, 0, 0]], ['right', [STEP, 0, 0, 0]], ['farther', [0, 0, -STEP, 0]], ['nearer', [0, 0, STEP, 0]],
  ['up', [0, STEP, 0, 0]], ['down', [0, -STEP, 0, 0]], ['turn-left', [0, 0, 0, TURN]], ['turn-right', [0, 0, 0, -TURN]],
];

export class Overlay {
  /** @param {Room} room */
  constructor(room) {
    this.room = room;
    const root = /** @type {ShadowRoot} */ (room.element.shadowRoot);
    dress(root);
    const exit = this.button('exit', () => room.session?.stop());
    exit.setAttribute('part', 'default-exit-webxr-ar-button');
    exit.replaceChildren(icon(CROSS));
    this.exit = exit;
    const slot = make('slot', { name: 'exit-webxr-ar-button' }, exit);
    slot.addEventListener('click', (event) => {
      if (!event.composedPath().includes(exit)) room.session?.stop();
    });
    this.hint = make('p', { class: 'ar-hint', role: 'status', part: 'ar-hint' });
    /** @type {Record<string, HTMLButtonElement>} */
    this.tools = {
      replace: this.button('replace', () => this.order('replace')),
      'true-size': this.button('true-size', () => this.order('true-size')),
      'before-after': this.button('before-after', () => this.order('before-after')),
      own: this.button('own', () => this.order('align', [room.seen?.align === 'off' ? 1 : 0])),
      points: this.button('points', () => this.order('points', [room.seen?.marking ? 0 : 1])),
      measure: this.button('measure', () => this.order('measure', [room.seen?.measuring ? 0 : 1])),
      skip: this.button('skip', () => this.order('skip')),
      back: this.button('back', () => this.order('back')),
      options: this.button('options', () => this.toggle()),
    };
    this.nudges = make('div', { class: 'ar-tools', role: 'group' }, ...NUDGES.map(([key, numbers]) => this.button(key, () => this.order('nudge', numbers))));
    this.sides = make('ul', { part: 'ar-fit' });
    this.foot = make('div', { class: 'ar-foot' }, this.sides, this.nudges, make('div', { class: 'ar-tools', role: 'group' }, ...Object.values(this.tools)));
    this.root = make('div', { class: 'ar-room', hidden: '', part: 'ar-room' }, make('div', { class: 'ar-top' }, this.hint, slot), this.foot);
    // What is meant for a button is not meant for the floor behind it.
    this.root.addEventListener('beforexrselect', (event) => {
      if (event.composedPath()[0] !== this.root) event.preventDefault();
    });
    root.append(this.root);
    /** @type {HTMLElement | undefined} */
    this.panel = undefined;
    /** Where the page's own children are shown otherwise. @type {[HTMLElement, Node | null] | undefined} */
    this.moved = undefined;
    /** @type {Session | undefined} */
    this.session = undefined;
  }

  /** @param {string} key @param {() => unknown} act */
  button(key, act) {
    const made = make('button', { type: 'button', 'data-word': `ar-${key}` });
    made.addEventListener('click', act);
    return made;
  }

  /** @param {string} order @param {number[]} [numbers] */
  order(order, numbers) {
    this.room.session?.order(order, numbers);
  }

  /** The browser is asked: the root has to be there. */
  wait() {
    this.root.hidden = false;
    write(this.hint, this.room.say('ar-hint-loading'));
    this.foot.hidden = true;
  }

  /** @param {Session} session */
  open(session) {
    this.session = session;
    const over = /** @type {HTMLElement | null} */ (this.room.element.shadowRoot?.querySelector('.over'));
    if (session.given.domOverlayState && over) {
      this.moved = [over, over.nextSibling];
      this.root.prepend(over);
    } else {
      // Nothing of it is seen.
      this.root.hidden = !session.given.domOverlayState;
    }
    this.update();
  }

  close() {
    this.session = undefined;
    this.root.hidden = true;
    if (this.moved) {
      const [over, before] = this.moved;
      before?.parentNode ? before.parentNode.insertBefore(over, before) : this.room.element.shadowRoot?.append(over);
      this.moved = undefined;
    }
    this.panel?.remove();
    this.panel = undefined;
  }

  update() {
    const { room, tools } = this;
    const { seen } = room;
    if (!this.session || this.root.hidden) return;
    this.foot.hidden = !seen;
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (this.root.querySelectorAll('[data-word]'))) {
      const text = room.say(button.dataset.word ?? '');
      if (button === this.exit) button.setAttribute('aria-label', text);
      else write(button, text);
    }
    if (!seen) return;
    const scaled = seen.placed && Math.abs(seen.scale - 1) > 1e-4;
    const percent = new Intl.NumberFormat(room.locale, { style: 'percent' }).format(seen.scale);
    write(this.hint, seen.hint ? this.hinted(seen) : scaled ? room.say('ar-scale', percent) : '');
    const isProduct = Boolean(/** @type {any} */ (room.element).configuration);
    const quiet = seen.measuring || seen.align === 'aligning';
    /** @param {string} name @param {boolean} shown @param {boolean} [pressed] */
    const show = (name, shown, pressed) => {
      tools[name].hidden = !shown;
      if (pressed !== undefined) tools[name].setAttribute('aria-pressed', String(pressed));
    };
    show('replace', seen.placed && !seen.measuring && !seen.marking);
    show('true-size', scaled && !quiet);
    show('before-after', seen.owned && seen.placed && !quiet, seen.before);
    show('own', seen.owned && !seen.measuring && !seen.marking, seen.align !== 'off');
    show('points', seen.marks || seen.marking, seen.marking);
    show('measure', seen.hint !== 'loading' && seen.align !== 'aligning', seen.measuring);
    show('skip', seen.marking || (seen.measuring && Boolean(seen.side)));
    show('back', seen.measuring || seen.marking);
    show('options', isProduct && !quiet);
    if (seen.align === 'aligning') write(tools.own, room.say('ar-done'));
    if (seen.marking) {
      write(tools.points, room.say('ar-by-hand'));
      write(tools.skip, room.say('ar-unseen'));
    }
    if (seen.measuring && !seen.side) write(tools.measure, room.say('ar-done'));
    tools.options.setAttribute('aria-expanded', String(Boolean(this.panel)));
    this.nudges.hidden = seen.align !== 'aligning' || !seen.placed || seen.marking;
    this.tellSides(seen.sides);
  }

  /** @param {{ hint: string, point: string | null, trouble: string, off: number | null }} seen */
  hinted({ hint, point, trouble, off }) {
    const { room } = this;
    if (hint === 'align' && off !== null) return room.say('ar-laid', room.centimetres(off));
    const what = room.hinted(hint, point);
    return trouble && (hint === 'mark' || hint.startsWith('measure-')) ? `${room.say(`ar-${trouble}`)} ${what}` : what;
  }

  /** @param {{ axis: string, spare: number, uncertainty: number, verdict: string }[]} sides */
  tellSides(sides) {
    const { room } = this;
    this.sides.hidden = !sides.length;
    const lines = sides.map(({ axis, spare, uncertainty, verdict }) => {
      const key = verdict === 'close' ? 'ar-close-to-tell' : `ar-${verdict}`;
      const text = room.say(key, room.say(`ar-${axis}`), room.centimetres(Math.abs(spare)), room.centimetres(uncertainty));
      return make('li', { class: verdict }, text);
    });
    const total = ['collides', 'close', 'fits'].find((verdict) => sides.some((side) => side.verdict === verdict));
    const whole = { collides: 'ar-some-collide', close: 'ar-some-close', fits: 'ar-all-fit' }[total ?? ''];
    if (whole) lines.unshift(make('li', {}, make('b', {}, room.say(whole))));
    if (total === 'collides') {
      const gap = ['width', 'height', 'depth'].map((axis) => /** @type {any} */ (sides.find((side) => side.axis === axis))?.have ?? 0);
      const found = /** @type {any} */ (room.element).fits?.(...gap);
      const names = (found?.options ?? []).map((/** @type {{ name: string }} */ { name }) => name);
      if (names.length) lines.push(make('li', {}, room.say('ar-would-fit', new Intl.ListFormat(room.locale).format(names))));
    }
    this.sides.replaceChildren(...lines);
  }

  /** The panel: another one of the same viewer. */
  async toggle() {
    if (this.panel) {
      this.panel.remove();
      this.panel = undefined;
    } else {
      await import(String(new URL('./anprobe_panel.js', import.meta.url)));
      if (!this.session) return;
      this.panel = document.createElement('anprobe-panel');
      this.foot.append(this.panel);
    }
    this.update();
  }
}
