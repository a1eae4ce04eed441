import { styled } from './make.js';

export const UPGRADES_STYLE = styled(/* css */ `
.upgrades :is(h3, h4, h5, p, ul, dl, dd) { margin: 0; padding: 0; font: inherit }
.upgrades :is(h3, h5) { font-weight: 600; line-height: 1.3 }
.upgrades ul { list-style: none }
.upgrades p { line-height: 1.5; text-wrap: pretty }
.up-list > p { color: var(--anprobe-soft); margin-block: 4px 12px }
.up-compared:not(:empty) { margin-bottom: 24px; padding-bottom: 24px; border-bottom: 1px solid var(--anprobe-line) }
.up-cards { margin-block: 8px 12px }
.upgrade { border-bottom: 1px solid var(--anprobe-line) }
.upgrade .up-head, .upgrade .up-head:hover {
  display: grid; grid-template-columns: 1fr auto 20px; gap: 2px 12px; align-items: baseline; width: 100%; min-height: 64px; margin: 0; padding: 12px 0;
  border: 0; border-radius: 8px; background: none; color: inherit; font: inherit; text-align: start; cursor: pointer; touch-action: manipulation
}
.up-head .up-name { font-weight: 600 }
.up-head .up-net { font-weight: 600; font-variant-numeric: tabular-nums; white-space: nowrap }
.up-head .up-how { grid-column: 1 / 3; grid-row: 2; display: flex; flex-wrap: wrap; justify-content: space-between; column-gap: 12px; color: var(--anprobe-soft) }
.up-head .up-state { display: inline-flex; align-items: center; gap: 4px; color: var(--anprobe-ink); font-weight: 600 }
.up-head .up-state svg { width: 16px; height: 16px; stroke-width: 2.5 }
.up-head .up-gains { grid-column: 1 / 3; grid-row: 3; font-size: var(--small, .8125em) }
.up-head > svg { grid-column: 3; grid-row: 1; align-self: center; width: 20px; height: 20px; transition: rotate .2s }
.up-head[aria-expanded=true] > svg { rotate: 180deg }
.up-more { display: grid; gap: 16px; padding-bottom: 20px }
.up-lines li { padding-block: 2px; line-height: 1.5 }
.up-sum { display: grid; grid-template-columns: 1fr auto; gap: 4px 12px; font-variant-numeric: tabular-nums }
.up-sum dd { text-align: end }
.up-sum :is(dt, dd):nth-last-child(-n + 2) { font-weight: 600 }
.upgrades .up-acts { display: flex; flex-wrap: wrap; gap: 8px }
.upgrades .up-acts .main { flex: 1 1 12em }
@media (prefers-reduced-motion: reduce) { .up-head > svg { transition: none } }
`);
