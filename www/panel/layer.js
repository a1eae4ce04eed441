/** @import { AnprobeViewer } from '../anprobe.js' */
import { make } from './make.js';

/**
 * A layer over a viewer's picture: its own styles, no touch of its own unless a part of it wants one (`pointer-events: auto`).
 * @param {AnprobeViewer} viewer @param {CSSStyleSheet[]} sheets
 */
export function layerOver(viewer, sheets) {
  const host = make('div', { 'data-anprobe-layer': '' });
  host.style.cssText = 'position:absolute;inset:0;pointer-events:none;overflow:hidden';
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = sheets;
  viewer.append(host);
  return { host, root, remove: () => host.remove() };
}
