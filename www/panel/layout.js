import { styled } from './make.js';

/** The panel as a whole: its head, its scroll, and the bar that is always in view. */
export const LAYOUT = styled(/* css */ `
/* In the viewer's own box. */
:host([slot=panel]) { height: 100% }
.panel { position: relative; display: flex; flex-direction: column; height: 100%; max-height: inherit; container-type: inline-size }
.head { display: flex; align-items: start; flex: none; gap: 4px; padding: 12px 20px 8px; padding-inline-end: 8px; z-index: 1 }
.head > .title { flex: 1; min-width: 0; padding-block-start: 8px }
.head .title h2 { text-wrap: balance }
.intro { padding: 0 20px 16px; color: var(--soft) }
.narrow .intro { display: none }
.history, .stops { display: flex; flex: none }
.history button, .stops button { padding: 10px }
.history svg, .stops svg { width: 22px; height: 22px }
.scroll { flex: 1 1 auto; min-height: 0; overflow: auto; overscroll-behavior: contain; scrollbar-width: thin; scroll-padding-block: 16px }
.panel[aria-busy] { min-height: min(100%, 420px) }
[aria-busy] > :is(.head, .strip, .scroll) { visibility: hidden }
/* The last controls can be scrolled clear of a line that stays until something else is done. */
.panel:has(.toast) .scroll { padding-block-end: 72px }
.foot { position: sticky; inset-block-end: 0; z-index: 2; flex: none }
.narrow .head { align-items: center; padding: 0 8px 0 16px; padding-inline: 16px 4px; min-height: 48px }
.narrow .head > .title { padding: 0 }
.narrow .head .title h2 { font-size: 1.0625em; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; letter-spacing: 0 }
.narrow .strip { position: sticky; inset-block-start: var(--anprobe-sticky-top, 0px); z-index: 1 }
.inside { border-inline-start: 1px solid var(--line) }
.inside.narrow { border: 0; border-start-start-radius: calc(var(--radius) + 8px); border-start-end-radius: calc(var(--radius) + 8px); box-shadow: 0 -8px 32px rgb(0 0 0 / .1), 0 0 0 1px var(--line); overflow: clip; overflow-clip-margin: 0; height: 100% }
.inside.narrow .head { position: relative; padding-block-start: 8px; touch-action: none; cursor: grab; user-select: none; -webkit-user-select: none }
.inside.narrow .head::before { content: ''; position: absolute; inset-block-start: 6px; inset-inline-start: calc(50% - 20px); width: 40px; height: 4px; border-radius: 2px; background: color-mix(in oklab, var(--ink) 28%, var(--ground)) }
.inside.narrow[data-stop=peek] :is(.strip, .scroll) { visibility: hidden }
.inside.narrow .toasts { position: fixed; inset-block-end: 88px }
@media (forced-colors: active) { .inside { border: 1px solid CanvasText } .inside.narrow .head::before { background: CanvasText } }
`);
