/** What is said of printing, by language and key; `{0}` is a part's name, `{1}` the reasons. @type {Record<string, Record<string, string>>} */
export const PRINT_WORDS = {
  en: {
    'print-refused': '{0} cannot be printed as it is modelled: {1}.',
    'print-licence-required': 'The print file of {0} is sold apart. It comes when it is bought.',
    'print-empty': 'There is nothing here that can be printed.',
    'print-option': 'There is no such part, material, printer, size or layer: {0}.',
    'print-fetch': 'The print file of {0} could not be fetched: {1}.',
    'print-relief': 'The words cannot be made on {0} as they lie there. Make them smaller, or move them to where it is flat.',
    'print-relief-depth': '{0} is too thin for the depth of the words, or has something in their way.',
    'print-glyph': 'There is no printable letter for “{0}”. Write it otherwise, or choose another font.',
    'print-part': 'This part', 'print-openEdge': 'its surface has holes', 'print-crowdedEdge': 'more than two surfaces meet at an edge', 'print-oneSided': 'it has no inside',
    'print-flippedTriangle': 'parts of its surface face the wrong way', 'print-noVolume': 'it encloses nothing',
  },
  de: {
    'print-refused': '{0} lässt sich so, wie es modelliert ist, nicht drucken: {1}.',
    'print-licence-required': 'Die Druckdatei für {0} wird einzeln verkauft. Sie kommt, sobald sie gekauft ist.',
    'print-empty': 'Hier gibt es nichts, das sich drucken lässt.',
    'print-option': 'Teil, Material, Drucker, Größe oder Schicht gibt es nicht: {0}.',
    'print-fetch': 'Die Druckdatei für {0} ließ sich nicht laden: {1}.',
    'print-relief': 'So, wie die Schrift liegt, lässt sie sich auf {0} nicht formen. Machen Sie sie kleiner, oder schieben Sie sie dorthin, wo das Teil eben ist.',
    'print-relief-depth': '{0} ist für die Tiefe der Schrift zu dünn, oder etwas ist ihr im Weg.',
    'print-glyph': 'Für „{0}“ gibt es keinen druckbaren Buchstaben. Schreiben Sie es anders, oder wählen Sie eine andere Schrift.',
    'print-part': 'Dieses Teil', 'print-openEdge': 'die Oberfläche hat Löcher', 'print-crowdedEdge': 'an einer Kante treffen sich mehr als zwei Flächen', 'print-oneSided': 'es hat kein Inneres',
    'print-flippedTriangle': 'Teile der Oberfläche zeigen nach innen', 'print-noVolume': 'es umschließt nichts',
  },
};
