import { styled } from './make.js';

export const STYLE = styled(/* css */ `
.designs { display: grid; gap: 16px; align-content: start }
.designs h4 { font-size: inherit }
.designs .list { display: grid; margin-block-start: 4px }
.designs .list:empty { display: none }
.designs .none { color: var(--anprobe-soft); font-size: var(--small) }
.design { border-block-end: 1px solid var(--anprobe-line) }
.design:last-child { border-block-end: 0 }
.design > .row { display: flex; align-items: center; gap: 4px }
.design .opener {
  flex: 1; min-width: 0; justify-content: start; gap: 12px; padding: 8px; margin-inline-start: -8px; border-color: transparent; text-align: start
}
.design .opener > span { flex: 1; min-width: 0; display: grid; gap: 2px }
.design .opener bdi { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-weight: 600 }
.design .opener small { color: var(--anprobe-soft) }
.design canvas { flex: none; width: 64px; height: 48px; border-radius: 8px; background: var(--wash) }
.design .opener svg { width: 20px; height: 20px }
.design .more { display: flex; flex-wrap: wrap; gap: 4px; padding-block-end: 12px }
.design .more button { padding-inline: 12px }
.design .more button svg { width: 20px; height: 20px }
.design form { display: flex; gap: 8px; padding-block: 4px 12px }
.design form label { flex: 1; min-width: 0 }
.design form label span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
.designs .acts { display: flex; flex-wrap: wrap; gap: 8px }
.designs .files { display: flex; flex-wrap: wrap; gap: 0 8px; border-block-start: 1px solid var(--anprobe-line); padding-block-start: 8px; margin-inline: -12px }
.designs .warning { color: var(--warn, inherit); font-size: var(--small) }
`);
