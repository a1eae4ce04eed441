import { teach } from './words.js';

/** Headings of sections that are fetched when they are first opened. */
teach({
  en: { 'keep-title': 'Saved designs', 'share-title': 'Share', 'buy-title': 'More ways', 'upgrade-section': 'Upgrades' },
  de: { 'keep-title': 'Gespeicherte Entwürfe', 'share-title': 'Teilen', 'buy-title': 'Weitere Wege', 'upgrade-section': 'Upgrades' },
});
