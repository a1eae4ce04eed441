import { teach } from './words.js';

/** Headings of sections that are fetched when they are first opened. */
teach({
  en: { 'space-section': 'Real size', 'keep-title': 'Saved designs', 'share-title': 'Share', 'buy-title': 'More ways' },
  de: { 'space-section': 'Echte Größe', 'keep-title': 'Gespeicherte Entwürfe', 'share-title': 'Teilen', 'buy-title': 'Weitere Wege' },
});
