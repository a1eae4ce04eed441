// Every change of the host's background is a transition, however short, so that its end is heard.
// Marked, so that the build can shorten what a minifier of modules leaves alone.
const TEXT = /* css */ `
:host { display: block; position: relative; contain: strict; width: 300px; height: 150px; font: inherit; transition: background-color 1ms }
:host([hidden]) { display: none }
.view, .view > *, .poster, .poster img, .over, ::slotted([slot=poster]) { position: absolute; inset: 0; width: 100%; height: 100% }
.view { outline: none; user-select: none; -webkit-user-select: none; -webkit-tap-highlight-color: transparent }
.view[tabindex] { cursor: grab }
.view[tabindex]:active { cursor: grabbing }
canvas { display: block; pointer-events: none }
.covered canvas { visibility: hidden }
.over { pointer-events: none }
.over ::slotted(*) { pointer-events: auto }
.view:focus-visible::after, button:focus-visible::after {
  content: ''; position: absolute; inset: 0; pointer-events: none; border-radius: inherit;
  border: 2px solid CanvasText; outline: 2px solid Canvas; outline-offset: -4px
}
.poster { background: var(--poster-color, transparent); pointer-events: none; transition: opacity .25s ease-out }
.poster.gone { opacity: 0; visibility: hidden; transition: opacity .25s ease-out, visibility 0s .25s }
::slotted([slot=poster]) { pointer-events: auto }
.poster img { object-fit: contain }
.poster img:not([src]) { display: none }
.progress { position: absolute; inset: 0 0 auto; pointer-events: none; transition: opacity .3s .15s }
.progress.gone { opacity: 0 }
.bar {
  height: var(--progress-bar-height, 2px); transform: scaleX(0); transform-origin: 0 0; transition: transform .15s linear;
  background: var(--progress-bar-color, color-mix(in srgb, CanvasText 55%, transparent))
}
:host(:dir(rtl)) .bar { transform-origin: 100% 0 }
.buttons {
  position: absolute; right: max(8px, env(safe-area-inset-right)); bottom: 8px; display: flex; flex-wrap: wrap;
  justify-content: end; max-width: calc(100% - 16px); border-radius: 22px; color: CanvasText;
  opacity: .6; transition: opacity .2s, background-color .2s
}
/* First for the keyboard, last for the eye: it stays where it was. */
.buttons button:first-child { order: 1 }
.buttons:hover, .buttons:focus-within, .buttons.open { opacity: 1 }
.buttons.open, .message {
  background: color-mix(in srgb, Canvas 82%, transparent); -webkit-backdrop-filter: blur(16px); backdrop-filter: blur(16px);
  box-shadow: 0 0 0 1px color-mix(in srgb, CanvasText 10%, transparent), 0 4px 16px rgb(0 0 0 / .08)
}
.buttons[hidden], .buttons:not(.open) button + button, .message[hidden] { display: none }
button {
  position: relative; flex: none; width: 44px; height: 44px; padding: 10px; border: 0; border-radius: 22px; outline: none;
  background: none; color: inherit; font: inherit; cursor: pointer; touch-action: manipulation;
  -webkit-tap-highlight-color: transparent
}
button:hover { background: color-mix(in srgb, CanvasText 8%, transparent) }
:host([disable-zoom]) :is([data-key=in], [data-key=out]) { display: none !important }
button:active { background: color-mix(in srgb, CanvasText 16%, transparent) }
svg { display: block; width: 24px; height: 24px; fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round }
.message {
  position: absolute; left: 50%; top: 50%; transform: translate(-50%, -50%); box-sizing: border-box; width: max-content;
  max-width: calc(100% - 16px); padding: 12px 16px; border-radius: 12px; color: CanvasText; text-align: center;
  font-size: max(13px, .875em); line-height: 1.4
}
.message.low { top: auto; bottom: 8px; transform: translateX(-50%); display: flex; flex-wrap: wrap; justify-content: center; align-items: center; padding: 4px 12px; line-height: 1.3 }
.message.low[hidden] { display: none }
.message button { width: auto; height: auto; padding: 10px 16px; font-weight: 600; line-height: 24px }
.message.low button { padding: 6px 12px }
.message p { margin: 0 }
.message:not(.low) button { margin: 4px 0 -8px }
.heard { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
@media (prefers-reduced-motion: reduce) { * { transition: none !important } }
@media (forced-colors: active) { .buttons, .message { border: 1px solid CanvasText; opacity: 1 } }
`;

/** @type {CSSStyleSheet | undefined} */
let sheet;

/** One sheet for all elements; adopted, so that `style-src 'self'` is enough. */
export function style() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(TEXT);
  }
  return sheet;
}
