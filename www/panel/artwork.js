/** @import { AnprobePanel } from './panel.js' */
/** @import { ProductGroup, ProductHand, ProductHint, ProductLayer, ProductPlaced, ProductSurface } from '../anprobe.js' */
import { Fields, Layers } from './artwork-fields.js';
import { Stage, gesture, isPlaced } from './artwork-stage.js';
import { STYLE } from './artwork-style.js';
import { button, icon, make, set, write } from './make.js';
import './words-art.js';
import { localeOf } from './words.js';

/** Keys of one kind within this time are one step of the history, in milliseconds. */
const SPELL = 900;
/** A further picture, and words beside it, are smaller than by themselves. */
const FURTHER = { picture: -5000, text: -3000 };

/**
 * Opens the editor of what a group has on its surface, over the panel.
 * @param {AnprobePanel} panel @param {string} group
 */
export function openArtwork(panel, group) {
  // The panel may have gone while this was fetched.
  if (!panel.isConnected) return undefined;
  const surface = panel.viewer.surface(group);
  const option = panel.viewer.option(group);
  return surface && option ? new Editor(panel, option, surface) : undefined;
}

/** What a layer has without where it lies. @param {ProductLayer & ProductPlaced} layer @returns {ProductLayer} */
function plain({ centerMm, sizeMm, turnDeg, ...layer }) {
  return layer;
}

