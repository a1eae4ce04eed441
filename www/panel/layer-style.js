import { styled } from './make.js';

/** What lies over the picture has the looks of the viewer's own buttons: glass, round, 44 pixels. */
export const LAYER_STYLE = styled(/* css */ `
:host {
  --ink: var(--anprobe-ink, CanvasText); --ground: var(--anprobe-ground, Canvas);
  --soft: color-mix(in srgb, var(--ink) 72%, var(--ground)); --line: color-mix(in srgb, var(--ink) 14%, transparent);
  color: var(--ink); font: inherit; line-height: 1.4
}
* { box-sizing: border-box }
:host([hidden]) { display: none }
[hidden] { display: none !important }
button {
  display: flex; align-items: center; justify-content: center; gap: 8px; min-width: 44px; min-height: 44px; margin: 0; padding: 0 12px;
  border: 0; border-radius: 22px; background: none; color: inherit; font: inherit; cursor: pointer; pointer-events: auto;
  touch-action: manipulation; -webkit-tap-highlight-color: transparent; white-space: nowrap
}
button:hover { background: color-mix(in srgb, var(--ink) 8%, transparent) }
button:active { background: color-mix(in srgb, var(--ink) 16%, transparent) }
button[aria-pressed=true], button.main { background: var(--ink); color: var(--ground) }
button:disabled { opacity: .4; cursor: default }
:focus-visible { outline: 2px solid var(--ink); outline-offset: 2px }
button:focus-visible { outline-offset: -5px }
button:is([aria-pressed=true], .main):focus-visible { outline-color: var(--ground) }
svg { display: block; flex: none; width: 24px; height: 24px; fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round }
.glass {
  background: color-mix(in srgb, var(--ground) 88%, transparent); -webkit-backdrop-filter: blur(16px); backdrop-filter: blur(16px);
  box-shadow: 0 0 0 1px color-mix(in srgb, var(--ink) 10%, transparent), 0 4px 16px rgb(0 0 0 / .08)
}
.heard { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
@media (forced-colors: active) { .glass { border: 1px solid CanvasText } button[aria-pressed=true] { background: Highlight; color: HighlightText; forced-color-adjust: none } }
`);
