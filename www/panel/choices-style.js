import { styled } from './make.js';

/** How choices look: swatches, tiles and chips, and what each state adds. */
export const CHOICES = styled(/* css */ `
.choices { display: grid; gap: 8px }
.swatches { grid-template-columns: repeat(auto-fill, minmax(76px, 1fr)); gap: 4px; margin-inline: -4px }
.tiles { grid-template-columns: repeat(auto-fill, minmax(min(100%, 152px), 1fr)) }
.tiles.rows { grid-template-columns: repeat(auto-fill, minmax(min(100%, 280px), 1fr)) }
.rows .words { flex-direction: row; align-items: center; justify-content: space-between; gap: 12px }
.delta { unicode-bidi: plaintext }
.rows .delta { flex: none; white-space: nowrap }
.chips { display: flex; flex-wrap: wrap }
.choice { position: relative; display: flex; align-items: center; gap: 12px; min-width: 44px; min-height: 44px; border-radius: var(--radius); cursor: pointer; user-select: none; -webkit-user-select: none; touch-action: manipulation }
.choice > input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer }
.choice:has(> input:focus-visible) { outline: 2px solid var(--accent-line); outline-offset: 2px }
.words { display: flex; flex-direction: column; flex: 1; min-width: 0; line-height: 1.3 }
.what { display: flex; flex-direction: column; min-width: 0 }
:is(.what, .words) > :not(.name, .what) { font-size: var(--small); color: var(--soft) }
:is(.what, .words) > :empty { display: none }
.what > .state { color: var(--warn) }
.name { overflow-wrap: break-word; hyphens: auto }
.picture { position: relative; display: grid; place-items: center; flex: none; overflow: hidden; background: var(--colour, var(--wash)); color: var(--soft) }
.picture :is(img, canvas) { width: 100%; height: 100%; object-fit: cover }
.tick { position: absolute; display: none; place-items: center; width: 18px; height: 18px; border-radius: 50%; background: var(--accent-line); color: var(--ground); pointer-events: none }
.tick svg { width: 14px; height: 14px; stroke-width: 3 }
[data-taken] > .tick { display: grid }

.swatches > .choice { flex-direction: column; justify-content: start; gap: 6px; padding: 6px 2px; text-align: center }
.swatches .picture { width: 40px; height: 40px; border-radius: 50%; box-shadow: inset 0 0 0 1px color-mix(in oklab, var(--ink) 18%, transparent) }
.swatches .picture.empty { background: linear-gradient(to top right, transparent calc(50% - 1px), var(--soft) 50%, transparent calc(50% + 1px)) }
.swatches .picture.free { background: conic-gradient(#e5484d, #f2c94c, #4fb477, #3e8ee0, #8d5bd6, #e5484d) }
.swatches .picture.free svg { width: 20px; height: 20px; padding: 2px; border-radius: 50%; background: var(--ground); color: var(--ink) }
.swatches .picture.free:not(.empty) { background: var(--colour) }
.swatches .words, .swatches .what { font-size: var(--small); align-items: center; width: 100%; flex: none }
.swatches .name { max-width: 100% }
.swatches.priced .delta:empty { display: block; min-height: 1lh }
.swatches [data-taken] .picture { outline: 2px solid var(--accent-line); outline-offset: 2px }
.swatches .tick { inset-block-start: 34px; inset-inline-start: calc(50% + 8px); box-shadow: 0 0 0 2px var(--ground) }

.tiles > .choice, .chips > .choice { border: 1px solid var(--line) }
.tiles > .choice { gap: 10px; padding: 5px; padding-inline-end: 10px; min-height: 64px }
.tiles.rows > .choice { gap: 12px; padding-inline-end: 14px }
.tiles .picture { width: 52px; height: 52px; border-radius: calc(var(--radius) - 4px); font-weight: 600 }
.tiles .tick { inset-block-start: -7px; inset-inline-end: -7px; box-shadow: 0 0 0 2px var(--ground) }
.rows .tick { inset-block-start: calc(50% - 10px); inset-inline-end: 14px; width: 20px; height: 20px; box-shadow: none }
.rows [data-taken] .words { padding-inline-end: 30px }
.chips > .choice { padding: 8px 16px; justify-content: center; text-align: center }
.chips .what { display: grid; grid-template-columns: auto auto; align-items: baseline; justify-content: center; gap: 0 8px }
.chips .name:has(+ .delta:empty), .chips .state { grid-column: 1 / -1 }
.chips .tick { inset-block-start: -7px; inset-inline-end: -7px; box-shadow: 0 0 0 2px var(--ground) }
:is(.tiles, .chips) > .choice[data-taken] { border-color: var(--accent-line); box-shadow: inset 0 0 0 1px var(--accent-line) }

/* What is blocked can be asked why: dimmed, never hidden, and its words stay readable. */
.choice:is([data-state=repairable], [data-state=dead]):not([data-taken]) .name { color: var(--soft) }
.choice:is([data-state=repairable], [data-state=dead]):not([data-taken]) .picture { opacity: .38 }
:is(.tiles, .chips) > .choice:is([data-state=repairable], [data-state=dead]):not([data-taken]) { border-style: dashed; border-color: color-mix(in oklab, var(--ink) 32%, var(--ground)) }
.swatches > .choice:is([data-state=repairable], [data-state=dead]):not([data-taken])::before {
  content: ''; position: absolute; inset-block-start: 25px; inset-inline-start: calc(50% - 20px); width: 40px; height: 2px; rotate: -45deg; background: var(--soft); pointer-events: none; z-index: 1
}
.choice[data-suggested]:not([data-taken]) .name::after {
  content: ''; display: inline-block; width: 6px; height: 6px; margin-inline-start: 6px; border-radius: 50%; background: var(--accent-line); vertical-align: middle
}
.about { margin-block-start: 12px }
.about .rating { display: inline-flex; align-items: center; min-height: 24px; color: var(--ink) }
.about.many .rating { margin-inline-start: 8px }
@media (hover: hover) {
  :is(.tiles, .chips) > .choice:hover { border-color: color-mix(in oklab, var(--ink) 40%, var(--ground)) }
  .swatches > .choice:hover { background: var(--wash) }
}
@media (forced-colors: active) {
  .picture { forced-color-adjust: none }
  .choice[data-taken] { outline: 2px solid Highlight; outline-offset: -2px }
  .choice[data-state=repairable] .name, .choice[data-state=dead] .name { color: GrayText }
  .tick { background: Highlight; color: HighlightText }
}
`);