class Editor {
  /** @param {AnprobePanel} panel @param {ProductGroup} group @param {ProductSurface} surface */
  constructor(panel, group, surface) {
    panel.adopt(STYLE);
    this.panel = panel;
    this.viewer = panel.viewer;
    this.group = group.id;
    this.isText = group.kind === 'text';
    /** @type {(ProductLayer & ProductPlaced)[]} */
    this.layers = [];
    this.chosen = -1;
    this.spell = { kind: '', number: 0, until: 0 };
    const say = (/** @type {string} */ key, /** @type {unknown[]} */ ...places) => panel.say(key, ...places);
    this.say = say;
    this.stage = new Stage(panel, group.id, {
      select: (at) => this.select(at),
      arrange: (at, hand, number) => this.arrange(hand, number, at),
      key: (event) => this.#key(event),
    });
    this.keys = make('p', { class: 'heard', id: 'art-keys' }, say('art-keys'));
    set(this.stage.element, { 'aria-describedby': 'art-keys' });
    this.back = button({ icon: 'undo', label: say('art-undo'), kind: 'quiet', act: () => this.viewer.undo() });
    this.forth = button({ icon: 'redo', label: say('art-redo'), kind: 'quiet', act: () => this.viewer.redo() });
    this.heard = make('p', { class: 'heard', role: 'status' });
    this.trouble = make('p', { class: 'art-hints', role: 'alert' });
    this.repair = make('div');
    this.hints = make('ul', { class: 'art-hints' });
    this.list = new Layers(panel, { select: (at) => this.select(at), swap: (at, by) => this.#swap(at, by), remove: (at) => this.#remove(at) });
    this.fields = new Fields(panel, {
      change: (more, number) => this.#change(more, number),
      arrange: (hand) => this.arrange(hand, 0),
      fit: () => this.#change({ x: 0, y: 0, scale: 0, rotation: 0 }),
      type: (text, number) => this.#type(text, number),
    }, { max: group.max, coloured: !this.isText && surface.process !== 'engraving', fonts: surface.fonts.length ? surface.fonts : this.viewer.fonts });
    const pick = (/** @type {'picture' | 'photo'} */ kind) => {
      const input = make('input', { type: 'file', accept: 'image/*', capture: kind === 'photo' && 'environment', 'aria-label': say(`art-${kind}`) });
      input.addEventListener('change', () => this.#take(input.files).finally(() => { input.value = ''; }));
      return make('label', { class: 'pick' }, icon(kind === 'photo' ? 'plus' : 'picture'), make('span', { 'aria-hidden': 'true' }, say(`art-${kind}`)), input);
    };
    const photo = matchMedia('(pointer: coarse)').matches && pick('photo');
    this.adds = make('div', { class: 'art-adds' }, pick('picture'), photo, button({ text: say('art-text'), icon: 'text', act: () => this.#write() }));
    this.adds.hidden = this.isText;
    this.stays = make('p', { class: 'soft small' }, say('art-stays'));
    this.stays.hidden = this.isText;
    this.list.element.hidden = this.isText;
    const done = button({ text: say('art-done'), kind: 'main', part: 'artwork-done', act: () => this.dialog.close() });
    this.save = button({ icon: 'download', label: say('art-file'), act: () => this.#save() });
    const acts = make('div', { class: 'art-acts' }, this.back, this.forth, make('span', { class: 'gap' }), this.save);
    const content = this.element = make('div', { part: 'artwork' }, this.stage.element, this.keys, this.heard, acts, this.trouble, this.repair, make('div', { role: 'status' }, this.hints),
      this.adds, this.list.element, this.fields.element, this.stays, make('div', { class: 'art-done' }, done));
    this.#admit(content);
    const changes = () => this.#soon();
    this.viewer.addEventListener('configuration-change', changes);
    const restore = this.#face(surface);
    this.dialog = panel.dialog({ title: say('art-title', surface.name || group.name), content, onclose: () => {
      this.viewer.removeEventListener('configuration-change', changes);
      cancelAnimationFrame(this.frame);
      this.frame = -1;
      this.stage.remove();
      this.viewer.markSurface();
      restore();
    } });
    this.dialog.element.classList.add('artwork');
    this.viewer.markSurface(this.group);
    this.chosen = this.#read().length - 1;
    this.update();
    (this.isText && !this.layers.length ? this.fields.text : this.stage.element).focus();
  }

  /** Turns the product so that the surface faces the camera; gives the way back. @param {ProductSurface} surface */
  #face({ camera }) {
    const names = ['camera-orbit', 'camera-target'];
    const before = names.map((name) => this.viewer.getAttribute(name));
    if (!camera) return () => {};
    this.viewer.resetTurntableRotation?.(0);
    set(this.viewer, { 'camera-orbit': camera.orbit, 'camera-target': camera.target });
    return () => names.forEach((name, at) => set(this.viewer, { [name]: before[at] }));
  }

  /** Pictures come by drop and paste, too. @param {HTMLElement} place */
  #admit(place) {
    const flat = this.stage.element;
    place.addEventListener('dragover', (event) => {
      event.preventDefault();
      flat.classList.add('over');
    });
    place.addEventListener('dragleave', () => flat.classList.remove('over'));
    place.addEventListener('drop', (event) => {
      event.preventDefault();
      flat.classList.remove('over');
      this.#take(event.dataTransfer?.files);
    });
    place.addEventListener('paste', (event) => {
      if (!event.clipboardData?.files.length) return;
      event.preventDefault();
      this.#take(event.clipboardData.files);
    });
  }

  #read() {
    return this.layers = this.viewer.artwork(this.group)?.layers ?? [];
  }

  /** Once for each picture of the screen. */
  #soon() {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.update();
    });
  }

  update() {
    const surface = this.viewer.surface(this.group);
    const artwork = this.viewer.artwork(this.group);
    if (!surface || !artwork) return;
    const { layers, hints } = artwork;
    this.layers = layers;
    this.chosen = Math.min(this.isText ? 0 : this.chosen, layers.length - 1);
    const layer = layers[this.chosen];
    this.names = this.#named(layers);
    this.stage.update(surface, layers, this.chosen, this.say(this.isText ? 'art-empty-text' : 'art-empty'));
    this.list.update(layers, this.chosen, this.names);
    this.fields.update(layer, surface, this.isText || layer?.text !== undefined);
    const { canUndo = false, canRedo = false } = this.viewer.configuration ?? {};
    this.back.disabled = !canUndo;
    this.forth.disabled = !canRedo;
    this.save.hidden = !layers.length;
    const said = hints.map((hint) => this.#hint(hint));
    if (said.join() !== this.said) {
      this.said = said.join();
      this.hints.replaceChildren(...said.map((text) => make('li', {}, icon('info'), make('span', {}, text))));
    }
    // Words are measured anew when their font is there.
    for (const { font = '', text = '' } of layers) {
      if (font && !this.fonts.has(font + text)) {
        this.fonts.add(font + text);
        this.viewer.loadFont(font, text).then(() => this.#soon());
      }
    }
  }

  frame = 0;
  fonts = /** @type {Set<string>} */ (new Set());
  names = /** @type {string[]} */ ([]);
  said = '';

  /** @param {ProductLayer[]} layers */
  #named(layers) {
    let pictures = 0;
    return layers.map(({ text }) => (text === undefined ? this.say('art-layer-picture', ++pictures) : this.say('art-layer-text', text)));
  }

  /** @param {ProductHint} hint */
  #hint({ kind, layer, cm, px, mm }) {
    const number = new Intl.NumberFormat(localeOf(this.viewer));
    if (kind === 'soft') return this.say('art-soft', number.format(cm ?? 0), number.format(px ?? 0));
    return this.say(`art-${kind}`, this.names[layer] ?? '', number.format(mm ?? 0));
  }

  /** @param {number} at */
  select(at) {
    this.chosen = at;
    this.update();
  }

  /** Puts a layer where a hand wants it. @param {Partial<ProductHand>} hand @param {number} number of the gesture @param {number} [at] */
  arrange(hand, number, at = this.chosen) {
    const layer = this.layers[at];
    if (!isPlaced(layer)) return;
    const { centerMm, sizeMm, turnDeg } = layer;
    const placement = this.viewer.arranged(this.group, plain(layer), { centerMm, widthMm: sizeMm[0], turnDeg, ...hand });
    if (placement) this.#put(this.layers.map((each, place) => ({ ...plain(each), ...(place === at && placement) })), number);
  }

  /** @param {Partial<ProductLayer>} more @param {number} [number] */
  #change(more, number) {
    this.#put(this.layers.map((each, at) => ({ ...plain(each), ...(at === this.chosen && more) })), number);
  }

  /** @param {string} text @param {number} number */
  #type(text, number) {
    if (this.isText && !this.layers.length) return this.#put([{ text }], number);
    // Nothing said is no layer; of several the one without words waits for its letters.
    if (!text && !this.isText) return;
    this.#change({ text }, number);
  }

