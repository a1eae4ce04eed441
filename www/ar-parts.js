/** Parts of the room's own controls, without markup from strings. */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag @param {Record<string, string>} [attributes] @param {(Node | string)[]} children
 */
export function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** @param {Node} node @param {string} text */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Lines in a box of 24. @param {string} path */
export function icon(path) {
  const lines = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  lines.setAttribute('d', path);
  const made = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  made.setAttribute('viewBox', '0 0 24 24');
  made.setAttribute('aria-hidden', 'true');
  made.append(lines);
  return made;
}

/** @type {CSSStyleSheet | undefined} */
let sheet;

/** One sheet for all elements. @param {ShadowRoot} root */
export function dress(root) {
  if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(TEXT);
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}

const TEXT = /* css */ `
.ar-button { position: absolute; inset: auto auto calc(8px + var(--anprobe-below, 0px) + min(16px, var(--anprobe-below, 0px)) + var(--anprobe-covered, 0px) + var(--anprobe-lifted, 0px)) 8px; display: var(--ar-button-display, block) }
.ar-button[hidden] { display: none }
.ar-button button, .ar-said button, .ar-room button {
  display: inline-flex; align-items: center; justify-content: center; gap: 8px; width: auto; min-width: 44px; height: 44px; padding: 10px 16px; font-weight: 600; color: CanvasText;
  background: color-mix(in srgb, Canvas 86%, transparent); -webkit-backdrop-filter: blur(16px); backdrop-filter: blur(16px);
  box-shadow: 0 0 0 1px color-mix(in srgb, CanvasText 10%, transparent), 0 4px 16px rgb(0 0 0 / .12)
}
.ar-button button { transform: scale(var(--ar-button-scale, 1)); transform-origin: 0 100% }
:is(.ar-button, .ar-said, .ar-room) button:is(:hover, [aria-pressed=true], [aria-expanded=true]) { background: Canvas }
.ar-room button:is([aria-pressed=true], [aria-expanded=true]) { box-shadow: 0 0 0 2px var(--anprobe-accent, CanvasText) }
.ar-said {
  box-sizing: border-box; width: min(360px, calc(100vw - 32px)); padding: 20px; border: 0; border-radius: 16px; color: CanvasText; background: Canvas;
  box-shadow: 0 8px 40px rgb(0 0 0 / .3); font-size: max(14px, 1em); line-height: 1.45
}
.ar-said::backdrop { background: rgb(0 0 0 / .4) }
.ar-said p { margin: 0 0 12px }
.ar-said canvas { display: block; width: min(240px, 100%); height: auto; margin: 0 auto 16px; border-radius: 8px }
.ar-said div { display: flex; flex-wrap: wrap; gap: 8px; justify-content: end }
.ar-room { position: absolute; inset: 0; pointer-events: none; color: CanvasText; font-size: max(14px, 1em); line-height: 1.4; color-scheme: light dark; background: none; border: 0; padding: 0; margin: 0; width: 100%; height: 100%; overflow: hidden; touch-action: none }
.ar-room[hidden], .ar-room [hidden] { display: none !important }
.ar-room > .ar-top { position: absolute; inset: max(12px, env(safe-area-inset-top)) 12px auto; display: flex; gap: 12px; align-items: start }
.ar-room .ar-hint { flex: 1; margin: 0 auto; max-width: 30em; padding: 10px 16px; border-radius: 22px; text-align: center; background: color-mix(in srgb, Canvas 86%, transparent); -webkit-backdrop-filter: blur(16px); backdrop-filter: blur(16px) }
.ar-room .ar-hint:empty { visibility: hidden }
.ar-room :is(button, anprobe-panel, slot) { pointer-events: auto }
.ar-room > .ar-foot { position: absolute; inset: auto 0 0; display: grid; gap: 8px; padding: 0 12px max(12px, env(safe-area-inset-bottom)) }
.ar-room .ar-tools { display: flex; flex-wrap: wrap; gap: 8px; justify-content: center }
.ar-room ul { margin: 0 auto; padding: 10px 16px; border-radius: 12px; list-style: none; background: color-mix(in srgb, Canvas 90%, transparent) }
.ar-room li.collides { color: light-dark(#b3261e, #ff8a80); font-weight: 600 }
.ar-room anprobe-panel { display: block; margin: 0 -12px; height: 44vh; background: Canvas; border-radius: 16px 16px 0 0; box-shadow: 0 -8px 32px rgb(0 0 0 / .2); overflow: hidden }
@media (forced-colors: active) { :is(.ar-button, .ar-room) button, .ar-room .ar-hint { border: 1px solid ButtonText } }
`;
