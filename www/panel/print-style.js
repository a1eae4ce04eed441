import { styled } from './make.js';

/** The dialog of a print: the bed above or beside, what is said of it below. */
export const STYLE = styled(/* css */ `
dialog.print-dialog { width: min(1040px, 100vw); max-height: min(92dvh, 860px) }
dialog.print-dialog > .content { padding: 0; display: flex; flex-direction: column; container-type: inline-size }
.printing { display: grid; flex: none; align-content: start }
.printing > .left { position: sticky; inset-block-start: 0; z-index: 1; display: grid; background: var(--wash); min-height: 260px; height: 40dvh }
.printing > .right { display: flex; flex-direction: column; gap: 20px; padding: 16px 16px 24px; min-width: 0 }
.print-view { position: relative; display: grid; min-height: 0; overflow: hidden; grid-area: 1 / 1 }
.print-view anprobe-viewer { width: 100%; height: 100%; --progress-bar-color: var(--accent-line) }
.print-view anprobe-viewer::part(buttons) { border-radius: 99px; color: var(--ink); background: color-mix(in oklab, var(--ground) 88%, transparent); box-shadow: 0 1px 4px rgb(0 0 0 / .16) }
.print-view .sides, .print-view .layers { position: absolute; display: flex; padding: 2px; border-radius: 99px; background: color-mix(in oklab, var(--ground) 88%, transparent); box-shadow: 0 1px 4px rgb(0 0 0 / .16) }
.print-view .sides { inset-block-start: 12px; inset-inline-start: 12px }
.print-view .layers { inset-block-end: 12px; left: 12px; max-width: calc(100% - 84px) }
.print-view .layers:not(:has(> :not([hidden]))) { display: none }
:is(.sides, .layers) button { min-height: 44px; padding: 4px 14px; border: 0; border-radius: 99px; font-size: var(--small); color: var(--ink) }
.sides button[aria-pressed=true] { background: var(--accent); color: var(--on-accent); font-weight: 600 }
.layers button { gap: 6px }
.layers button::before { content: ''; width: 14px; height: 14px; border: 1.5px solid var(--soft); border-radius: 4px }
.layers button[aria-pressed=true]::before { border-color: transparent; background: var(--accent-line); box-shadow: inset 0 0 0 3px var(--ground), 0 0 0 1.5px var(--accent-line) }
.print-view .spot { display: block; width: 44px; height: 44px; border: 3px solid #fff; border-radius: 50%; box-shadow: 0 0 0 2px rgb(0 0 0 / .6), inset 0 0 0 1px rgb(0 0 0 / .4); pointer-events: none }
.print-wait { grid-area: 1 / 1; display: grid; place-content: center; justify-items: center; gap: 12px; padding: 24px; text-align: center }
.print-wait progress { width: min(240px, 60vw); height: 6px; appearance: none; border: 0; border-radius: 3px; overflow: hidden; background: var(--wash-more); accent-color: var(--accent-line) }
.print-wait progress::-webkit-progress-bar { background: var(--wash-more) }
.print-wait progress::-webkit-progress-value { background: var(--accent-line); border-radius: 3px; transition: width .2s ease-out }
.print-wait progress::-moz-progress-bar { background: var(--accent-line) }
.print-view:not([hidden]) + .print-wait { place-self: start end; z-index: 1; margin: 12px; padding: 8px 8px 8px 16px; padding-inline: 16px 8px; display: flex; align-items: center; border-radius: 99px; background: var(--ground); box-shadow: 0 2px 8px rgb(0 0 0 / .2); font-size: var(--small) }
.print-view:not([hidden]) + .print-wait progress { width: 72px }
.print-view:not([hidden]) + .print-wait p { max-width: 24ch; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.print-wait.still { max-width: 44ch; margin: auto }
.verdict { display: flex; gap: 12px; align-items: start }
.verdict strong { font-size: 1.0625em; font-weight: 600; line-height: 1.35 }
.verdict > div { display: grid; gap: 4px; padding-block-start: 3px }
.verdict .badge { display: grid; place-items: center; flex: none; width: 32px; height: 32px; border-radius: 50%; color: #fff; background: light-dark(#1c7a43, #2e8f55) }
.verdict .badge svg { width: 20px; height: 20px; stroke-width: 2.25 }
.verdict.watch .badge { background: light-dark(#a35a00, #b86a0c) }
.verdict.bad .badge { background: light-dark(#b3261e, #c8443c) }
.printing .field { display: grid; gap: 4px; font-size: var(--small); color: var(--soft) }
.printing .field :is(input, select) { color: var(--ink); background: var(--ground) }
.printing .unit { position: relative; display: block }
.printing .unit > input { padding-inline-end: 40px !important; appearance: textfield }
.printing .unit > input::-webkit-inner-spin-button { display: none }
.printing .unit > span { position: absolute; inset-inline-end: 12px; inset-block: 0; display: grid; place-items: center; pointer-events: none }
.printing dl { display: grid; grid-template-columns: auto 1fr }
.printing dl > * { padding-block: 8px; border-block-end: 1px solid var(--line) }
.printing dt { color: var(--soft); padding-inline-end: 16px }
.printing dd { text-align: end; unicode-bidi: plaintext }
.printing .facts { display: grid; gap: 4px }
.printing summary { display: flex; align-items: center; justify-content: space-between; min-height: 44px; cursor: pointer; list-style: none }
.printing summary::-webkit-details-marker { display: none }
.printing summary::after { content: ''; width: 9px; height: 9px; margin-inline: 8px; border: solid currentColor; border-width: 0 2px 2px 0; transform: translateY(-2px) rotate(45deg) }
.printing details[open] > summary::after { transform: translateY(2px) rotate(225deg) }
.printing summary:focus-visible { outline: 2px solid var(--accent-line); outline-offset: 2px; border-radius: 4px }
.printing details li { display: flex; gap: 8px; align-items: center; padding-block: 3px; font-size: var(--small) }
.printing :is(details, .mended) li svg { width: 18px; height: 18px }
.printing .settings { border-block: 1px solid var(--line) }
.printing .settings > summary { font-weight: 600 }
.printing .fields { display: grid; gap: 12px; padding-block: 4px 16px }
.printing .own { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 8px }
.printing .found { display: grid; gap: 8px }
.printing .finding { display: flex; align-items: center; gap: 12px; width: 100%; min-height: 52px; padding: 6px 8px; margin: 0; border: 0; border-radius: 8px; text-align: start }
.printing button.finding { margin-inline: -8px; width: calc(100% + 16px) }
.printing .finding > span:not(.dot, .heard) { flex: 1; min-width: 0; display: grid }
.printing .finding b { font-weight: 600 }
.printing .finding small { color: var(--soft) }
.printing .finding svg { width: 18px; height: 18px; color: var(--soft) }
.printing .finding svg:dir(rtl) { transform: scaleX(-1) }
.printing .place { white-space: nowrap }
.printing .dot { flex: none; width: 12px; height: 12px; border-radius: 50%; background: #ff8a1f; box-shadow: 0 0 0 3px color-mix(in oklab, currentColor 10%, transparent); forced-color-adjust: none }
.printing .dot:is([data-kind=thinWall], [data-kind=openEdge], [data-kind=crowdedEdge], [data-kind=oneSided], [data-kind=tooLarge]) { background: #e5253f }
.printing .dot[data-kind=smallDetail] { background: #e02fa8 }
.printing .dot[data-kind=narrowGap] { background: #7b4dff }
.printing .dot:is([data-kind=cavity], [data-kind=selfIntersection]) { background: #129bc9 }
.printing .mended { display: grid; gap: 4px; padding-block-start: 8px }
.printing .mended li { display: flex; gap: 8px; align-items: center; font-size: var(--small); color: var(--soft) }
.print-acts { display: grid; gap: 8px; position: sticky; inset-block-end: 0; z-index: 2; padding: 12px 16px max(16px, env(safe-area-inset-bottom)); background: var(--ground); border-block-start: 1px solid var(--line) }
.print-acts > .row { display: flex; flex-wrap: wrap; gap: 8px }
.print-acts .row > button { flex: 1 1 120px; padding-inline: 12px; white-space: nowrap }
.print-acts > .idle { display: none }
.print-acts .row > button:has(> svg:only-child) { flex: none }
.print-acts[aria-busy=true] { cursor: progress }
@container (min-width: 720px) {
  .printing { flex: 1; min-height: 0; grid-template-columns: minmax(0, 1fr) 380px; grid-template-rows: minmax(0, 1fr); align-content: stretch; overflow: hidden }
  .printing > .left { height: auto; min-height: min(620px, 70dvh) }
  .printing > .right { overflow: auto; overscroll-behavior: contain; padding: 20px 24px; scrollbar-width: thin }
  .print-acts { padding-inline: 24px; grid-template-columns: 1fr auto; align-items: center }
  .print-acts .row > button { flex: none; padding-inline: 20px }
  .print-acts .row { justify-content: end }
  .print-acts > .idle { display: block }
}
@media (forced-colors: active) {
  .sides button[aria-pressed=true] { background: Highlight; color: HighlightText; forced-color-adjust: none }
  .layers button[aria-pressed=true]::before { background: Highlight; forced-color-adjust: none }
  .verdict .badge, .print-view .sides, .print-view .layers { border: 1px solid CanvasText }
}
`);
