import { styled } from './make.js';

export const UPGRADES_STYLE = styled(/* css */ `
.upgrades :is(h2, h3, h4, p, ul, dl, dd) { margin: 0; padding: 0; font: inherit }
.upgrades h2 { font-weight: 600; font-size: 1.125em; line-height: 1.3 }
.upgrades h4 { font-weight: 600 }
.upgrades ul { list-style: none }
.upgrades p { line-height: 1.5; text-wrap: pretty }
.offers > p { color: var(--anprobe-soft); margin-block: 4px 12px }
.compared:not(:empty) { margin-bottom: 24px; padding-bottom: 24px; border-bottom: 1px solid var(--anprobe-line) }
.cards { margin-block: 8px 12px }
.upgrade { border-bottom: 1px solid var(--anprobe-line) }
.upgrade .head {
  display: grid; grid-template-columns: 1fr auto 20px; gap: 2px 12px; align-items: baseline; width: 100%; min-height: 64px; margin: 0; padding: 12px 0;
  border: 0; border-radius: 8px; background: none; color: inherit; font: inherit; text-align: start; cursor: pointer; touch-action: manipulation
}
.head .name { font-weight: 600 }
.head .net { font-weight: 600; font-variant-numeric: tabular-nums; white-space: nowrap }
.head .how { grid-column: 1 / 3; grid-row: 2; display: flex; flex-wrap: wrap; justify-content: space-between; column-gap: 12px; color: var(--anprobe-soft) }
.head .state { display: inline-flex; align-items: center; gap: 4px; color: var(--anprobe-ink); font-weight: 600 }
.head .state svg { width: 16px; height: 16px; stroke-width: 2.5 }
.head .gains { grid-column: 1 / 3; grid-row: 3; font-size: .8125em }
.head > svg { grid-column: 3; grid-row: 1; align-self: center; width: 20px; height: 20px; transition: rotate .2s }
.head[aria-expanded=true] > svg { rotate: 180deg }
.more { display: grid; gap: 16px; padding-bottom: 20px }
.lines li { padding-block: 2px; line-height: 1.5 }
.sum { display: grid; grid-template-columns: 1fr auto; gap: 4px 12px; font-variant-numeric: tabular-nums }
.sum dd { text-align: end }
.sum :is(dt, dd):nth-last-child(-n + 2) { font-weight: 600 }
.upgrades .acts { display: flex; flex-wrap: wrap; gap: 8px }
.upgrades .acts .main { flex: 1 1 12em }
.upgrades .heard { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
@media (prefers-reduced-motion: reduce) { .head > svg { transition: none } }
`);
