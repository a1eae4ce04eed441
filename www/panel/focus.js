/** Where the focus is, and where it goes when what had it goes away. */

/** What has the focus, through shadow roots. @param {Document | ShadowRoot} [root] @returns {Element | null} */
export function focused(root = document) {
  const { activeElement } = root;
  return activeElement?.shadowRoot?.activeElement ? focused(activeElement.shadowRoot) : activeElement;
}

/** Whether the focus is on an element or within it, in the tree that it stands in. @param {Element} element */
export function hasFocus(element) {
  return element.contains(/** @type {Document | ShadowRoot} */ (element.getRootNode()).activeElement ?? null);
}

/** Gives the focus to the first of these that takes it: one that is gone or hidden does not. @param {(Element | null | undefined)[]} places */
export function giveFocus(...places) {
  for (const place of places) {
    if (!(place instanceof HTMLElement) || place === document.body) continue;
    place.focus({ preventScroll: true });
    if (focused() === place) return;
  }
}
