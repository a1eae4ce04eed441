/** What the pages say beyond their markup. @type {Record<string, Record<string, string>>} */
const WORDS = {
  en: {
    'menu': 'Menu', 'pages': 'Pages', 'language': 'Language', 'theme': 'Appearance', 'theme-system': 'As the device', 'theme-light': 'Light', 'theme-dark': 'Dark',
    'currency': 'Currency', 'offline': 'Keep for offline use', 'offline-note': 'What you have seen opens without network, too.',
    'offline-kept': 'Kept. What you see from now on opens without network.', 'offline-gone': 'Nothing is kept any more.',
    'offline-failed': 'This browser does not keep it.', 'offline-never': 'This browser cannot keep pages.',
    'cart-one': 'Cart, 1 thing', 'cart-many': 'Cart, {0} things',
    'added-buy': 'It is in your cart', 'added-quote': 'Your request is in the cart', 'added-borrow': 'It is in your cart, to borrow', 'added-print': 'The print file is in your cart',
    'added-reorder': 'It is in your cart', 'changed': 'Your cart has the new one', 'full': 'Your browser has no room for the cart. Take something out, and try again.',
    'total': 'Total', 'edit': 'Edit', 'remove': 'Remove', 'removed': '{0} is out of the cart', 'undo': 'Undo', 'fewer': 'One less of {0}', 'more': 'One more of {0}',
    'edit-of': 'Edit {0}', 'remove-of': 'Remove {0}', 'picture-of': '{0}, as you made it',
    'quote': 'Request for an offer', 'borrow': 'To borrow', 'print': 'Print file', 'file-one': '1 file to print', 'file-many': '{0} files to print',
    'from-link': 'From the link', 'mine': 'My products', 'designs': 'My designs', 'ready': 'Ready-made', 'left': 'Left', 'right': 'Right',
    'copy': 'Copy', 'copied': 'Copied', 'copy-failed': 'Select it and copy by hand.', 'copy-of': 'Copy {0}', 'copy-link': 'Copy the link',
  },
  de: {
    'menu': 'Menü', 'pages': 'Seiten', 'language': 'Sprache', 'theme': 'Darstellung', 'theme-system': 'Wie das Gerät', 'theme-light': 'Hell', 'theme-dark': 'Dunkel',
    'currency': 'Währung', 'offline': 'Offline verfügbar', 'offline-note': 'Was Sie gesehen haben, öffnet sich auch ohne Netz.',
    'offline-kept': 'Gespeichert. Was Sie ab jetzt ansehen, öffnet sich ohne Netz.', 'offline-gone': 'Es ist nichts mehr gespeichert.',
    'offline-failed': 'Dieser Browser speichert es nicht.', 'offline-never': 'Dieser Browser kann keine Seiten speichern.',
    'cart-one': 'Warenkorb, 1 Stück', 'cart-many': 'Warenkorb, {0} Stück',
    'added-buy': 'Liegt in Ihrem Warenkorb', 'added-quote': 'Ihre Anfrage liegt im Warenkorb', 'added-borrow': 'Liegt zum Ausleihen im Warenkorb', 'added-print': 'Die Druckdatei liegt im Warenkorb',
    'added-reorder': 'Liegt in Ihrem Warenkorb', 'changed': 'Im Warenkorb liegt jetzt das neue', 'full': 'Ihr Browser hat keinen Platz für den Warenkorb. Nehmen Sie etwas heraus, dann noch einmal.',
    'total': 'Summe', 'edit': 'Ändern', 'remove': 'Entfernen', 'removed': '{0} ist nicht mehr im Warenkorb', 'undo': 'Zurück', 'fewer': 'Eins weniger: {0}', 'more': 'Eins mehr: {0}',
    'edit-of': '{0} ändern', 'remove-of': '{0} entfernen', 'picture-of': '{0}, wie von Ihnen gestaltet',
    'quote': 'Anfrage für ein Angebot', 'borrow': 'Zum Ausleihen', 'print': 'Druckdatei', 'file-one': '1 Datei zum Drucken', 'file-many': '{0} Dateien zum Drucken',
    'from-link': 'Aus dem Link', 'mine': 'Meine Produkte', 'designs': 'Meine Entwürfe', 'ready': 'Fertig zusammengestellt', 'left': 'Links', 'right': 'Rechts',
    'copy': 'Kopieren', 'copied': 'Kopiert', 'copy-failed': 'Bitte markieren und von Hand kopieren.', 'copy-of': '{0} kopieren', 'copy-link': 'Link kopieren',
  },
};

/** @param {string} key @param {unknown[]} places */
export function word(key, ...places) {
  const text = (WORDS[document.documentElement.lang] ?? WORDS.en)[key] ?? '';
  return text.replace(/\{(\d)\}/g, (_, place) => String(places[Number(place)] ?? ''));
}

/** In the page's language. @param {{ en: string, de: string }} said */
export const said = (said) => (document.documentElement.lang === 'de' ? said.de : said.en);
