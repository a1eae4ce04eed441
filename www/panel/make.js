/** The panel's parts, made without markup: nothing that a product file says is ever read as HTML. */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number | boolean | undefined | null>} [attributes] true is a flag; false, null and undefined are absent
 * @param {(Node | string | undefined | null | false)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  set(made, attributes);
  made.append(...children.filter((child) => child !== undefined && child !== null && child !== false));
  return made;
}

/**
 * @param {Element} element
 * @param {Record<string, string | number | boolean | undefined | null>} attributes
 */
export function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) element.removeAttribute(name);
    else if (element.getAttribute(name) !== String(value === true ? '' : value)) element.setAttribute(name, value === true ? '' : String(value));
  }
}

/** Text that is there already is left alone: nothing is drawn or said anew. @param {Node} node @param {string} text */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Lines on a square of 24 units, as the viewer's own buttons have them. */
const ICONS = {
  check: 'M5 12.5l4.5 4.5L19 7.5',
  close: 'M6 6l12 12M18 6L6 18',
  back: 'M15 5l-7 7 7 7',
  forth: 'M9 5l7 7-7 7',
  down: 'M5 9l7 7 7-7',
  up: 'M5 15l7-7 7 7',
  undo: 'M9 14l-5-5 5-5M4 9h10a6 6 0 0 1 0 12h-3',
  redo: 'M15 14l5-5-5-5M20 9H10a6 6 0 0 0 0 12h3',
  again: 'M4 12a8 8 0 1 1 2.4 5.7M4 20v-5h5',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L20 20',
  more: 'M6 12h.01M12 12h.01M18 12h.01',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5M12 8h.01',
  link: 'M10 14a4.5 4.5 0 0 0 6.4.4l3-3a4.5 4.5 0 0 0-6.4-6.4l-1.5 1.5M14 10a4.5 4.5 0 0 0-6.4-.4l-3 3A4.5 4.5 0 0 0 11 19l1.5-1.5',
  phone: 'M8 3h8a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM11 18h2',
  folder: 'M4 7a1 1 0 0 1 1-1h4.5l2 2.5H19a1 1 0 0 1 1 1V18a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1z',
  share: 'M12 15V4M8 8l4-4 4 4M5 13v6h14v-6',
  keep: 'M7 4h10v16l-5-4-5 4z',
  picture: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9.5h.01',
  text: 'M5 7V5h14v2M12 5v14M9 19h6',
  ruler: 'M3 15L15 3l6 6L9 21zM7 11l2 2M10 8l3 3M13 5l2 2',
  play: 'M8 5l11 7-11 7z',
  compare: 'M12 3v18M8 8l-4 4 4 4M16 8l4 4-4 4',
  wipe: 'M9 7l-5 5 5 5M15 7l5 5-5 5',
  marks: 'M4 4h10v4M4 4v10h4M10 10h10v10H10z',
  trash: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13',
  download: 'M12 4v11M8 11l4 4 4-4M5 19h14',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  turn: 'M19 12a7 7 0 1 1-2-4.9M19 4v4h-4',
  filter: 'M4 7h16M7 12h10M10 17h4',
  drop: 'M12 3.5c3.5 4 6 7 6 10a6 6 0 0 1-12 0c0-3 2.5-6 6-10z',
  spark: 'M12 4l1.8 6.2L20 12l-6.2 1.8L12 20l-1.8-6.2L4 12l6.2-1.8z',
  cart: 'M4 5h2l2 11h9l2-8H7M9 20h.01M16 20h.01',
  layers: 'M4 8l8-4 8 4-8 4zM4 12l8 4 8-4M4 16l8 4 8-4',
  warn: 'M12 4l9 16H3zM12 10v4M12 17h.01',
};

/** @typedef {keyof typeof ICONS} Icon */

/** @param {Icon} name */
export function icon(name) {
  const space = 'http://www.w3.org/2000/svg';
  const path = document.createElementNS(space, 'path');
  path.setAttribute('d', ICONS[name]);
  const svg = document.createElementNS(space, 'svg');
  set(svg, { viewBox: '0 0 24 24', 'aria-hidden': 'true' });
  svg.append(path);
  return svg;
}

/**
 * A button: words, a picture, or both; one with a picture alone is named by `label`.
 * @param {{ text?: string, icon?: Icon, label?: string, kind?: 'main' | 'plain' | 'quiet', part?: string, act?: (event: MouseEvent) => unknown }} options
 */
export function button({ text, icon: name, label, kind = 'plain', part, act }) {
  const made = make('button', { type: 'button', class: kind, part: part ?? 'button', 'aria-label': label, title: text ? undefined : label },
    name && icon(name), text && make('span', {}, text));
  if (act) made.addEventListener('click', act);
  return made;
}

/** A style for the panel's shadow root; adopted, so that `style-src 'self'` is enough. @param {string} text */
export function styled(text) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}
