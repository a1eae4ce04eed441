/**
 * `<anprobe-panel for="id">`: everything that a customer touches beside the product itself. All that it shows comes from
 * the viewer's public members, so that a shop can leave it out and build its own on the same.
 */
/** @import { AnprobeViewer } from '../anprobe.js' */
/** What a section of the panel gets. @typedef {AnprobePanel} Panel */

export class AnprobePanel extends HTMLElement {
  static observedAttributes = ['for'];

  /** The viewer that it belongs to. @type {AnprobeViewer | undefined} */
  get viewer() {
    const id = this.getAttribute('for');
    const root = /** @type {Document | ShadowRoot} */ (this.getRootNode());
    return /** @type {AnprobeViewer | null} */ (id ? root.querySelector(`#${CSS.escape(id)}`) : this.closest('anprobe-viewer')) ?? undefined;
  }
}

if (!customElements.get('anprobe-panel')) customElements.define('anprobe-panel', AnprobePanel);
