/** Gestures so far, on all controls. */
let count = 0;

/**
 * Numbers what one gesture on a control does on its way, from the first `input` to its `change`.
 * @param {HTMLInputElement} input @returns {() => number} the number of the gesture that is going on
 */
export function gestures(input) {
  let own = ++count;
  // The last of it may still wait for its frame.
  input.addEventListener('change', () => requestAnimationFrame(() => requestAnimationFrame(() => { own = ++count; })));
  return () => own;
}
