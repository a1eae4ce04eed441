/** @import { AnprobePanel } from './panel.js' */
import { button, make } from './make.js';

/** How long a line with a way back stays, in milliseconds; it stays as long as a pointer or the focus is on it. */
const STAYS = 8000;
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
  dialog.addEventListener('close', () => {
    // Of a dialog inside: its end is no end of this one.
    dialog.remove();
    onclose?.();
  });
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
 * A line that tells what happened, with one way back. Only one at a time: the last one counts.
 * @param {HTMLElement} place @param {string} text @param {{ act?: { text: string, run: () => unknown } }} options
 */
export function showToast(place, text, { act }) {
  const toast = make('div', { class: 'toast', part: 'toast' }, make('span', {}, text));
  const leave = () => toast.remove();
  if (act) {
    toast.append(button({ text: act.text, kind: 'quiet', act: () => {
      leave();
      act.run();
    } }));
  }
  let timer = setTimeout(leave, STAYS);
  const hold = () => clearTimeout(timer);
  const release = () => {
    clearTimeout(timer);
    timer = setTimeout(leave, STAYS / 2);
  };
  toast.addEventListener('pointerenter', hold);
  toast.addEventListener('focusin', hold);
  toast.addEventListener('pointerleave', release);
  toast.addEventListener('focusout', release);
  place.replaceChildren(toast);
}
