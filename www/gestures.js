/** @import { Shell } from './shell.js' */
import { KEYS } from './parts.js';

const ACTS = ['pointerdown', 'pointermove', 'pointerup', 'pointercancel', 'lostpointercapture'];
const HANDLED = new Set(Object.values(KEYS));
/** CSS pixels of a line; browsers do not tell. */
const LINE = 18;
/** A pinch on a touchpad arrives as a wheel with Ctrl, and with small steps. */
const PINCH = 8;

/** Fingers, mouse, wheel, keys and buttons become events of the viewer; what they mean is the viewer's business. */
export class Gestures {
  /** @param {Shell} shell */
  constructor(shell) {
    const { view, toggle, keys, buttons } = shell.parts;
    this.shell = shell;
    this.view = view;
    this.buttons = buttons;
    for (const type of ACTS) view.addEventListener(type, (event) => this.pointer(/** @type {PointerEvent} */ (event)));
    view.addEventListener('keydown', (event) => this.keydown(event));
    view.addEventListener('contextmenu', (event) => {
      if (this.on && !shell.has('disable-pan')) event.preventDefault();
    });
    for (const button of keys) button.addEventListener('click', (event) => this.button(button, event));
    toggle.addEventListener('click', () => this.open(!buttons.classList.contains('open')));
    buttons.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !buttons.classList.contains('open')) return;
      this.open(false);
      toggle.focus();
    });
    /** @param {WheelEvent} event */
    this.wheel = (event) => {
      event.preventDefault();
      const unit = [1, LINE, view.clientHeight][event.deltaMode] ?? 1;
      const delta = event.deltaY * unit * (event.ctrlKey ? PINCH : 1);
      shell.call((raw) => raw.wheel(delta, event.timeStamp / 1000));
    };
    /** Safari lets a page scroll in the middle of a gesture, unless its touches are held. @param {TouchEvent} event */
    this.touch = (event) => {
      if (this.held && event.cancelable) event.preventDefault();
    };
    this.on = false;
    /** The gesture that is going on is the product's. */
    this.held = false;
  }

  /** Follows `camera-controls`, `disable-zoom` and `touch-action`. */
  update() {
    const { shell, view } = this;
    this.on = shell.has('camera-controls');
    // A page must stay scrollable over a picture that does not turn.
    view.style.touchAction = shell.call((raw) => raw.touchAction) ?? '';
    // Only where they are needed: such listeners make scrolling wait.
    const wheels = this.on && !shell.has('disable-zoom');
    view[wheels ? 'addEventListener' : 'removeEventListener']('wheel', /** @type {any} */ (this.wheel), { passive: false });
    view[this.on ? 'addEventListener' : 'removeEventListener']('touchmove', /** @type {any} */ (this.touch), { passive: false });
    this.buttons.hidden = !(this.on && shell.loaded);
  }

  /** @param {PointerEvent} event */
  pointer(event) {
    if (!this.on) return;
    const { view, shell } = this;
    const act = ACTS.indexOf(event.type);
    if (act === 0) {
      try {
        view.setPointerCapture(event.pointerId);
      } catch {
        // A page's own event has no pointer that could be captured.
      }
    } else if (act === 1 && !view.hasPointerCapture(event.pointerId)) return;
    const pan = event.button > 0 || event.buttons > 1 || event.shiftKey || event.ctrlKey || event.metaKey;
    const touch = event.pointerType !== 'mouse';
    shell.quiet = true;
    const time = event.timeStamp / 1000;
    this.held = Boolean(shell.call((raw) => raw.pointer(act, event.pointerId, touch, event.offsetX, event.offsetY, pan, time)));
  }

  /** @param {KeyboardEvent} event */
  keydown(event) {
    if (!this.on || event.ctrlKey || event.altKey || event.metaKey || !HANDLED.has(event.key)) return;
    event.preventDefault();
    this.press(event.key, event.shiftKey, event.timeStamp);
  }

  /** @param {HTMLElement} button @param {MouseEvent} event */
  button(button, event) {
    const key = KEYS[/** @type {keyof typeof KEYS} */ (button.dataset.key)];
    this.press(key, false, event.timeStamp);
  }

  /** @param {string} key @param {boolean} shift @param {number} time */
  press(key, shift, time) {
    this.shell.quiet = false;
    this.shell.call((raw) => raw.key(key, shift, time / 1000));
    this.shell.hear();
  }

  /** @param {boolean} open */
  open(open) {
    this.buttons.classList.toggle('open', open);
    this.shell.parts.toggle.setAttribute('aria-expanded', String(open));
  }
}
