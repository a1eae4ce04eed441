import { teach } from './words.js';

teach({
  en: {
    'panel-close': 'Close',
  },
  de: {
    'panel-close': 'Schließen',
  },
});
