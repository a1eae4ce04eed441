import { styled } from './make.js';

/** The editor of what is on a surface: the flat surface above, what is on it below. */
export const STYLE = styled(/* css */ `
dialog.artwork::backdrop { background: none }
dialog.artwork > .content { padding-block-start: 0 }
@media (min-width: 600px) { dialog.artwork { width: 400px; margin-inline: auto 16px; max-height: calc(100dvh - 32px) } }
.flat { position: relative; display: grid; place-items: center; padding: 32px; margin-inline: -24px; overflow: hidden; background: var(--wash); touch-action: none; user-select: none; -webkit-user-select: none; cursor: grab }
.flat:focus-visible { outline-offset: -3px }
.flat.held { cursor: grabbing }
.flat > .sheet { position: relative; box-shadow: 0 1px 6px rgb(0 0 0 / .24) }
.flat canvas { display: block; width: 100%; height: 100% }
.flat .safe { position: absolute; border: 1px dashed #fff; mix-blend-mode: difference; pointer-events: none }
.flat .line { position: absolute; background: var(--accent-line); pointer-events: none }
.flat .line.upright { inset-block: -16px; left: calc(50% - .5px); width: 1px }
.flat .line.level { inset-inline: -16px; top: calc(50% - .5px); height: 1px }
.flat .box { position: absolute; left: 0; top: 0; outline: 2px solid #0b6bcb; box-shadow: 0 0 0 4px rgb(255 255 255 / .8); pointer-events: none }
.flat .grip { position: absolute; left: 0; top: 0; width: 44px; height: 44px; min-width: 0; margin: -22px; padding: 0; border: 0; border-radius: 50%; background: none; touch-action: none; cursor: nwse-resize; display: grid; place-items: center }
.flat .grip::before { content: ''; position: absolute; inset: 11px; border-radius: 50%; background: #fff; border: 2px solid #0b6bcb; box-shadow: 0 1px 3px rgb(0 0 0 / .3) }
.flat .grip > svg { position: relative; width: 14px; height: 14px; color: #0b6bcb; stroke-width: 3 }
.flat .none { position: absolute; inset: 0; display: grid; place-items: center; padding: 40px; text-align: center; pointer-events: none }
.flat .none > span { padding: 6px 12px; border-radius: 99px; background: var(--ground); color: var(--ink); font-size: var(--small); box-shadow: 0 1px 4px rgb(0 0 0 / .2) }
.flat.over { outline: 2px solid var(--accent-line); outline-offset: -4px }
.art-acts { display: flex; flex-wrap: wrap; gap: 4px; align-items: center; margin-inline: -8px; padding-block: 4px; border-block-end: 1px solid var(--line) }
.art-acts > .gap { flex: 1 }
.art-hints { display: grid; gap: 4px; padding-block: 8px; color: var(--warn); font-size: var(--small) }
.art-hints:empty { display: none }
.art-hints li { display: flex; gap: 8px; align-items: flex-start }
.art-hints svg { width: 18px; height: 18px }
.art-adds { display: flex; flex-wrap: wrap; gap: 8px; padding-block: 12px }
.art-adds > * { flex: 1 1 40% }
.art-adds label.pick { position: relative; display: inline-flex; align-items: center; justify-content: center; gap: 8px; min-height: 44px; padding: 8px 12px; border: 1px solid var(--line); border-radius: var(--radius); cursor: pointer }
.art-adds label.pick > input { position: absolute; inset: 0; width: 100%; height: 100%; opacity: 0; cursor: pointer; font-size: 0 }
.art-adds label.pick:has(:focus-visible) { outline: 2px solid var(--accent-line); outline-offset: 2px }
.art-layers > li { display: flex; align-items: center; border-block-end: 1px solid var(--line) }
.art-layers .name { flex: 1; min-width: 0; justify-content: flex-start; border: 0; padding-inline: 8px; text-align: start }
.art-layers .name > span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.art-layers .name[aria-pressed=true] { font-weight: 600 }
.art-layers .name > svg:last-child { margin-inline-start: auto; visibility: hidden }
.art-layers .name[aria-pressed=true] > svg:last-child { visibility: visible }
.art-fields { display: grid; grid-template-columns: 1fr 1fr; gap: 8px 12px; padding-block: 12px }
.art-fields > .whole { grid-column: 1 / -1 }
.art-fields label { display: grid; gap: 4px; font-size: var(--small); color: var(--soft) }
.art-fields :is(input, select) { color: var(--ink) }
.art-fields .unit { position: relative; display: block }
.art-fields .unit > span { position: absolute; inset-inline-end: 12px; inset-block: 0; display: grid; place-items: center; pointer-events: none }
.art-fields .unit > input { padding-inline-end: 40px !important; appearance: textfield }
.art-fields .unit > input::-webkit-inner-spin-button { display: none }
.art-fields input[type=color] { width: 100%; height: 44px; padding: 4px; border: 1px solid var(--line); border-radius: var(--radius); background: none }
.art-quick { display: grid; grid-template-columns: repeat(auto-fit, minmax(96px, 1fr)); gap: 8px; padding-block-end: 12px }
.art-quick button { padding-inline: 8px }
.art-note { display: flex; align-items: center; gap: 8px; min-height: 0; font-size: var(--small); color: var(--soft) }
.art-note > span { flex: 1 }
.art-done { position: sticky; inset-block-end: -24px; display: flex; gap: 8px; margin-inline: -24px; padding: 12px 24px 24px; margin-block-end: -24px; background: var(--ground); border-block-start: 1px solid var(--line) }
.art-done .main { flex: 1 }
@media (max-width: 599px) {
  dialog.artwork { max-height: 92dvh }
  .flat { margin-inline: -16px; padding: 24px 28px }
  .art-done { margin-inline: -16px; padding-inline: 16px }
}
/* Where the product is covered, the surface stays in sight while its numbers are typed. */
@media (max-width: 599px) and (min-height: 640px) { .flat { position: sticky; inset-block-start: 0; z-index: 1 } }
@media (forced-colors: active) { .flat .box { outline-color: Highlight } .flat .grip::before { background: ButtonFace; border-color: ButtonText } }
`);
