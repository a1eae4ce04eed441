import { word } from './words.js';

/**
 * Copies, and says on the button that it is done; where the browser does not allow it, the text is marked instead.
 * @param {HTMLButtonElement} button @param {() => string} text @param {string} key what stands on the button @param {HTMLElement} [source]
 */
export async function copy(button, text, key, source) {
  let done = 'copied';
  try {
    await navigator.clipboard.writeText(text());
  } catch {
    done = 'copy-failed';
    if (source) getSelection()?.selectAllChildren(source);
  }
  button.textContent = word(done);
  button.setAttribute('aria-live', 'polite');
  setTimeout(() => { button.textContent = word(key); }, 2000);
}
