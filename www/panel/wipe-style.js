import { styled } from './make.js';

/** Left and right are the picture's here, whatever the language: the line does not change sides. */
export const WIPE_STYLE = styled(/* css */ `
.wipe { position: absolute; inset: 0; container-type: inline-size; font-size: max(13px, .875em) }
.side { position: absolute; top: 0; bottom: var(--anprobe-covered, 0px); overflow: hidden }
.side.a { left: 0; width: calc(var(--wipe) * 100%) }
.side.b { right: 0; width: calc((1 - var(--wipe)) * 100%) }
.label {
  position: absolute; top: 16px; padding: 4px 12px; border-radius: 14px; white-space: nowrap; font-weight: 600;
  background: color-mix(in srgb, var(--ground) 88%, transparent); box-shadow: 0 0 0 1px color-mix(in srgb, var(--ink) 10%, transparent)
}
.side.a .label { left: 12px }
.side.b .label { right: 60px }
:host(:dir(rtl)) .side.a .label { left: 60px }
:host(:dir(rtl)) .side.b .label { right: 12px }
.line {
  position: absolute; top: 0; bottom: var(--anprobe-covered, 0px); left: calc(var(--wipe) * 100%); width: 2px; margin-left: -1px;
  background: var(--ground); box-shadow: 0 0 0 1px color-mix(in srgb, var(--ink) 40%, transparent)
}
/* A whole picture has no line in it. */
.end-of .line { display: none }
/* At an end it stays where a thumb finds it. */
.handle {
  position: absolute; top: calc((100% - var(--anprobe-covered, 0px)) / 2); left: clamp(26px, calc(var(--wipe) * 100%), calc(100% - 26px)); width: 44px; height: 44px; margin: -22px;
  padding: 10px; border-radius: 22px; background: var(--ground); color: var(--ink); cursor: ew-resize; pointer-events: auto; touch-action: none;
  box-shadow: 0 0 0 1px color-mix(in srgb, var(--ink) 40%, transparent), 0 2px 8px rgb(0 0 0 / .2)
}
.handle:active { cursor: grabbing }
.end { position: absolute; top: 8px; inset-inline-end: 8px; padding: 0 }
/* The viewer's own buttons are at the right. */
.bar { position: absolute; left: 60px; right: 60px; bottom: 8px; display: flex; gap: 8px; justify-content: center; direction: ltr }
.group { display: flex; border-radius: 22px }
.bar > button { padding: 0 16px 0 12px; border-radius: 22px }
.end, .group, .bar > button:not([aria-pressed=true]) {
  background: color-mix(in srgb, var(--ground) 88%, transparent); -webkit-backdrop-filter: blur(16px); backdrop-filter: blur(16px);
  box-shadow: 0 0 0 1px color-mix(in srgb, var(--ink) 10%, transparent), 0 4px 16px rgb(0 0 0 / .08)
}
.group { min-width: 0; font-size: inherit }
.group button { flex: 0 1 auto; overflow: hidden }
.group button span { overflow: hidden; text-overflow: ellipsis }
.end:hover, .bar > button:not([aria-pressed=true]):hover { background: color-mix(in srgb, var(--ink) 8%, var(--ground)) }
@container (max-width: 600px) {
  .bar > button { padding: 0 10px }
  .bar > button span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
}
@container (max-width: 480px) {
  .label { padding-inline: 8px; font-size: 13px }
  .side.b .label { right: 56px }
  :host(:dir(rtl)) .side.a .label { left: 56px }
  .bar { left: 8px; right: 8px; justify-content: center; font-size: 13px }
  .group button { padding: 0 8px }
}
@media (forced-colors: active) { .line { background: CanvasText } .handle, .label, .end, .group { border: 1px solid CanvasText } }
`);
