import { news } from './shop.js';
import { said } from './words.js';
import { AnprobeViewer } from '../anprobe.js';

// Several looks at one lamp, and what a damaged file looks like. With `?src=…` one file alone; every other parameter
// becomes an attribute of the element: `?src=assets/lamp.glb&backend=webgl&camera-orbit=90deg 60deg 100%`.
const LAMP = { src: 'assets/lamp.glb', 'camera-controls': '', 'touch-action': 'pan-y', 'shadow-intensity': '1' };
/** @type {[{ en: string, de: string }, Record<string, string>][]} */
const ITEMS = [
  [{ en: 'Graphite, from the left', de: 'Graphit, von links' }, { ...LAMP, 'variant-name': 'Graphite', 'camera-orbit': '-40deg 75deg 105%' }],
  [{ en: 'Silver, turning', de: 'Silber, sich drehend' }, { ...LAMP, 'variant-name': 'Silver', 'auto-rotate': '', 'auto-rotate-delay': '0' }],
  [{ en: 'Sage, folding', de: 'Salbei, beim Zusammenklappen' }, { ...LAMP, 'variant-name': 'Sage', 'animation-name': 'Fold', autoplay: '' }],
  [{ en: 'Terracotta, the shade', de: 'Terrakotta, der Schirm' }, { ...LAMP, 'variant-name': 'Terracotta', 'camera-orbit': '30deg 95deg 45%', 'camera-target': 'auto 0.38m auto' }],
  [{ en: 'ACES tone map, exposure 1.4', de: 'Tonwertkurve ACES, Belichtung 1,4' }, { ...LAMP, 'tone-mapping': 'aces', exposure: '1.4' }],
  [{ en: 'A damaged file', de: 'Eine beschädigte Datei' }, { src: 'damaged.glb', 'camera-controls': '' }],
];

/** Nothing else becomes an attribute: a link must not bring handlers onto a page. */
const KNOWN = new Set(AnprobeViewer.observedAttributes);
const gallery = /** @type {HTMLElement} */ (document.querySelector('#gallery'));
const wanted = new URLSearchParams(location.search);
const single = wanted.has('src');
gallery.classList.toggle('single', single);
const src = wanted.get('src') ?? '';
/** @type {typeof ITEMS[number]} */
const asked = [{ en: src, de: src }, Object.fromEntries([...wanted].filter(([name]) => KNOWN.has(name)))];
for (const [title, attributes] of single ? [asked] : ITEMS) {
  const viewer = document.createElement('anprobe-viewer');
  for (const [name, value] of Object.entries(attributes)) viewer.setAttribute(name, value);
  const figure = document.createElement('figure');
  const caption = document.createElement('figcaption');
  const name = () => {
    caption.textContent = said(title);
    if (!('alt' in attributes)) viewer.setAttribute('alt', said(title));
  };
  name();
  news.addEventListener('language', name);
  figure.append(viewer, caption);
  gallery.append(figure);
}
