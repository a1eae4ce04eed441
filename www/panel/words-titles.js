import { teach } from './words.js';

/** Headings of sections that are fetched when they are first opened. */
teach({
  en: { 'upgrade-section': 'Upgrades', 'photo-section': 'On a picture of yours', 'space-section': 'Real size', 'keep-title': 'Saved designs', 'share-title': 'Share', 'buy-title': 'More ways', 'printing-section': 'Print it yourself' },
  de: { 'upgrade-section': 'Upgrades', 'photo-section': 'Auf Ihrem Foto', 'space-section': 'Maße und Größe', 'keep-title': 'Gespeicherte Entwürfe', 'share-title': 'Teilen', 'buy-title': 'Weitere Möglichkeiten', 'printing-section': 'Selbst drucken' },
});
