/** @import { PrintReport, SeenPrint } from '../anprobe.js' */
/** @import { AnprobePanel } from './panel.js' */
/** @import { Icon } from './make.js' */
import { duration } from './figures.js';
import { button, icon, make } from './make.js';
import { localeOf } from './words.js';

/** Findings that one should know of, in this order; others were mended, or matter to no customer. */
const SHOWN = ['tooLarge', 'thinWall', 'smallDetail', 'narrowGap', 'crowdedEdge', 'oneSided', 'openEdge', 'selfIntersection', 'cavity', 'notCompared', 'overhang'];
/** Findings whose size is a width in millimetres. */
const WIDTHS = ['thinWall', 'smallDetail', 'narrowGap'];

/** @param {AnprobePanel} panel @param {number} value @param {string} unit @param {number} [digits] */
function measure({ viewer }, value, unit, digits = 1) {
  return `${new Intl.NumberFormat(localeOf(viewer), { maximumFractionDigits: digits }).format(value)}\u00a0${unit}`;
}

/** A width that something has too little of; nobody prints hundredths. @param {AnprobePanel} panel @param {number} mm */
function width(panel, mm) {
  return mm < 0.05 ? panel.say('printing-under', measure(panel, 0.1, 'mm')) : measure(panel, mm, 'mm', 2);
}

/** @param {AnprobePanel} panel @param {number} grams */
function weight(panel, grams) {
  return measure(panel, grams, 'g', grams < 10 ? 1 : 0);
}

/** What is found of a part, worst first. @param {PrintReport} report */
export function found(report) {
  return SHOWN.flatMap((kind) => report.findings.find((finding) => finding.kind === kind) ?? []);
}

/** In a few words whether it prints. @param {PrintReport} report @returns {{ key: string, icon: Icon, tone: string }} */
export function verdict(report) {
  if (!report.isPrintable) return { key: 'printing-refused', icon: 'close', tone: 'bad' };
  const watch = found(report).some(({ kind }) => kind !== 'overhang');
  return watch ? { key: 'printing-watch', icon: 'warn', tone: 'watch' } : { key: 'printing-good', icon: 'check', tone: 'good' };
}

/** The verdict, and why. @param {AnprobePanel} panel @param {PrintReport} report */
export function verdictOf(panel, report) {
  const { key, icon: name, tone } = verdict(report);
  const reasons = report.refusals.map((kind) => panel.say(`printing-why-${kind}`)).filter(Boolean);
  return make('div', { class: `verdict ${tone}`, part: 'print-verdict' },
    make('span', { class: 'badge' }, icon(name)),
    make('div', {}, make('strong', {}, panel.say(key)), ...reasons.map((reason) => make('p', {}, reason)),
      reasons.length > 0 && make('p', { class: 'soft' }, panel.say('printing-ask'))));
}

/** How large, heavy, long and dear. @param {AnprobePanel} panel @param {PrintReport} report */
export function factsOf(panel, report) {
  const { viewer } = panel;
  const about = (/** @type {string} */ text) => panel.say('printing-about', text);
  const estimate = report.estimates[0];
  const size = report.sizeMm.map((side) => new Intl.NumberFormat(localeOf(viewer), { maximumFractionDigits: 1 }).format(side)).join(' × ');
  const rows = [[panel.say('printing-measures'), `${size}\u00a0mm`]];
  if (estimate) {
    rows.push([panel.say('printing-weight'), about(weight(panel, estimate.massG + estimate.supportG))],
      [panel.say('printing-time'), about(duration(viewer, Math.max(1, Math.round(estimate.seconds / 60))))]);
    if (estimate.price !== null) rows.push([panel.say('printing-cost'), about(viewer.money(Math.round(estimate.price)))]);
  }
  const { columns } = report.supports;
  const supports = !columns ? panel.say('printing-supports-none') : estimate ? panel.say('printing-supports-some', weight(panel, estimate.supportG)) : panel.say('printing-supports-yes');
  rows.push([panel.say('printing-supports'), supports]);
  const [here] = report.beds;
  if (here) {
    const turn = Math.round(here.turnDeg ?? 0);
    const text = here.turnDeg === null ? panel.say('printing-fits-not', here.bed.name) : turn ? panel.say('printing-fits-turned', here.bed.name, turn) : here.bed.name;
    rows.push([panel.say('printing-fits'), text]);
  }
  return make('div', { class: 'facts' },
    make('dl', {}, ...rows.flatMap(([name, value]) => [make('dt', {}, name), make('dd', {}, value)])),
    report.beds.length > 1 && beds(panel, report),
    estimate && make('p', { class: 'soft small' }, panel.say('printing-estimate')));
}

/** On which printers it fits. @param {AnprobePanel} panel @param {PrintReport} report */
function beds(panel, { beds: fits }) {
  const fitting = fits.filter(({ turnDeg }) => turnDeg !== null).length;
  return make('details', {}, make('summary', {}, panel.say('printing-fits-list', fitting, fits.length)),
    make('ul', {}, ...fits.map(({ bed, turnDeg }) => make('li', { class: turnDeg === null && 'soft' },
      icon(turnDeg === null ? 'close' : 'check'), make('span', {}, turnDeg === null ? panel.say('printing-fits-not', bed.name) : bed.name)))));
}

/**
 * What to look at; a tap goes there, the next one to the next place.
 * @param {AnprobePanel} panel @param {PrintReport} report @param {SeenPrint['marks']} marks @param {(mark: SeenPrint['marks'][number]) => void} look
 */
export function findingsOf(panel, report, marks, look) {
  const rows = found(report).map(({ kind, worst }) => {
    const places = marks.filter((mark) => mark.kind === kind);
    const name = panel.say(`printing-find-${kind}`, WIDTHS.includes(kind) && worst !== null ? width(panel, worst) : '');
    const tip = panel.say(`printing-tip-${kind}`);
    const dot = make('span', { class: 'dot', 'data-kind': kind, 'aria-hidden': 'true' });
    if (!places.length) return make('li', {}, make('div', { class: 'finding' }, dot, make('span', {}, make('b', {}, name), make('small', {}, tip))));
    const place = make('small', { class: 'place' }, places.length > 1 ? panel.say('printing-place', 1, places.length) : '');
    let next = 0;
    const row = button({ part: 'button print-finding', act: () => {
      const at = next++ % places.length;
      look(places[at]);
      if (places.length > 1) {
        place.textContent = panel.say('printing-place', at + 1, places.length);
        panel.live(place.textContent);
      }
    } });
    row.classList.add('finding');
    row.append(dot, make('span', {}, make('b', {}, name), make('small', {}, tip)), place, make('span', { class: 'heard' }, panel.say('printing-goto')), icon('forth'));
    return make('li', {}, row);
  });
  // Of the customer's words and pictures.
  const said = report.issues.flatMap(({ code }) => panel.say(`printing-said-${code}`) || []);
  rows.push(...said.map((text) => make('li', {}, make('div', { class: 'finding' }, make('span', { class: 'dot', 'aria-hidden': 'true' }), make('span', {}, make('b', {}, text))))));
  const { repairs } = report;
  return make('div', { class: 'found' },
    make('h3', {}, panel.say('printing-findings')),
    rows.length ? make('ul', {}, ...rows) : make('p', { class: 'soft' }, panel.say('printing-none')),
    repairs.length > 0 && make('div', { class: 'mended' }, make('h3', {}, panel.say('printing-repaired')),
      make('ul', {}, ...repairs.map(({ kind, count }) => make('li', {}, icon('check'), panel.say(`printing-fix-${kind}`, count))))));
}
