// What a shop's own page would do: plain DOM, no framework.
/** @type {Record<string, Record<string, string>>} */
const WORDS = {
  en: {
    title: 'Lumo, a desk lamp', configure: 'Configure', gallery: 'Gallery', dark: 'Dark page', kind: 'Desk lamp', colour: 'Colour',
    lead: 'A spun shade, two slim arms and a base heavy enough to stay where you put it. Turn it and look closely.',
    alt: 'Lumo, a desk lamp with two arms and a turned base',
    fold: 'Fold it', tilt: 'Tilt the shade', size: 'Size', material: 'Material', light: 'Light',
    materials: 'Anodised aluminium, brass, opal glass, beech', lights: 'Warm white, glare-free',
    note: 'This is the whole integration: one script, one element.',
    Graphite: 'Graphite', Silver: 'Silver', Sage: 'Sage', Terracotta: 'Terracotta',
  },
  de: {
    title: 'Lumo, eine Schreibtischleuchte', configure: 'Gestalten', gallery: 'Galerie', dark: 'Dunkle Seite', kind: 'Schreibtischleuchte',
    colour: 'Farbe',
    lead: 'Ein gedrückter Schirm, zwei schlanke Arme und ein Fuß, der schwer genug ist, um stehen zu bleiben. Drehen Sie die Leuchte und sehen Sie genau hin.',
    alt: 'Lumo, eine Schreibtischleuchte mit zwei Armen und gedrehtem Fuß',
    fold: 'Zusammenlegen', tilt: 'Schirm neigen', size: 'Größe', material: 'Material', light: 'Licht',
    materials: 'Eloxiertes Aluminium, Messing, Opalglas, Buche', lights: 'Warmweiß, blendfrei',
    note: 'Das ist die ganze Einbindung: ein Skript, ein Element.',
    Graphite: 'Graphit', Silver: 'Silber', Sage: 'Salbei', Terracotta: 'Terrakotta',
  },
};

/** @typedef {import('../anprobe.js').AnprobeViewer} AnprobeViewer */

const root = document.documentElement;
const lamp = /** @type {AnprobeViewer} */ (document.querySelector('#lamp'));
const language = /** @type {HTMLElement} */ (document.querySelector('#language'));
const theme = /** @type {HTMLElement} */ (document.querySelector('#theme'));
const chosen = /** @type {HTMLElement} */ (document.querySelector('#chosen'));
const size = /** @type {HTMLElement} */ (document.querySelector('#size'));
/** @type {NodeListOf<HTMLInputElement>} */
const radios = document.querySelectorAll('[name=variant]');
/** @type {NodeListOf<HTMLElement>} */
const moves = document.querySelectorAll('[data-animation]');

/** @param {string} lang */
function speak(lang) {
  const words = WORDS[lang];
  root.lang = lang;
  document.title = words.title;
  for (const element of document.querySelectorAll('[data-word]')) {
    element.textContent = words[element.getAttribute('data-word') ?? ''];
  }
  for (const radio of radios) radio.setAttribute('aria-label', words[radio.value]);
  theme.setAttribute('aria-label', words.dark);
  lamp.alt = words.alt;
  const other = lang === 'en' ? 'de' : 'en';
  language.lang = other;
  language.textContent = other.toUpperCase();
  language.setAttribute('aria-label', other === 'de' ? 'DE, Deutsch' : 'EN, English');
  choose();
  measure();
}

function choose() {
  const value = [...radios].find((radio) => radio.checked)?.value ?? 'Graphite';
  chosen.textContent = WORDS[root.lang][value];
  lamp.variantName = value;
}

/** The product's own size, in centimetres. */
function measure() {
  if (!lamp.loaded) return;
  const { x, y, z } = lamp.getDimensions();
  const number = new Intl.NumberFormat(root.lang, { maximumFractionDigits: 0 });
  size.textContent = `${[x, y, z].map((side) => number.format(side * 100)).join(' × ')} cm`;
}

/** @param {boolean} dark */
function shade(dark) {
  root.dataset.theme = dark ? 'dark' : 'light';
  theme.setAttribute('aria-pressed', String(dark));
}

/** @param {string} name the animation that runs, if any */
function pressed(name) {
  for (const button of moves) button.setAttribute('aria-pressed', String(button.dataset.animation === name));
}

for (const radio of radios) radio.addEventListener('change', choose);
for (const button of moves) {
  button.addEventListener('click', () => {
    const name = button.dataset.animation ?? '';
    const runs = button.getAttribute('aria-pressed') === 'true';
    if (runs) return lamp.pause();
    const resumes = lamp.animationName === name && lamp.currentTime > 0 && lamp.paused;
    lamp.animationName = name;
    if (!resumes) lamp.currentTime = 0;
    lamp.play({ repetitions: 2, pingpong: true });
    pressed(name);
  });
}
lamp.addEventListener('pause', () => pressed(''));
lamp.addEventListener('finished', () => {
  pressed('');
  lamp.currentTime = 0;
});
lamp.addEventListener('load', measure);
language.addEventListener('click', () => speak(language.lang));
theme.addEventListener('click', () => shade(theme.getAttribute('aria-pressed') !== 'true'));

const wanted = new URLSearchParams(location.search);
theme.setAttribute('aria-pressed', String(matchMedia('(prefers-color-scheme: dark)').matches));
if (wanted.has('theme')) shade(wanted.get('theme') === 'dark');
if (wanted.has('backend')) lamp.backend = wanted.get('backend') ?? 'auto';
const asked = wanted.get('lang') ?? '';
speak(Object.hasOwn(WORDS, asked) ? asked : (navigator.language.startsWith('de') ? 'de' : 'en'));
