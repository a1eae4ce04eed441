/** @import { Panel } from './panel.js' */
import { set } from './make.js';

/** Names a part of the section. On a phone the section's own heading is a tab. @param {Panel} panel @param {HTMLElement} title @param {string} key */
export function entitle(panel, title, key) {
  title.textContent = panel.say(key);
  set(title, { 'aria-level': panel.narrow && 3 });
}
