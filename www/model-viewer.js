import { AnprobeViewer } from './anprobe.js';

/**
 * `<model-viewer>` for pages that were made for Google's: the same element under its tag, where nobody has registered that
 * name. Such a page changes the address of its script, and nothing else. What of model-viewer is here and what is not stands in
 * the README.
 */

/** model-viewer's keys of `a11y`, and ours. */
const SIDES = ['front', 'right', 'back', 'left'];
const HEIGHTS = [['upper-', '-upper'], ['', ''], ['lower-', '-lower']];
/** What the page has set before this came. */
const told = /** @type {any} */ (globalThis).ModelViewerElement ?? {};

/** @type {((address: string) => string) | undefined} */
let mapped;

/** The class of `<model-viewer>`. */
export class ModelViewerElement extends AnprobeViewer {
  // Decoders come with the element, memory is counted in bytes and not in models, and resolution follows the pace of the
  // graphics: what pages set here is taken and does nothing.
  static dracoDecoderLocation = told.dracoDecoderLocation ?? '';
  static ktx2TranscoderLocation = told.ktx2TranscoderLocation ?? '';
  static meshoptDecoderLocation = told.meshoptDecoderLocation ?? '';
  static lottieLoaderLocation = told.lottieLoaderLocation ?? '';
  static powerPreference = told.powerPreference ?? 'high-performance';
  static modelCacheSize = 5;
  static minimumRenderScale = 0.25;

  /** Internal: the page's change of addresses, for the part that fetches. */
  static get mapped() {
    return mapped;
  }

  /** Every address of a model, its parts and its panoramas goes through this before it is fetched. @param {(address: string) => string} change */
  static mapURLs(change) {
    mapped = change;
  }

  /** @type {unknown} */
  #a11y = null;

  constructor() {
    super();
    new MutationObserver(() => this.#speak(this.getAttribute('a11y'))).observe(this, { attributeFilter: ['a11y'] });
  }

  connectedCallback() {
    if (Object.hasOwn(this, 'a11y')) {
      // Set before the tag was known.
      const own = /** @type {any} */ (this);
      const value = own.a11y;
      delete own.a11y;
      own.a11y = value;
    } else if (this.hasAttribute('a11y')) {
      this.#speak(this.getAttribute('a11y'));
    }
    // The types tell pages nothing of it.
    /** @type {any} */ (AnprobeViewer.prototype).connectedCallback.call(this);
    // Only the part for products can change addresses: this asks for it, and for nothing else.
    if (mapped) this.queryHotspot('');
  }

  /** What those hear who do not see the view: an object, or its JSON, by model-viewer's keys. */
  get a11y() {
    return this.#a11y;
  }

  set a11y(value) {
    this.#speak(value);
  }

  /** @param {unknown} given */
  #speak(given) {
    this.#a11y = given;
    let said = /** @type {any} */ (given);
    if (typeof given === 'string') {
      try {
        said = JSON.parse(given);
      } catch {
        return console.warn('<model-viewer> a11y is not JSON:', given);
      }
    }
    /** @type {Record<string, string>} */
    const before = /** @type {any} */ (this).words;
    const words = Object.fromEntries(Object.entries(before).filter(([key]) => !/^(help$|view(-|$))/.test(key)));
    if (said && typeof said === 'object') {
      if (typeof said['interaction-prompt'] === 'string') words.help = said['interaction-prompt'];
      const own = SIDES.flatMap((side) => HEIGHTS.map(([theirs, ours]) => [`view-${side}${ours}`, said[theirs + side]]))
        .filter(([, text]) => typeof text === 'string');
      if (own.length) {
        const place = /** @type {HTMLElement | null} */ (this.closest('[lang]'))?.lang.toLowerCase() ?? 'en';
        const table = AnprobeViewer.words[place] ?? AnprobeViewer.words[place.split('-')[0]] ?? AnprobeViewer.words.en;
        // Theirs are whole sentences, ours are names in one.
        for (const [key, name] of Object.entries(table)) {
          if (key.startsWith('view-')) words[key] = table.view.replace('{0}', name);
        }
        Object.assign(words, Object.fromEntries(own), { view: '{0}' });
      }
    }
    /** @type {any} */ (this).words = words;
  }
}

if (globalThis.customElements && !customElements.get('model-viewer')) {
  customElements.define('model-viewer', ModelViewerElement);
  Object.assign(globalThis, { ModelViewerElement });
}
