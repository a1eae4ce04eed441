import { teach } from './words.js';

teach({
  en: {
    'buy-buy': 'Add to cart', 'buy-upgrade': 'Add upgrade to cart', 'buy-whole': 'A whole new one', 'buy-quote': 'Ask for an offer', 'buy-borrow': 'Borrow it', 'buy-print': 'Print it yourself', 'buy-reorder': 'The same again',
    'buy-busy': 'One moment …',
    'buy-done-buy': 'It is in your cart.', 'buy-done-quote': 'Your request is on its way.', 'buy-done-borrow': 'Your request is on its way.',
    'buy-done-print': 'Your print file is ordered.', 'buy-done-reorder': 'It is ordered again.',
    'buy-go': 'Go on',
    'buy-failed': 'That did not work',
    'buy-no-words': 'The shop did not say why.',
    'buy-kept': 'Your choice is still here.',
    'buy-again': 'Try again',
    'buy-refills': 'What is used up',
    'buy-refill': 'Order {0} again, {1}',
    'buy-lasts': 'lasts about {0}',
  },
  de: {
    'buy-buy': 'In den Warenkorb', 'buy-upgrade': 'Upgrade in den Warenkorb', 'buy-whole': 'Ein ganz neues', 'buy-quote': 'Angebot anfordern', 'buy-borrow': 'Ausleihen', 'buy-print': 'Selbst drucken', 'buy-reorder': 'Noch einmal dasselbe',
    'buy-busy': 'Einen Moment …',
    'buy-done-buy': 'Liegt in Ihrem Warenkorb.', 'buy-done-quote': 'Ihre Anfrage ist unterwegs.', 'buy-done-borrow': 'Ihre Anfrage ist unterwegs.',
    'buy-done-print': 'Ihre Druckdatei ist bestellt.', 'buy-done-reorder': 'Ist nachbestellt.',
    'buy-go': 'Weiter',
    'buy-failed': 'Das hat nicht geklappt',
    'buy-no-words': 'Der Shop hat keinen Grund genannt.',
    'buy-kept': 'Ihre Auswahl ist noch da.',
    'buy-again': 'Noch einmal versuchen',
    'buy-refills': 'Was sich verbraucht',
    'buy-refill': '{0} nachbestellen, {1}',
    'buy-lasts': 'hält etwa {0}',
  },
});
