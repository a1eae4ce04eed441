/**
 * Every attribute with the value of its property when it is absent: model-viewer's names and defaults.
 * The kind follows from that value: a flag, a number, or text.
 * @type {readonly (readonly [name: string, absent: boolean | number | string | null | undefined])[]}
 */
export const ATTRIBUTES = [
  ['alt', null], ['poster', null], ['reveal', 'auto'], ['loading', 'auto'],
  ['with-credentials', false], ['backend', 'auto'],
  ['camera', null], ['camera-controls', false], ['camera-orbit', '0deg 75deg 105%'], ['camera-target', 'auto auto auto'],
  ['field-of-view', 'auto'],
  ['min-camera-orbit', 'auto'], ['max-camera-orbit', 'auto'],
  ['min-field-of-view', 'auto'], ['max-field-of-view', 'auto'],
  ['interpolation-decay', 50],
  ['orbit-sensitivity', 1], ['zoom-sensitivity', 1], ['pan-sensitivity', 1],
  ['touch-action', 'none'], ['disable-zoom', false], ['disable-pan', false], ['disable-tap', false],
  ['interaction-prompt', 'auto'], ['interaction-prompt-threshold', 3000],
  ['auto-rotate', false], ['auto-rotate-delay', 3000], ['rotation-per-second', 'auto'],
  ['environment-image', null], ['skybox-image', null], ['skybox-height', '0'],
  ['exposure', 1], ['tone-mapping', 'auto'],
  ['shadow-intensity', 0], ['shadow-softness', 1],
  ['autoplay', false], ['animation-name', undefined], ['animation-crossfade-duration', 300],
  ['variant-name', null], ['orientation', '0 0 0'], ['scale', '1 1 1'],
  ['currency', null], ['config', null], ['owned', null], ['ar', false], ['generate-schema', false],
  // Last, so that a viewer that starts knows everything else before it loads.
  ['src', null], ['product', null],
];

/** What the shell does by itself; everything else is the viewer's. */
const OWN = ['alt', 'poster', 'with-credentials', 'backend'];

/** The attributes that are handed on to the viewer, `src` last. */
export const RELAYED = ATTRIBUTES.map(([name]) => name).filter((name) => !OWN.includes(name));

/**
 * Gives a class one property for each attribute; the attribute stays the only place where the value lives.
 * @param {HTMLElement} prototype
 */
export function reflect(prototype) {
  for (const [name, absent] of ATTRIBUTES) {
    Object.defineProperty(prototype, property(name), {
      configurable: true,
      enumerable: true,
      /** @this {HTMLElement} */
      get() {
        const text = this.getAttribute(name);
        if (typeof absent === 'boolean') return text !== null;
        if (text === null) return absent;
        if (typeof absent !== 'number') return text;
        const number = Number.parseFloat(text);
        return Number.isNaN(number) ? absent : number;
      },
      /** @this {HTMLElement} @param {unknown} value */
      set(value) {
        if (typeof absent === 'boolean') this.toggleAttribute(name, Boolean(value));
        else if (value === null || value === undefined) this.removeAttribute(name);
        else this.setAttribute(name, String(value));
      },
    });
  }
}

/**
 * What a framework or page set before the element was defined becomes what it would have been.
 * @param {HTMLElement} element
 * @param {string[]} more properties without an attribute
 */
export function upgrade(element, more) {
  const own = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (element));
  for (const name of [...ATTRIBUTES.map(([name]) => property(name)), ...more]) {
    if (!Object.prototype.hasOwnProperty.call(element, name)) continue;
    const value = own[name];
    delete own[name];
    own[name] = value;
  }
}

/** @param {string} attribute */
function property(attribute) {
  return attribute.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
}
