/** @import { Room } from './ar.js' */

/** The menu that stands in the room of a headset. Where its cells are, and what they do, is Rust's; here are its words. */

const WIDTH = 768;

export class Menu {
  /** @param {Room} room */
  constructor(room) {
    this.room = room;
    this.drawn = '';
    this.over = false;
    const places = [.../** @type {Float32Array} */ (room.call((raw) => raw.menuPlaces()) ?? [])];
    const [width = 1, height = 1, ...rest] = places;
    this.names = /** @type {string[]} */ (room.call((raw) => raw.menuNames()) ?? []);
    this.cells = this.names.map((name, at) => ({ name, place: rest.slice(4 * at, 4 * at + 4) }));
    this.canvas = document.createElement('canvas');
    this.canvas.width = WIDTH;
    this.canvas.height = Math.round(WIDTH * height / width);
  }

  /** Draws it anew when it says something else. */
  async update() {
    const { menu, before, align, hint } = this.room.seen ?? {};
    const key = JSON.stringify([menu, before, align, hint]);
    if (!menu || key === this.drawn || this.over) return;
    this.drawn = key;
    this.draw(menu, before);
    const picture = await createImageBitmap(this.canvas);
    // Something newer may be on its way.
    if (this.drawn === key && !this.over) this.room.call((raw) => raw.menuPicture(picture));
    picture.close();
  }

  /** @param {{ group: string, choice: string, under: number | null }} menu @param {boolean} before */
  draw({ group, choice, under }, before) {
    const { canvas, room } = this;
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.fillStyle = 'rgb(24 25 28 / .92)';
    context.beginPath();
    context.roundRect(0, 0, canvas.width, canvas.height, 36);
    context.fill();
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    /** @type {Record<string, string>} */
    const texts = {
      group, choice, 'group-before': group && '‹', 'group-after': group && '›', 'choice-before': choice && '‹', 'choice-after': choice && '›',
      hint: room.seen.hint && room.hinted(room.seen.hint, room.seen.point),
      own: room.seen.owned ? room.say(room.seen.align === 'aligning' ? 'ar-done' : 'ar-own') : '',
      'before-after': room.seen.owned && room.seen.align !== 'aligning' ? room.say('ar-before-after') : '', 'true-size': room.say('ar-true-size'), elsewhere: room.say('ar-menu-elsewhere'), exit: room.say('ar-menu-exit'),
    };
    this.cells.forEach(({ name, place }, at) => {
      const [left, top, width, height] = place.map((share, side) => share * (side % 2 ? canvas.height : canvas.width));
      const text = texts[name];
      if (!text) return;
      const acts = !['group', 'choice', 'hint'].includes(name);
      const on = (name === 'before-after' && before) || (name === 'own' && room.seen.align !== 'off');
      if (acts && (at === under || on)) {
        context.fillStyle = at === under ? 'rgb(255 255 255 / .24)' : 'rgb(255 255 255 / .12)';
        context.beginPath();
        context.roundRect(left + 8, top + 8, width - 16, height - 16, 24);
        context.fill();
      }
      context.fillStyle = name === 'group' ? 'rgb(255 255 255 / .7)' : '#fff';
      const large = text.length === 1 ? 72 : name === 'choice' ? 46 : name === 'hint' ? 30 : 32;
      context.font = `${name === 'choice' ? 600 : 400} ${large}px system-ui, sans-serif`;
      // What is too long for a line has two.
      const words = text.split(' ');
      const half = context.measureText(text).width > width - 20 ? Math.ceil(words.length / 2) : words.length;
      const lines = [words.slice(0, half), words.slice(half)].filter((line) => line.length).map((line) => line.join(' '));
      lines.forEach((line, at) => context.fillText(line, left + width / 2, top + height / 2 + (at - (lines.length - 1) / 2) * 1.15 * large, width - 20));
    });
  }

  close() {
    this.over = true;
  }
}
