import { styled } from './make.js';

/** A card over the picture's lower edge: the product stays in sight. */
export const PLAYER_STYLE = styled(/* css */ `
:host { container-type: size }
.player {
  position: absolute; inset-inline: 8px; bottom: 8px; max-width: 480px; max-height: calc(60% - 8px); margin-inline: auto; padding: 4px 16px 12px;
  overflow: auto; border-radius: var(--anprobe-radius, 12px); pointer-events: auto; font-size: max(14px, .9375em)
}
.head { display: flex; align-items: center; justify-content: space-between; gap: 8px; margin-inline-end: -12px }
h2 { flex: 1; margin: 0; font-size: 1em; font-weight: 600; outline: none; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.tabs { display: flex; flex: 1; margin-inline-start: -12px }
.tabs button { position: relative; border-radius: 8px; background: none; color: var(--soft) }
.tabs button[aria-pressed=true] { color: var(--ink); font-weight: 600 }
.tabs button[aria-pressed=true]::after { content: ''; position: absolute; inset-inline: 12px; bottom: 6px; height: 2px; border-radius: 1px; background: currentColor }
.tabs button:focus-visible { outline-color: var(--ink) }
p { margin: 0 }
.count, .need { color: var(--soft); font-size: max(13px, .875em) }
.text { margin-block: 2px; font-weight: 600 }
.row { display: flex; align-items: center; gap: 4px; margin: 8px -4px 0 -12px }
:host(:dir(rtl)) .row { margin: 8px -12px 0 -4px }
:host(:dir(rtl)) .row button:first-child svg { scale: -1 1 }
.row button { padding: 0 10px }
.row .main { margin-inline-start: auto; min-width: 96px; padding: 0 20px; font-weight: 600 }
[aria-disabled=true] { opacity: .35; cursor: default }
.dots { display: flex; flex: 1; gap: 4px; justify-content: center }
.dots i { width: 6px; height: 6px; border-radius: 3px; background: var(--line); transition: background-color .2s }
.dots i.on { background: var(--ink) }
.use { display: flex; align-items: center; gap: 12px; min-height: 48px; margin-inline-end: -12px }
.use + .use { border-top: 1px solid var(--line) }
.name { flex: 0 1 28%; overflow-wrap: anywhere }
.value { flex: none; min-width: 3.5em; text-align: end; font-variant-numeric: tabular-nums }
.two { margin-inline: -12px }
.two button { flex: 1; justify-content: start; border-radius: 8px }
.two button[aria-pressed=true] { background: none; color: var(--ink); font-weight: 600 }
.two button[aria-pressed=true] svg { rotate: 180deg }
.two button:focus-visible { outline-color: var(--ink) }
.use button { padding: 0 10px }
.running svg { opacity: .5 }
input[type=range] { flex: 1; min-width: 0; height: 44px; margin: 0; background: none; appearance: none; -webkit-appearance: none; cursor: pointer; touch-action: pan-y }
input[type=range]::-webkit-slider-runnable-track { height: 4px; border-radius: 2px; background: linear-gradient(to right, var(--ink) calc(var(--part) * 100%), var(--line) 0) }
input[type=range]:dir(rtl)::-webkit-slider-runnable-track { background: linear-gradient(to left, var(--ink) calc(var(--part) * 100%), var(--line) 0) }
input[type=range]::-moz-range-track { height: 4px; border-radius: 2px; background: var(--line) }
input[type=range]::-moz-range-progress { height: 4px; border-radius: 2px; background: var(--ink) }
input[type=range]::-webkit-slider-thumb { -webkit-appearance: none; width: 24px; height: 24px; margin-top: -10px; border: 2px solid var(--ground); border-radius: 12px; background: var(--ink) }
input[type=range]::-moz-range-thumb { box-sizing: border-box; width: 24px; height: 24px; border: 2px solid var(--ground); border-radius: 12px; background: var(--ink) }
input[type=range]:focus-visible { outline-offset: -6px; border-radius: 8px }
@container (max-height: 320px) { .player { max-height: calc(75% - 8px) } .need { display: none } }
@media (prefers-reduced-motion: reduce) { * { transition: none !important } }
@media (forced-colors: active) { .dots i { background: GrayText } .dots i.on { background: CanvasText } input[type=range] { appearance: auto; -webkit-appearance: auto } }
`);
