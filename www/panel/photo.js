/** @import { Design } from './kept.js' */
/** @import { Panel } from './panel.js' */
import { download, fileName } from './design.js';
import { button, make, set, styled, write } from './make.js';
import { Align } from './photo-align.js';
import { LiveCamera } from './photo-camera.js';
import { Hands } from './photo-hands.js';
import { bare, keepPhoto, taken } from './photo-kept.js';
import './words-keep.js';
import './words-photo.js';

const STYLE = styled(/* css */ `
.photo, .photo .open, .photo .align, .photo .points { display: grid; gap: 12px }
.photo .acts { display: flex; flex-wrap: wrap; gap: 8px }
.photo .acts button { flex: 1 1 auto }
.photo .steps { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 8px }
.photo :is(.steps, .align) [aria-pressed=true] { border-color: var(--accent-line); box-shadow: inset 0 0 0 1px var(--accent-line); font-weight: 600 }
.photo .fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(120px, 1fr)); gap: 8px; padding-block: 8px }
.photo .fields label, .photo .bright { display: grid; gap: 4px; font-size: var(--small, .8125em) }
.photo .fields input { width: 100%; min-width: 0 }
.photo summary { min-height: 44px; line-height: 44px; cursor: pointer }
.photo .marks { display: grid; gap: 4px; padding-inline-start: 24px }
.photo .marks button { min-height: 44px; text-align: start }
.photo .marks [aria-current] { font-weight: 600; text-decoration: underline; text-underline-offset: 4px }
.photo .trouble:empty { display: none }
.photo .trouble { color: var(--warn) }
.photo input[type=range] { width: 100%; min-height: 44px }
.photo .switch { display: flex; align-items: center; gap: 8px; min-height: 44px }
`);

const STEPS = /** @type {const} */ (['align', 'before', 'after']);

