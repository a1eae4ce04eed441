import { ATTRIBUTES, reflect, upgrade } from './attributes.js';
import { Shell } from './shell.js';
import { speak, WORDS } from './words.js';

/** Where there is no DOM the class exists, but nothing can be made of it. */
const Base = globalThis.HTMLElement ?? /** @type {typeof HTMLElement} */ (/** @type {unknown} */ (class {}));

/** `<anprobe-viewer>`: model-viewer's attributes, properties, methods and events. */
export class AnprobeViewer extends Base {
  static observedAttributes = [...ATTRIBUTES.map(([name]) => name), 'lang'];

  /** All words, by language; assigning adds to them. */
  static get words() {
    return WORDS;
  }

  /** @param {Record<string, Record<string, string>>} languages */
  static set words(languages) {
    speak(languages);
  }

  static {
    const prototype = /** @type {any} */ (this.prototype);
    // The module that knows products knows these, too: it is fetched, and does what was asked.
    for (const name of ['positionAndNormalFromPoint', 'surfaceFromPoint', 'materialFromPoint', 'queryHotspot', 'updateHotspot', 'activateAR']) {
      prototype[name] = function (/** @type {any[]} */ ...given) {
        this.#shell.able = true;
        this.#shell.waiting.set(given, () => this[name](...given));
        this.#shell.start();
        return null;
      };
    }
  }

  /** @type {Shell} */
  #shell;
  /** As the page set it, before there is a viewer. */
  #timeScale = 1;

  constructor() {
    super();
    this.#shell = new Shell(this);
    const value = () => {
      const stage = this.#shell.host?.stage;
      return stage?.raw && [stage.backend, ...stage.raw.statistics()];
    };
    // Internal: what the renderer did and holds, for tests.
    Object.defineProperty(this, Symbol.for('anprobe.statistics'), { value });
  }

  connectedCallback() {
    upgrade(this, ['words', 'currentTime', 'timeScale']);
    this.#shell.connect();
  }

  disconnectedCallback() {
    this.#shell.disconnect();
  }

  /** @param {string} name @param {string | null} before @param {string | null} value */
  attributeChangedCallback(name, before, value) {
    if (before !== value) this.#shell.attribute(name, value);
  }

  /** This element's own words, by key; they come before the table of its language. */
  get words() {
    return this.#shell.words;
  }

  set words(words) {
    this.#shell.words = { ...words };
    this.#shell.label();
  }

  /** Whether the file is read and its picture stands. */
  get loaded() {
    return this.#read((raw) => raw.loaded, false);
  }

  get modelIsVisible() {
    return this.#read((raw) => raw.modelIsVisible, false);
  }

  getCameraOrbit() {
    const [theta, phi, radius] = this.#read((raw) => raw.cameraOrbit(), [0, 0, 0]);
    return { theta, phi, radius, toString: () => `${theta}rad ${phi}rad ${radius}m` };
  }

