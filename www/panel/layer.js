/** @import { AnprobeViewer } from '../anprobe.js' */
import { make, styled } from './make.js';

/** The picture and its buttons end above what covers its lower edge. */
const COVERED = styled(/* css */ `
.view { height: calc(100% - var(--anprobe-below, 0px) - var(--anprobe-covered, 0px)) }
.buttons { bottom: calc(8px + var(--anprobe-below, 0px) + var(--anprobe-covered, 0px)) }
`);

/** Keeps the picture above what covers its lower edge: a length, or none. @param {AnprobeViewer} viewer @param {string} height */
export function cover(viewer, height) {
  const { adoptedStyleSheets } = /** @type {ShadowRoot} */ (viewer.shadowRoot);
  if (!adoptedStyleSheets.includes(COVERED)) adoptedStyleSheets.push(COVERED);
  if (height) viewer.style.setProperty('--anprobe-covered', height);
  else viewer.style.removeProperty('--anprobe-covered');
}

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
