/** @import { Room } from './ar.js' */

/** The menu that stands in the room of a headset. Where its cells are, and what they do, is Rust's; here are its words. */

const WIDTH = 768;
/** Cells that do nothing. */
const SHOWS = new Set(['group', 'choice', 'hint']);

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
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    /** @type {Record<string, string>} */
    const texts = {
      group, choice, 'group-before': group && '‹', 'group-after': group && '›', 'choice-before': choice && '‹', 'choice-after': choice && '›',
      hint: room.seen.hint && room.hinted(room.seen.hint, room.seen.point),
      own: room.seen.owned ? room.say(room.seen.align === 'aligning' ? 'ar-done' : 'ar-own') : '',
      'before-after': room.seen.owned && room.seen.align !== 'aligning' ? room.say('ar-before-after') : '', 'true-size': room.say('ar-true-size'), elsewhere: room.say('ar-menu-elsewhere'), exit: room.say('ar-menu-exit'),
    };
    /** @param {string} style @param {number[]} box @param {number} inset @param {number} radius */
    const sheet = (style, [left, top, width, height], inset, radius) => {
      context.fillStyle = style;
      context.beginPath();
      context.roundRect(left + inset, top + inset, width - 2 * inset, height - 2 * inset, radius);
      context.fill();
    };
    const cells = this.cells.flatMap(({ name, place }, at) => {
      const text = texts[name];
      return text ? [{ name, text, at, box: place.map((share, side) => share * (side % 2 ? canvas.height : canvas.width)) }] : [];
    });
    // What is said floats above; choices and buttons are one sheet, as large as what is there.
    const DARK = 'rgb(24 25 28 / .92)';
    for (const { box } of cells.filter(({ name }) => name === 'hint')) sheet(DARK, box, 4, 32);
    sheet(DARK, around(cells.filter(({ name }) => name !== 'hint').map(({ box }) => box)), 0, 36);
    cells.forEach(({ name, text, at, box }) => {
      const [left, top, width, height] = box;
      const on = (name === 'before-after' && before) || (name === 'own' && room.seen.align !== 'off');
      if (!SHOWS.has(name)) sheet(`rgb(255 255 255 / ${at === under ? 0.28 : on ? 0.2 : 0.08})`, box, 8, 24);
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

/** The box around boxes of left, top, width and height. @param {number[][]} boxes */
function around(boxes) {
  const [left, top] = [0, 1].map((side) => Math.min(...boxes.map((box) => box[side])));
  const [right, below] = [0, 1].map((side) => Math.max(...boxes.map((box) => box[side] + box[side + 2])));
  return [left, top, right - left, below - top];
}
