import { styled } from './make.js';

/**
 * The base of everything in the panel's shadow root. What a shop sets on the panel or above it comes in by
 * `--anprobe-…`; `.panel` hands on the same names with defaults, so that sections need none of their own.
 */
export const BASE = styled(/* css */ `
:host {
  --accent: var(--anprobe-accent, CanvasText); --ground: var(--anprobe-ground, Canvas); --ink: var(--anprobe-ink, CanvasText);
  --soft: var(--anprobe-soft, color-mix(in oklab, var(--ink) 64%, var(--ground)));
  --line: var(--anprobe-line, color-mix(in oklab, var(--ink) 14%, var(--ground)));
  --radius: var(--anprobe-radius, 12px);
  display: block; position: relative; box-sizing: border-box; font: inherit; color: var(--ink)
}
:host([hidden]), [hidden] { display: none !important }
*, ::before, ::after { box-sizing: border-box }
.panel {
  --anprobe-accent: var(--accent); --anprobe-ground: var(--ground); --anprobe-ink: var(--ink); --anprobe-soft: var(--soft);
  --anprobe-line: var(--line); --anprobe-radius: var(--radius);
  /* The accent as words and lines on the ground, and words on the accent: 4.5:1 whatever the shop chose. */
  --on-accent: oklch(from var(--accent) clamp(0, (.6 - l) * 1000, 1) 0 0);
  --accent-line: light-dark(oklch(from var(--accent) min(l, .55) c h), oklch(from var(--accent) max(l, .75) c h));
  --wash: color-mix(in oklab, var(--ink) 5%, var(--ground));
  --wash-more: color-mix(in oklab, var(--ink) 10%, var(--ground));
  --small: max(12px, .8125em); --large: 1.375em; --warn: light-dark(#8a4b00, #f2b75e);
  font-size: max(15px, 1em); line-height: 1.4; background: var(--ground); color: var(--ink); accent-color: var(--accent-line); font-variant-numeric: tabular-nums;
  -webkit-tap-highlight-color: transparent
}
h2, h3, h4, p, ul, ol, dl, dd, figure, table, fieldset { margin: 0; padding: 0; border: 0 }
ul, ol { list-style: none }
h2, h3, h4 { font-size: 1em; font-weight: 600; line-height: 1.3 }
h2 { font-size: var(--large); letter-spacing: -.01em }
small, .small { font-size: var(--small); line-height: 1.35 }
.soft { color: var(--soft) }
.strong { font-weight: 600 }
svg { display: block; flex: none; width: 24px; height: 24px; fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round }
.heard { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
:is(button, a, input, select, textarea, [tabindex]):focus-visible { outline: 2px solid var(--accent-line); outline-offset: 2px }
/* No :where on purpose: the browser's own look of a button must not come through. */
button {
  display: inline-flex; align-items: center; justify-content: center; gap: 8px; min-width: 44px; min-height: 44px; margin: 0;
  padding: 8px 16px; border: 1px solid var(--line); border-radius: var(--radius); background: none; color: inherit; font: inherit;
  line-height: 1.25; text-align: center; cursor: pointer; touch-action: manipulation; user-select: none; -webkit-user-select: none
}
button.main { border-color: transparent; background: var(--accent); color: var(--on-accent); font-weight: 600 }
button.quiet { border-color: transparent; padding: 8px 12px }
button:has(> svg:only-child) { padding: 9px }
button:active { background: var(--wash-more) }
button.main:active { background: color-mix(in oklab, var(--accent) 86%, var(--on-accent)) }
@media (hover: hover) {
  button:hover { background: var(--wash) }
  button.main:hover { background: color-mix(in oklab, var(--accent) 92%, var(--on-accent)) }
}
button:disabled, button[aria-disabled=true] { color: color-mix(in oklab, var(--ink) 40%, var(--ground)); cursor: default; background: none }
button.main:disabled, button.main[aria-disabled=true] { background: var(--wash-more); color: var(--soft) }
a { color: inherit; text-underline-offset: 3px; text-decoration-thickness: 1px }
input:not([type=radio], [type=checkbox], [type=range], [type=color], [type=file]), textarea, select {
  min-height: 44px; width: 100%; padding: 8px 12px; border: 1px solid color-mix(in oklab, var(--ink) 48%, var(--ground));
  border-radius: var(--radius); background: none; color: inherit; font: inherit; font-size: max(16px, 1em)
}
table { width: 100%; border-collapse: collapse; text-align: start }
th, td { padding: 8px 0; border-block-end: 1px solid var(--line); text-align: start; vertical-align: top; font-weight: inherit }
th { padding-inline-end: 16px; color: var(--soft) }
tr:last-child > :is(th, td) { border-block-end: 0 }
td.figure { text-align: end; white-space: nowrap }
dialog {
  width: min(480px, 100vw); max-width: none; max-height: min(85dvh, 800px); margin: auto; padding: 0; border: 0; overflow: hidden;
  border-radius: calc(var(--radius) + 4px); background: var(--ground); color: inherit; box-shadow: 0 24px 64px rgb(0 0 0 / .24), 0 0 0 1px var(--line)
}
dialog[open] { display: flex; flex-direction: column }
dialog.wide { width: min(960px, 100vw) }
dialog::backdrop { background: rgb(0 0 0 / .4) }
dialog > header { flex: none; display: flex; align-items: center; gap: 8px; padding: 8px 8px 8px 24px; padding-inline: 24px 8px }
dialog > header h2 { flex: 1; min-width: 0; font-size: 1.125em }
dialog > .content { flex: 1; min-height: 0; overflow: auto; overscroll-behavior: contain; padding: 8px 24px max(24px, env(safe-area-inset-bottom)) }
@media (max-width: 599px) {
  dialog, dialog.wide { width: 100vw; margin-block-end: 0; max-height: 90dvh; border-end-start-radius: 0; border-end-end-radius: 0 }
  dialog > header { padding-inline-start: 16px }
  dialog > .content { padding-inline: 16px }
}
.toasts { position: absolute; inset-inline: 16px; inset-block-end: 100%; z-index: 3; display: grid; gap: 8px; justify-items: center; padding-block-end: 12px; pointer-events: none }
.toast {
  display: flex; align-items: center; gap: 4px; max-width: 100%; min-height: 48px; padding: 2px 4px; padding-inline-start: 16px;
  border-radius: var(--radius); background: var(--ink); color: var(--ground); box-shadow: 0 8px 24px rgb(0 0 0 / .2); pointer-events: auto
}
.toast > span { flex: 1; padding-block: 8px; padding-inline-end: 12px }
.toast button { border: 0; font-weight: 600; color: inherit }
.toast button:is(:hover, :active) { background: color-mix(in oklab, var(--ground) 16%, var(--ink)) }
.toast button:focus-visible { outline-color: var(--ground); outline-offset: -4px }
@media (prefers-reduced-motion: no-preference) {
  dialog[open], .toast { animation: rise .2s ease-out }
  dialog::backdrop { animation: appear .2s }
  @keyframes rise { from { opacity: 0; transform: translateY(16px) } }
  @keyframes appear { from { opacity: 0 } }
}
@media (prefers-reduced-motion: reduce) { *, ::before, ::after { transition: none !important; animation: none !important } }
@media (forced-colors: active) {
  dialog, .toast { border: 1px solid CanvasText }
  button.main { border-color: ButtonText }
  button:disabled, button[aria-disabled=true] { color: GrayText }
}
`);
