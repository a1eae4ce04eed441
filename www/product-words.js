/**
 * What products say, by language and key; `{0}` is a place for a detail.
 * @type {Record<string, Record<string, string>>}
 */
export const PRODUCT_WORDS = {
  en: {
    'state-possible': '{0} can be chosen.',
    'state-taken': '{0} is chosen.',
    'state-repairable': '{0} does not go with what is chosen.',
    'state-dead': '{0} is not available.',
    'state-unknown': 'Whether {0} can be had could not be found out.',
    'reason-rule': 'These do not go together.',
    'reason-taken': '{1}: {0} is chosen.',
    'reason-left': '{1}: {0} is not chosen.',
    'reason-gone': '{0} is no longer sold.',
    'reason-least': '{0}: at least {1}.',
    'reason-most': '{0}: at most {2}.',
    'reason-bounds': '{0}: {1} to {2}.',
    'change': '{0}: {2} instead of {1}',
    'nothing': 'nothing',
    'repair': 'Choose {0} with {1} ({2})',
  },
  de: {
    'state-possible': '{0} ist wählbar.',
    'state-taken': '{0} ist gewählt.',
    'state-repairable': '{0} passt nicht zur Auswahl.',
    'state-dead': '{0} ist nicht zu haben.',
    'state-unknown': 'Ob {0} zu haben ist, ließ sich nicht klären.',
    'reason-rule': 'Das passt nicht zusammen.',
    'reason-taken': '{1}: {0} ist gewählt.',
    'reason-left': '{1}: {0} ist nicht gewählt.',
    'reason-gone': '{0} wird nicht mehr verkauft.',
    'reason-least': '{0}: mindestens {1}.',
    'reason-most': '{0}: höchstens {2}.',
    'reason-bounds': '{0}: {1} bis {2}.',
    'change': '{0}: {2} statt {1}',
    'nothing': 'nichts',
    'repair': '{0} wählen, dazu {1} ({2})',
  },
};
