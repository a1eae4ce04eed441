/** The shop's products: where their files lie, how they are first seen, and configurations that one link opens. */

/** @typedef {{ en: string, de: string }} Said */
/**
 * @typedef {object} Product
 * @property {string} id as its file has it
 * @property {Said} name
 * @property {Said} alt what it is, for those who do not see it
 * @property {string} orbit
 * @property {{ code: string, name: Said }[]} ready the first is what customers see first
 */

/** @type {Record<string, Product>} */
export const PRODUCTS = {
  lamp: {
    id: 'lumo', name: { en: 'Lumo', de: 'Lumo' }, orbit: '-32deg 76deg auto',
    alt: { en: 'Lumo, a desk lamp with two arms and a turned base', de: 'Lumo, eine Schreibtischleuchte mit zwei Armen und gedrehtem Fuß' },
    ready: [
      { code: 'EAABIRAgAAAkHCS', name: { en: 'Graphite, with dimmer', de: 'Graphit, mit Dimmer' } },
      { code: 'EBABIRAgIAAkHcz', name: { en: 'Silver, neutral light', de: 'Silber, neutrales Licht' } },
      { code: 'ECARIRAgACAkH7v', name: { en: 'Sage, ribbed shade', de: 'Salbei, gerippter Schirm' } },
      { code: 'EDABIRAgQABEH1d', name: { en: 'Terracotta, charging base', de: 'Terrakotta, mit Ladefuß' } },
    ],
  },
  car: {
    id: 'anton', name: { en: 'Anton', de: 'Anton' }, orbit: '-35deg 75deg auto',
    alt: { en: 'Anton, a small round car for the city', de: 'Anton, ein kleines rundes Stadtauto' },
    ready: [
      { code: 'EAAAAAAAAAAAAAAAAAAAAAAAAAAPx5', name: { en: 'Lagoon and ivory', de: 'Lagune und Elfenbein' } },
      { code: 'EAAgAAAAABAAAAAQAAAAAAAAAAAPx9', name: { en: 'Coral, steel wheels', de: 'Koralle, Stahlräder' } },
      { code: 'EABAMBAAAAAAAAAwAAAAAAAAAAAPZi', name: { en: 'Moss, glass roof', de: 'Moos, Glasdach' } },
      { code: 'EAAwAAAAAAAAAAAgABAAAAAQAAAPOZ', name: { en: 'Ink, sports seats', de: 'Tinte, Sportsitze' } },
    ],
  },
  case: {
    id: 'huelle', name: { en: 'Case', de: 'Hülle' }, orbit: '-28deg 78deg auto',
    alt: { en: 'A slim phone case with a rim around the camera', de: 'Eine schlanke Handyhülle mit einem Rand um die Kamera' },
    ready: [
      { code: 'EAAAAAAEDsH', name: { en: 'Ink and coral', de: 'Tinte und Koralle' } },
      { code: 'EBAAEAAED8i', name: { en: 'Sage, for the large one', de: 'Salbei, für das große' } },
      { code: 'EAAAIBADZoqYggH-E', name: { en: 'Plum, with a name', de: 'Pflaume, mit Namen' } },
      { code: 'EAAAAAAFBAHev', name: { en: 'Ink, with a ring', de: 'Tinte, mit Ring' } },
    ],
  },
  shirt: {
    id: 'lauf', name: { en: 'Running shirt', de: 'Laufshirt' }, orbit: '-18deg 82deg auto',
    alt: { en: 'A running shirt on a torso', de: 'Ein Laufshirt auf einer Büste' },
    ready: [
      { code: 'EBAAAAAAAAAHAfjE', name: { en: 'Petrol', de: 'Petrol' } },
      { code: 'EBAAABAgAAADYm5gPNN', name: { en: 'Night and coral, number 7', de: 'Nacht und Koralle, Nummer 7' } },
      { code: 'EBAAEDAQAAAHAfwk', name: { en: 'Sun, open mesh', de: 'Sonne, offenes Netz' } },
      { code: 'EBAAACAAAAAhaoykkoiCLIyMzAfMA', name: { en: 'Coral, with name and number', de: 'Koralle, mit Name und Nummer' } },
    ],
  },
};

/** The product that the address asks for, else the first. */
export function asked() {
  const key = new URLSearchParams(location.search).get('product') ?? '';
  return Object.hasOwn(PRODUCTS, key) ? key : 'lamp';
}

/** @param {string} key */
export const fileOf = (key) => new URL(`assets/${key}.json`, import.meta.url).href;

// So many of each are one euro. A shop takes its own rates.
/** @type {Record<string, number>} */
export const RATES = { USD: 1.08, CHF: 0.95, GBP: 0.85 };
