/** @import { AnprobePanel } from './panel.js' */
import { focused, giveFocus, hasFocus } from './focus.js';
import { button, make } from './make.js';

/** How long a line that only tells stays, in milliseconds; it stays as long as a pointer is on it. */
const STAYS = 8000;
/** What a customer acts with. */
const ACTS = 'a, button, input, label, select, summary, textarea';
/** Ends what a place shows. @type {WeakMap<HTMLElement, () => void>} */
const shown = new WeakMap();
let number = 0;

/**
 * A modal dialog in the panel's shadow root; the browser keeps the focus in it and gives it back.
 * @param {AnprobePanel} panel @param {HTMLElement} place
 * @param {{ title: string, content: Node, wide?: boolean, onclose?: () => void }} options
 */
export function showDialog(panel, place, { title, content, wide = false, onclose }) {
  const id = `dialog-${++number}`;
  const close = button({ icon: 'close', label: panel.say('panel-close'), kind: 'quiet', part: 'dialog-close', act: () => dialog.close() });
  const dialog = make('dialog', { class: wide && 'wide', part: 'dialog', 'aria-labelledby': id },
    make('header', {}, make('h2', { id }, title), close),
    make('div', { class: 'content' }, content));
  const over = () => {
    if (!panel.opened.delete(opened)) return;
    dialog.remove();
    onclose?.();
  };
  // One that is taken from the document is not told that it closes: its panel closes it.
  const opened = { close: () => {
    dialog.close();
    over();
  } };
  panel.opened.add(opened);
  dialog.addEventListener('close', over);
  // What is outside of the box is the backdrop. A press that began inside and ends there was no wish to leave.
  let began = false;
  dialog.addEventListener('pointerdown', ({ target }) => { began = target === dialog; });
  dialog.addEventListener('click', ({ target, clientX, clientY }) => {
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    const inside = clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
    if (target === dialog && began && !inside) dialog.close();
  });
  place.append(dialog);
  dialog.showModal();
  return { element: dialog, close: () => dialog.close() };
}

/**
 * A line that tells what happened, with one way back. Only one at a time: the last one counts. One with a way back stays
 * until the customer does something else: nobody has to be quick.
 * @param {AnprobePanel} panel @param {HTMLElement} place @param {string} text @param {{ act?: { text: string, run: () => unknown } }} options
 */
export function showToast(panel, place, text, { act }) {
  endToast(place);
  const toast = make('div', { class: 'toast', part: 'toast' }, make('span', {}, text));
  const ends = new AbortController();
  const { signal } = ends;
  let from = focused();
  let timer = 0;
  const leave = () => {
    const held = hasFocus(toast);
    ends.abort();
    clearTimeout(timer);
    toast.remove();
    if (shown.get(place) === leave) shown.delete(place);
    if (held) giveFocus(from, panel.history.buttons.undo);
  };
  shown.set(place, leave);
  place.append(toast);
  if (!act) {
    const stay = () => clearTimeout(timer);
    const go = () => { timer = setTimeout(leave, STAYS); };
    toast.addEventListener('pointerenter', stay);
    toast.addEventListener('pointerleave', go);
    return go();
  }
  toast.append(button({ text: act.text, kind: 'quiet', act: () => {
    leave();
    act.run();
  } }));
  toast.addEventListener('focusin', ({ relatedTarget }) => {
    if (relatedTarget instanceof Element) from = relatedTarget;
  });
  // What led to this line is still on its way through the document.
  const since = performance.now();
  /** @param {Event} event */
  const elsewhere = ({ target, timeStamp }) => {
    if (timeStamp > since && target instanceof Element && target.closest(ACTS) && !toast.contains(target)) leave();
  };
  for (const type of ['click', 'input']) panel.root.addEventListener(type, elsewhere, { signal });
  // Wherever it was chosen: the way back would now undo something else.
  panel.viewer.addEventListener('configuration-change', ({ detail, timeStamp }) => {
    if (timeStamp > since && detail?.changed.length) leave();
  }, { signal });
}

/** @param {HTMLElement} place */
export function endToast(place) {
  shown.get(place)?.();
}
