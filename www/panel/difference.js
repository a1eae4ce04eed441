/** @import { AnprobeViewer, ProductUpgrade } from '../anprobe.js' */
/** @import { Comparison } from './sides.js' */
import { change, figure } from './figures.js';
import { icon, make, set, styled } from './make.js';
import { say } from './words.js';

/** What a table of differences is made of: a comparison has it, and so has an upgrade. @typedef {Pick<Comparison | ProductUpgrade, 'added' | 'removed' | 'changes' | 'facts'>} Different */

/**
 * The table of what differs, and of nothing else: choices in words, facts in words and figures.
 * @param {AnprobeViewer} viewer @param {Different} different @param {[string, string]} sides
 * @param {[name: string, from: string, to: string][]} [more] further rows
 */
export function differenceOf(viewer, different, sides, more = []) {
  const rows = [
    ...choices(viewer, different).map(([name, from, to]) => row(name, from, to)),
    ...different.facts.map((fact) => {
      const [from, to] = [fact.from, fact.to].map((value) => figure(viewer, value, fact.unit));
      return row(fact.name, from, to, fact.better === undefined ? undefined : verdict(viewer, fact, fact.better));
    }),
    ...more.map(([name, from, to]) => row(name, from, to)),
  ];
  if (!rows.length) return make('p', { class: 'same' }, say(viewer, 'upgrade-same'));
  const head = [say(viewer, 'upgrade-what'), ...sides].map((text, at) => {
    return make('th', { scope: 'col' }, at ? text : make('span', { class: 'heard' }, text));
  });
  return make('table', { class: 'difference', part: 'difference' },
    make('caption', {}, say(viewer, 'upgrade-differs')), make('thead', {}, make('tr', {}, ...head)), make('tbody', {}, ...rows));
}

/** @param {string} name @param {string} from @param {string} to @param {Node} [verdict] */
function row(name, from, to, verdict) {
  return make('tr', {}, make('th', { scope: 'row' }, name), make('td', {}, from), make('td', {}, make('span', {}, to), verdict));
}

/** Said, and drawn with more than a colour. @param {AnprobeViewer} viewer @param {ProductUpgrade['facts'][number]} fact @param {boolean} better */
function verdict(viewer, fact, better) {
  return make('span', { class: better ? 'verdict better' : 'verdict' },
    better && icon('check'), `${change(viewer, fact)}, ${say(viewer, better ? 'upgrade-better' : 'upgrade-worse')}`);
}

/**
 * Groups whose answers differ. An upgrade tells its own choices apart from what changes beside them; here both count.
 * @param {AnprobeViewer} viewer @param {Different} different @returns {[string, string, string][]}
 */
function choices(viewer, { added, removed, changes }) {
  const nothing = say(viewer, 'upgrade-nothing');
  /** @type {Map<string, [string, string, string]>} */
  const rows = new Map(changes.map(({ group, name, from, to }) => [group, [name, from || nothing, to || nothing]]));
  const said = new Set(rows.keys());
  for (const [at, list] of /** @type {[1 | 2, typeof added][]} */ ([[1, removed], [2, added]])) {
    for (const { of, name } of list) {
      const [group] = of.split('/');
      if (said.has(group)) continue;
      const known = rows.get(group) ?? [viewer.option(group)?.name ?? '', '', ''];
      known[at] = known[at] ? `${known[at]}, ${name}` : name;
      rows.set(group, known);
    }
  }
  return [...rows.values()].map(([name, from, to]) => [name, from || nothing, to || nothing]);
}

/** A switch for the ghost of what goes and the tint of what comes. @param {AnprobeViewer} viewer */
export function marksSwitch(viewer) {
  const made = make('button', { type: 'button', role: 'switch', class: 'up-switch', part: 'switch' },
    make('span', {}, say(viewer, 'upgrade-marks')), make('span', { class: 'up-track' }));
  made.addEventListener('click', () => { viewer.marks = !viewer.marks; });
  const update = () => set(made, { 'aria-checked': String(Boolean(viewer.marks)) });
  update();
  return { element: made, update };
}

export const DIFFERENCE_STYLE = styled(/* css */ `
.difference { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; line-height: 1.4 }
.difference caption { text-align: start; font-weight: 600; padding-block: 0 4px }
.difference :is(th, td) { text-align: start; vertical-align: top; padding: 8px 0; padding-inline-end: 12px; font-weight: 400; overflow-wrap: anywhere }
.difference :is(th, td):last-child { padding-inline-end: 0 }
.difference thead th { color: var(--anprobe-soft); font-size: var(--small, .8125em); padding-block: 4px }
.difference th:first-child { width: 30% }
.difference td { width: 35% }
.difference tbody th { color: var(--anprobe-soft) }
.difference tr + tr > *, .difference tbody tr > * { border-top: 1px solid var(--anprobe-line) }
.verdict { display: block; font-size: var(--small, .8125em); color: var(--anprobe-soft) }
.verdict.better { color: inherit; font-weight: 600 }
.verdict svg { display: inline-block; width: 14px; height: 14px; margin-inline-end: 4px; vertical-align: -2px; stroke-width: 3 }
.up-switch { display: flex; align-items: center; justify-content: space-between; gap: 12px; width: 100%; min-height: 44px; padding: 0; border: 0; background: none; color: inherit; font: inherit; text-align: start; cursor: pointer }
.up-switch .up-track { flex: none; box-sizing: border-box; width: 40px; height: 24px; padding: 3px; border: 2px solid var(--anprobe-soft); border-radius: 12px; transition: background-color .15s, border-color .15s }
.up-switch .up-track::before { content: ''; display: block; width: 14px; height: 14px; border-radius: 7px; background: var(--anprobe-soft); transition: translate .15s ease-out }
.up-switch[aria-checked=true] .up-track { background: var(--anprobe-ink); border-color: var(--anprobe-ink) }
.up-switch[aria-checked=true] .up-track::before { background: var(--anprobe-ground); translate: 16px }
.up-switch[aria-checked=true]:dir(rtl) .up-track::before { translate: -16px }
@media (prefers-reduced-motion: reduce) { .up-switch * { transition: none } }
@media (forced-colors: active) { .up-switch .up-track::before { background: ButtonText } .up-switch[aria-checked=true] .up-track { background: Highlight } }
`);
