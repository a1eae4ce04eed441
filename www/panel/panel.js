/**
 * `<anprobe-panel for="id">`: everything that a customer touches beside the product itself. All that it shows comes from
 * the viewer's public members, so that a shop can leave it out and build its own on the same.
 */
/** @import { AnprobeViewer } from '../anprobe.js' */
import { showDialog, showToast } from './dialog.js';
import { make } from './make.js';
import { BASE } from './style.js';
import { say } from './words.js';
import './words-panel.js';

/** What a section of the panel gets. @typedef {AnprobePanel} Panel */
/**
 * One part of the panel: built once, brought up to date often.
 * @typedef {object} Section
 * @property {HTMLElement} element hidden where there is nothing to show
 * @property {() => void} update
 * @property {() => void} [remove]
 */

export class AnprobePanel extends HTMLElement {
  static observedAttributes = ['for'];

  constructor() {
    super();
    this.root = this.attachShadow({ mode: 'open' });
    this.root.adoptedStyleSheets = [BASE];
    this.status = make('div', { class: 'heard', role: 'status' });
    this.toasts = make('div', { class: 'toasts' });
    this.inner = make('div', { class: 'panel', part: 'panel' }, this.toasts, this.status);
    this.root.append(this.inner);
    /** Whether there is no more room than on a phone. */
    this.narrow = false;
  }

  /** The viewer that it belongs to. @type {AnprobeViewer} */
  get viewer() {
    const id = this.getAttribute('for');
    const root = /** @type {Document | ShadowRoot} */ (this.getRootNode());
    return /** @type {AnprobeViewer} */ (id ? root.querySelector(`#${CSS.escape(id)}`) : this.closest('anprobe-viewer'));
  }

  /** A sentence in the language of the viewer's place. @param {string} key @param {unknown[]} places */
  say(key, ...places) {
    return say(this.viewer, key, ...places);
  }

  /** Says something to those who hear the page. @param {string} text */
  live(text) {
    this.status.textContent = '';
    // Said again, it is heard again.
    setTimeout(() => { this.status.textContent = text; }, 60);
  }

  /**
   * Opens a modal dialog; on a phone it comes from below.
   * @param {{ title: string, content: Node, wide?: boolean, onclose?: () => void }} options
   */
  dialog(options) {
    return showDialog(this, this.inner, options);
  }

  /** A line that tells what happened, with one way back. @param {string} text @param {{ act?: { text: string, run: () => unknown } }} [options] */
  toast(text, options = {}) {
    showToast(this.toasts, text, options);
    this.live(text);
  }

  /** Adds a stylesheet once. @param {CSSStyleSheet} sheet */
  adopt(sheet) {
    const { adoptedStyleSheets } = this.root;
    if (!adoptedStyleSheets.includes(sheet)) this.root.adoptedStyleSheets = [...adoptedStyleSheets, sheet];
  }
}

if (!customElements.get('anprobe-panel')) customElements.define('anprobe-panel', AnprobePanel);
