/**
 * What the element says, by language and key; `{0}` is a place for a detail.
 * @type {Record<string, Record<string, string>>}
 */
export const WORDS = {
  en: {
    'model': '3D view',
    'role': 'turnable 3D view',
    'help': 'Arrow keys turn, page up and page down zoom, Home resets the view.',
    'loading': 'Loading the 3D view',
    'buttons': 'Turn and zoom',
    'left': 'Turn left', 'right': 'Turn right', 'up': 'Turn up', 'down': 'Turn down',
    'in': 'Zoom in', 'out': 'Zoom out', 'reset': 'Reset the view',
    'again': 'Try again',
    'error': 'The 3D view could not be shown.',
    'error-FETCH_FAILED': 'The 3D view could not be loaded.',
    'error-GRAPHICS_UNAVAILABLE': 'This browser cannot show 3D here.',
    'error-GRAPHICS_LOST': 'The 3D view was interrupted.',
    'view': 'View from {0}',
    'view-front': 'the front', 'view-front-upper': 'the front, above', 'view-front-lower': 'the front, below',
    'view-right': 'the right', 'view-right-upper': 'the right, above', 'view-right-lower': 'the right, below',
    'view-back': 'the back', 'view-back-upper': 'the back, above', 'view-back-lower': 'the back, below',
    'view-left': 'the left', 'view-left-upper': 'the left, above', 'view-left-lower': 'the left, below',
  },
  de: {
    'model': '3D-Ansicht',
    'role': 'drehbare 3D-Ansicht',
    'help': 'Pfeiltasten drehen, Bild auf und Bild ab zoomen, Pos1 stellt die Ansicht zurück.',
    'loading': 'Die 3D-Ansicht wird geladen',
    'buttons': 'Drehen und zoomen',
    'left': 'Nach links drehen', 'right': 'Nach rechts drehen', 'up': 'Nach oben drehen', 'down': 'Nach unten drehen',
    'in': 'Näher heran', 'out': 'Weiter weg', 'reset': 'Ansicht zurückstellen',
    'again': 'Erneut versuchen',
    'error': 'Die 3D-Ansicht lässt sich nicht zeigen.',
    'error-FETCH_FAILED': 'Die 3D-Ansicht ließ sich nicht laden.',
    'error-GRAPHICS_UNAVAILABLE': 'Dieser Browser kann hier kein 3D zeigen.',
    'error-GRAPHICS_LOST': 'Die 3D-Ansicht wurde unterbrochen.',
    'view': 'Blick von {0}',
    'view-front': 'vorn', 'view-front-upper': 'vorn oben', 'view-front-lower': 'vorn unten',
    'view-right': 'rechts', 'view-right-upper': 'rechts oben', 'view-right-lower': 'rechts unten',
    'view-back': 'hinten', 'view-back-upper': 'hinten oben', 'view-back-lower': 'hinten unten',
    'view-left': 'links', 'view-left-upper': 'links oben', 'view-left-lower': 'links unten',
  },
};

/**
 * The words of the closest `lang`, else English; a page's own come first.
 * @param {string} language such as `de-AT`
 * @param {Record<string, string>} own
 * @param {string} key
 * @returns {string | undefined}
 */
export function word(language, own, key) {
  const table = WORDS[language] ?? WORDS[language.split('-')[0]] ?? WORDS.en;
  return own[key] ?? table[key] ?? WORDS.en[key];
}

/**
 * Takes a page's words for a language, or for a new one.
 * @param {Record<string, Record<string, string>>} languages
 */
export function speak(languages) {
  for (const [language, table] of Object.entries(languages)) {
    WORDS[language.toLowerCase()] = { ...WORDS[language.toLowerCase()], ...table };
  }
}

/**
 * The language in which an element is written, through shadow roots.
 * @param {Element} element
 */
export function language(element) {
  for (let at = /** @type {Element | undefined} */ (element); at;) {
    const found = at.closest('[lang]');
    if (found) return (found.getAttribute('lang') ?? '').toLowerCase();
    const root = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : undefined;
  }
  return 'en';
}