  getCameraTarget() {
    return point(this.#read((raw) => raw.cameraTarget(), [0, 0, 0]));
  }

  /** Degrees, vertical. */
  getFieldOfView() {
    return this.#read((raw) => raw.fieldOfView, 0);
  }

  getMinimumFieldOfView() {
    return this.#read((raw) => raw.minimumFieldOfView, 0);
  }

  getMaximumFieldOfView() {
    return this.#read((raw) => raw.maximumFieldOfView, 0);
  }

  /** Width by height of a picture that the product fills best. */
  getIdealAspect() {
    return this.#read((raw) => raw.idealAspect, 1);
  }

  /** The product's size in metres. */
  getDimensions() {
    return point(this.#read((raw) => raw.dimensions(), [0, 0, 0]));
  }

  getBoundingBoxCenter() {
    return point(this.#read((raw) => raw.boundingBoxCenter(), [0, 0, 0]));
  }

  jumpCameraToGoal() {
    this.#command('jumpCameraToGoal');
  }

  async updateFraming() {
    this.#command('updateFraming');
  }

  /** @param {number} keyPresses positive: nearer */
  zoom(keyPresses) {
    this.#set('zoom', keyPresses);
  }

  /** Radians by which the product has turned by itself. */
  get turntableRotation() {
    return this.#read((raw) => raw.turntableRotation, 0);
  }

  resetTurntableRotation(theta = 0) {
    this.#set('resetTurntableRotation', theta);
  }

  get availableVariants() {
    return this.#read((raw) => /** @type {string[]} */ (raw.availableVariants()), []);
  }

  get availableCameras() {
    return this.#read((raw) => /** @type {string[]} */ (raw.availableCameras()), []);
  }

  get availableAnimations() {
    return this.#read((raw) => /** @type {string[]} */ (raw.availableAnimations()), []);
  }

  play({ repetitions = Infinity, pingpong = false } = {}) {
    this.#shell.tell('play', (raw) => raw.play(repetitions, pingpong));
  }

  pause() {
    this.#command('pause');
  }

  get paused() {
    return this.#read((raw) => raw.paused, true);
  }

  /** Seconds. */
  get duration() {
    return this.#read((raw) => raw.duration, 0);
  }

  /** Seconds. */
  get currentTime() {
    return this.#read((raw) => raw.currentTime, 0);
  }

  set currentTime(seconds) {
    this.#set('currentTime', seconds);
  }

  get timeScale() {
    return this.#read((raw) => raw.timeScale, this.#timeScale);
  }

  set timeScale(factor) {
    this.#timeScale = Number(factor);
    this.#set('timeScale', factor);
  }

  dismissPoster() {
    this.#shell.told = true;
    this.#command('dismissPoster');
    this.#shell.start();
  }

  showPoster() {
    this.#shell.told = false;
    this.#command('showPoster');
  }

  /**
   * The view as it is, drawn anew.
   * @param {{ mimeType?: string, qualityArgument?: number, idealAspect?: boolean, width?: number, height?: number }} [options]
   *   `width` and `height` in pixels; the element's own without them
   * @returns {Promise<Blob>}
   */
  async toBlob({ mimeType = 'image/png', qualityArgument, idealAspect = false, width, height } = {}) {
    const canvas = this.#still(idealAspect, width, height);
    return new Promise((resolve, reject) => {
      canvas.toBlob((blob) => {
        if (blob) resolve(blob);
        else reject(new DOMException('there is no picture yet', 'InvalidStateError'));
      }, mimeType, qualityArgument);
    });
  }

  /** @param {string} [type] @param {number} [encoderOptions] */
  toDataURL(type, encoderOptions) {
    return this.#still(false).toDataURL(type, encoderOptions);
  }

  /** @param {boolean} ideal @param {number} [width] @param {number} [height] */
  #still(ideal, width, height) {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 0;
    const { host, pixels } = this.#shell;
    if (!host) return canvas;
    let [x, y] = [width ?? pixels[0], height ?? pixels[1]];
    if (ideal) {
      const aspect = this.getIdealAspect();
      [x, y] = [Math.min(x, y * aspect), Math.min(y, x / aspect)];
    }
    const { longest } = host.stage;
    [x, y] = [x, y].map((side) => Math.max(1, Math.min(longest, Math.round(side))));
    this.#shell.call((raw) => raw.still(canvas, x, y));
    return canvas;
  }

  /** @param {string} name */
  #command(name) {
    this.#shell.tell(name, (raw) => raw.command(name));
  }

  /** @param {string} name @param {number} value */
  #set(name, value) {
    this.#shell.tell(name, (raw) => raw.set(name, value));
  }

  /**
   * @template T
   * @param {(raw: any) => T} act
   * @param {T} absent what holds before there is a viewer
   * @returns {T}
   */
  #read(act, absent) {
    return this.#shell.call(act) ?? absent;
  }
}

reflect(AnprobeViewer.prototype);

/** @param {ArrayLike<number>} metres */
function point({ 0: x, 1: y, 2: z }) {
  return { x, y, z, toString: () => `${x}m ${y}m ${z}m` };
}