/** The upgrade on a picture of the one that the customer has: taken, picked or live; all on the device. */
export class PhotoSection {
  /** @param {Panel} panel */
  constructor(panel) {
    panel.adopt(STYLE);
    this.panel = panel;
    this.lead = make('p', { class: 'soft' });
    this.owns = button({ icon: 'check', text: ' ', act: () => panel.pickOwned() });
    this.take = this.#file(true);
    this.pick = this.#file(false);
    this.live = button({ icon: 'play', text: ' ', act: () => this.#begin() });
    this.starts = make('div', { class: 'acts' }, this.take.button, this.pick.button, this.live, this.take.input, this.pick.input);
    this.trouble = make('p', { class: 'trouble small', role: 'alert' });
    this.steps = STEPS.map((step) => button({ text: ' ', act: () => this.#view(step) }));
    this.group = make('div', { class: 'steps', role: 'group' }, ...this.steps);
    this.note = make('p', { class: 'soft small' });
    this.align = new Align(panel, () => this.update());
    this.brightWords = make('span');
    this.bright = make('input', { type: 'range', min: -2, max: 2, step: 0.1, name: 'brighter' });
    this.bright.addEventListener('input', () => panel.viewer.setPhoto('brighter', this.bright.valueAsNumber));
    this.brightness = make('label', { class: 'bright' }, this.brightWords, this.bright);
    this.wholeWords = make('span');
    this.whole = make('input', { type: 'checkbox', name: 'whole' });
    this.whole.addEventListener('change', () => panel.viewer.setPhoto('fit', this.whole.checked ? 'contain' : 'cover'));
    this.freeze = button({ icon: 'picture', text: ' ', kind: 'main', act: () => this.#freeze() });
    this.save = button({ icon: 'keep', text: ' ', act: () => this.#save() });
    this.share = button({ icon: 'share', text: ' ', act: () => this.#share() });
    this.ends = button({ icon: 'close', text: ' ', kind: 'quiet', act: () => this.close() });
    this.acts = make('div', { class: 'acts' }, this.freeze, this.save, this.share, this.ends);
    this.open = make('div', { class: 'open', hidden: true }, this.group, this.note, this.align.element, this.brightness,
      make('label', { class: 'switch' }, this.whole, this.wholeWords), this.acts);
    this.element = make('div', { class: 'photo', part: 'photo' }, this.lead, this.owns, this.starts, this.trouble, this.open);
    /** @type {Hands | undefined} */
    this.hands = undefined;
    /** @type {LiveCamera | undefined} */
    this.camera = undefined;
    /** What is kept: pixels alone. @type {Blob | undefined} */
    this.picture = undefined;
    this.focal = 0;
    this.follow = () => this.#draw();
    panel.viewer.addEventListener('render', this.follow);
    taken(panel, (picture, photo) => this.#again(picture, photo));
  }

  /** A button and the input behind it. @param {boolean} takes */
  #file(takes) {
    const input = make('input', { type: 'file', accept: 'image/*', capture: takes && 'environment', hidden: true, name: takes ? 'take' : 'pick' });
    input.addEventListener('change', () => {
      const [file] = input.files ?? [];
      if (file) this.#show(file).finally(() => { input.value = ''; });
    });
    return { input, button: button({ icon: takes ? 'plus' : 'picture', text: ' ', act: () => input.click() }) };
  }

  update() {
    const { panel } = this;
    const { viewer } = panel;
    const photo = viewer.photo;
    const owned = Boolean(viewer.configuration?.owned);
    const words = (/** @type {HTMLElement} */ made, /** @type {string} */ key) => write(/** @type {HTMLElement} */ (made.querySelector('span')), panel.say(key));
    if (!photo && this.hands) this.#shut();
    write(this.lead, panel.say(owned ? 'photo-lead' : 'photo-none'));
    this.owns.hidden = owned;
    this.starts.hidden = !owned || Boolean(photo);
    this.live.hidden = !LiveCamera.isThere;
    this.open.hidden = !photo;
    words(this.owns, 'photo-pick-owned');
    words(this.take.button, 'photo-take');
    words(this.pick.button, 'photo-pick');
    words(this.live, 'photo-live');
    set(this.take.input, { 'aria-label': panel.say('photo-take') });
    set(this.pick.input, { 'aria-label': panel.say('photo-pick') });
    if (!photo) return;
    set(this.group, { 'aria-label': panel.say('photo-steps') });
    STEPS.forEach((step, at) => {
      words(this.steps[at], `photo-${step}`);
      set(this.steps[at], { 'aria-pressed': String(photo.view === step) });
    });
    write(this.note, photo.view === 'align' ? '' : panel.say(!photo.ready ? 'photo-wait' : photo.brings ? 'photo-gone' : 'photo-same'));
    this.note.hidden = !this.note.textContent;
    this.align.element.hidden = photo.view !== 'align';
    if (photo.view === 'align') this.align.update(photo);
    write(this.brightWords, panel.say('photo-brightness'));
    this.brightness.hidden = photo.view !== 'after';
    if (!this.bright.matches(':focus')) this.bright.value = String(photo.brighter);
    write(this.wholeWords, panel.say('photo-whole'));
    this.whole.checked = photo.fit === 'contain';
    this.freeze.hidden = !this.camera;
    words(this.freeze, 'photo-freeze');
    words(this.save, 'photo-save');
    words(this.share, typeof navigator.canShare === 'function' ? 'photo-share' : 'photo-download');
    words(this.ends, 'photo-close');
    this.#draw();
  }

  /** Marks on the picture, and what it says to those who hear it. */
  #draw() {
    const { hands, align, panel } = this;
    const photo = hands && panel.viewer.photo;
    if (!hands || !photo) return;
    const marking = align.marking && photo.view === 'align';
    if (marking && !hands.marks) hands.center();
    const points = marking ? photo.marks.flatMap(({ id, marked }, at) => (marked ? [{ x: marked[0], y: marked[1], text: String(at + 1), now: false }] : id === align.now ? [{ x: hands.cross[0], y: hands.cross[1], text: String(at + 1), now: true }] : [])) : [];
    const name = photo.marks.find(({ id }) => id === align.now)?.name ?? '';
    hands.turns = align.turning;
    hands.layer.host.hidden = photo.view !== 'align';
    hands.update(marking ? panel.say('photo-stage-marks', name) : panel.say('photo-stage'), marking, points);
  }

  /** @param {Blob | ImageBitmap} picture @param {number} [focal] */
  async #show(picture, focal) {
    const { panel } = this;
    write(this.trouble, '');
    const came = await panel.viewer.showPhoto(picture, { focal }).catch(() => /** @type {const} */ ('refused'));
    if (came !== 'shown') {
      this.camera?.end();
      this.camera = undefined;
      write(this.trouble, panel.say(came === 'not-owned' ? 'photo-none' : `photo-${came}`));
      return false;
    }
    this.picture = undefined;
    this.hands ??= new Hands(panel, { moved: () => this.update(), marked: (x, y) => this.align.place(x, y) });
    this.align.marking = this.align.turning = false;
    panel.viewer.setPhoto('view', 'align');
    this.update();
    panel.live(panel.say('photo-opened'));
    return true;
  }

  async #begin() {
    const camera = this.camera = new LiveCamera();
    let first = true;
    const why = await camera.begin((bitmap) => {
      if (!first) return this.panel.viewer.nextPhoto(bitmap);
      first = false;
      return this.#show(bitmap);
    });
    if (!why) return;
    this.camera = undefined;
    write(this.trouble, this.panel.say(`photo-${why === 'none' ? 'no-camera' : why}`));
  }

  /** The film stops, its last picture stays. */
  #freeze() {
    this.camera?.end();
    this.camera = undefined;
    this.update();
    this.steps[0].focus();
  }

  /** @param {typeof STEPS[number]} step */
  #view(step) {
    this.panel.viewer.setPhoto('view', step);
    if (step !== 'align') this.align.marking = false;
    this.update();
    this.panel.live(`${this.panel.say(`photo-${step}`)}. ${this.note.textContent}`);
  }

  async #save() {
    const { panel } = this;
    try {
      this.#freezeQuietly();
      const shown = panel.viewer.photoPicture();
      this.picture ??= shown && await bare(shown);
      if (!this.picture || !panel.viewer.photo) return;
      const { knowsFocal, focal } = panel.viewer.photo;
      const design = await keepPhoto(panel, this.picture, knowsFocal ? focal : 0);
      panel.toast(panel.say('photo-saved', design.name));
    } catch {
      panel.toast(panel.say('keep-failed'));
    }
  }

  /** What is kept or shared is one picture. */
  #freezeQuietly() {
    if (!this.camera) return;
    this.camera.end();
    this.camera = undefined;
    this.update();
  }

  async #share() {
    const { panel } = this;
    const { viewer } = panel;
    const { width = 0, height = 0 } = viewer.photo ?? {};
    try {
      this.#freezeQuietly();
      const blob = await viewer.toBlob({ mimeType: 'image/jpeg', qualityArgument: 0.92, width, height });
      const name = fileName([viewer.sheet?.name ?? ''], 'jpg');
      const file = new File([blob], name, { type: 'image/jpeg' });
      if (navigator.canShare?.({ files: [file] })) await navigator.share({ files: [file] });
      else download(file, name);
    } catch (error) {
      if (/** @type {DOMException} */ (error).name !== 'AbortError') panel.toast(panel.say('photo-failed'));
    }
  }

  /** A design with its picture is opened. @param {Blob} picture @param {NonNullable<Design['photo']>} photo */
  async #again(picture, { focal, numbers, brighter, view }) {
    const { viewer } = this.panel;
    if (!await this.#show(picture, focal)) return;
    viewer.alignPhoto(numbers);
    viewer.setPhoto('brighter', brighter);
    viewer.setPhoto('view', view);
    this.picture = picture;
    this.update();
  }

  /** Back to the product; another picture may be taken. */
  close() {
    const { panel } = this;
    panel.viewer.endPhoto();
    this.#shut();
    this.update();
    this.pick.button.focus();
  }

  #shut() {
    this.camera?.end();
    this.camera = undefined;
    this.hands?.remove();
    this.hands = undefined;
    this.picture = undefined;
    this.align.marking = false;
  }

  remove() {
    const { viewer } = this.panel;
    viewer.removeEventListener('render', this.follow);
    this.#shut();
    viewer.endPhoto();
  }
}