  /** @param {ProductLayer[]} layers @param {number} [number] */
  #put(layers, number = 0) {
    const outcome = this.viewer.setArtwork(this.group, layers, { gesture: number });
    this.trouble.textContent = '';
    this.repair.replaceChildren();
    if (outcome === 'blocked') this.#explain(layers);
    // The next move starts from here, not from the last picture.
    if (outcome === 'changed') this.#read();
    return outcome;
  }

  /** The rules of the product are in the way: says why, and offers the way out. @param {ProductLayer[]} layers */
  #explain(layers) {
    const conflict = this.viewer.explain(this.group, layers);
    if (!conflict) return;
    this.trouble.textContent = [conflict.text, ...conflict.reasons.map(({ text }) => text)].join(' ');
    if (!conflict.repair) return;
    const changes = conflict.repair.changes.map(({ text }) => text).join(', ');
    this.repair.replaceChildren(button({ text: this.say('art-repair', changes), act: () => {
      this.viewer.repair(this.group, layers);
      this.trouble.textContent = '';
      this.repair.replaceChildren();
      this.chosen = layers.length - 1;
    } }));
  }

  /** @param {FileList | null | undefined} files */
  async #take(files) {
    if (this.isText) return;
    this.trouble.textContent = '';
    for (const file of files ?? []) {
      const picture = await this.viewer.remember(file).catch(() => '');
      if (!picture) {
        this.trouble.textContent = this.say('art-bad');
        continue;
      }
      this.#add(this.layers.length ? { picture, scale: FURTHER.picture } : { picture });
    }
  }

  #write() {
    this.#add({ text: this.say('art-your-text'), scale: FURTHER.text });
    this.fields.text.focus();
    this.fields.text.select();
  }

  /** @param {ProductLayer} layer */
  #add(layer) {
    if (this.#put([...this.layers.map(plain), layer]) !== 'changed') return;
    this.chosen = this.layers.length - 1;
    this.update();
  }

  /** @param {number} at @param {number} by */
  #swap(at, by) {
    const layers = this.layers.map(plain);
    [layers[at], layers[at + by]] = [layers[at + by], layers[at]];
    if (this.#put(layers) !== 'changed') return;
    this.chosen = at + by;
    this.update();
  }

  /** @param {number} at */
  #remove(at) {
    const name = this.names[at];
    if (this.#put(this.layers.filter((_, place) => place !== at).map(plain)) !== 'changed') return;
    this.chosen = Math.max(0, this.chosen - Number(at <= this.chosen));
    this.update();
    this.heard.textContent = this.say('art-removed', name);
    // What had the focus is gone; taking it back is at hand.
    this.back.focus();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const layer = this.layers[this.chosen];
    if (!isPlaced(layer) || event.ctrlKey || event.metaKey || event.altKey) return;
    const { centerMm: [x, y], sizeMm: [width], turnDeg } = layer;
    const step = event.shiftKey ? 10 : 1;
    const round = (/** @type {number} */ value) => Math.round(value * 10) / 10;
    /** @type {Record<string, [kind: string, hand: Partial<ProductHand>]>} */
    const acts = {
      ArrowLeft: ['move', { centerMm: [round(x - step), y] }],
      ArrowRight: ['move', { centerMm: [round(x + step), y] }],
      ArrowUp: ['move', { centerMm: [x, round(y - step)] }],
      ArrowDown: ['move', { centerMm: [x, round(y + step)] }],
      '+': ['size', { widthMm: width * 1.05 }],
      '=': ['size', { widthMm: width * 1.05 }],
      '-': ['size', { widthMm: width / 1.05 }],
      '[': ['turn', { turnDeg: Math.round(turnDeg) - 1 }],
      ']': ['turn', { turnDeg: Math.round(turnDeg) + 1 }],
      '{': ['turn', { turnDeg: Math.round(turnDeg) - 15 }],
      '}': ['turn', { turnDeg: Math.round(turnDeg) + 15 }],
    };
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      return this.#remove(this.chosen);
    }
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    const now = performance.now();
    if (this.spell.kind !== act[0] || now > this.spell.until) this.spell = { kind: act[0], number: gesture(), until: 0 };
    this.spell.until = now + SPELL;
    this.arrange(act[1], this.spell.number);
    const after = this.layers[this.chosen];
    if (!isPlaced(after)) return;
    const [across, down] = after.centerMm.map(round);
    const said = { move: ['art-at', across, down], size: ['art-is-wide', round(after.sizeMm[0])], turn: ['art-is-turned', round(after.turnDeg)] };
    const [key, ...places] = said[/** @type {keyof typeof said} */ (act[0])];
    write(this.heard, this.say(String(key), ...places));
  }

  /** The shop's file, for whoever wants to see it: a download, which sends nothing anywhere. */
  async #save() {
    const file = await this.viewer.printFile(this.group);
    const href = URL.createObjectURL(file);
    make('a', { href, download: file.name }).click();
    setTimeout(() => URL.revokeObjectURL(href), 10_000);
  }
}
