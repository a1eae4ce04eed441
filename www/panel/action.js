/** @import { AnprobePanel } from './panel.js' */
/** @import { ProductAction, ProductActionAnswer, ProductOrder } from '../anprobe.js' */
import { fileName } from './design.js';
import { button, make } from './make.js';
import { keepOrdered } from './ordered.js';
import './words-buy.js';

/** A picture for the cart, in pixels. */
const PICTURE = { width: 800, height: 800 };

/** Panels that wait for a shop: one action at a time. @type {WeakSet<AnprobePanel>} */
const waiting = new WeakSet();

/**
 * Hands an order to the page as `anprobe-action` and shows what becomes of it. Where nobody answers, nothing is said.
 * @param {AnprobePanel} panel @param {() => ProductOrder | undefined} order
 * @param {HTMLButtonElement} asked the button that was pressed
 * @returns {Promise<ProductActionAnswer | undefined>} what the shop answered, where it did
 */
export async function act(panel, order, asked) {
  const wanted = order();
  if (!wanted || waiting.has(panel)) return undefined;
  /** @type {unknown[]} */
  const answers = [];
  /** @type {ProductAction} */
  const detail = {
    // What is asked for may be another thing than what is chosen.
    ...wanted, quote: wanted.code === panel.viewer.code ? panel.viewer.quote : undefined, bom: wanted.parts,
    picture: () => panel.viewer.toBlob({ mimeType: 'image/png', ...PICTURE }),
    files: async () => (wanted.code ? files(panel, wanted.product) : []),
    respond: (answer) => { answers.push(answer); },
  };
  panel.viewer.dispatchEvent(new CustomEvent('anprobe-action', { bubbles: true, composed: true, cancelable: true, detail }));
  if (!answers.length) return undefined;
  const words = asked.querySelector('span');
  const before = words?.textContent ?? '';
  waiting.add(panel);
  asked.setAttribute('aria-busy', 'true');
  if (words) words.textContent = panel.say('buy-busy');
  panel.live(panel.say('buy-busy'));
  /** @type {ProductActionAnswer} */
  let answer;
  try {
    const [, ...all] = /** @type {(ProductActionAnswer | undefined)[]} */ (await Promise.all([keepOrdered(panel), ...answers]));
    answer = Object.assign({}, ...all.filter((one) => typeof one === 'object'));
  } catch (error) {
    answer = { error: sentence(error) };
  }
  waiting.delete(panel);
  asked.removeAttribute('aria-busy');
  if (words?.textContent === panel.say('buy-busy')) words.textContent = before;
  if (answer.error !== undefined) {
    refused(panel, answer.error || panel.say('buy-no-words'), order, asked);
    return answer;
  }
  const text = answer.text || panel.say(`buy-done-${wanted.action}`);
  const href = address(answer.href);
  panel.toast(text, href ? { act: { text: panel.say('buy-go'), run: () => location.assign(href) } } : {});
  return answer;
}

/** What the shop says for customers; what a browser says to programmers is none of it. @param {unknown} error */
function sentence(error) {
  if (typeof error === 'string') return error;
  if (error instanceof TypeError || error instanceof DOMException) return '';
  const said = error instanceof Error ? error.message : /** @type {{ error?: unknown } | null | undefined} */ (error)?.error;
  return typeof said === 'string' ? said : '';
}

/** @param {unknown} href */
function address(href) {
  if (typeof href !== 'string' || !URL.canParse(href, document.baseURI)) return undefined;
  const url = new URL(href, document.baseURI);
  return /^https?:$/.test(url.protocol) ? url.href : undefined;
}

/**
 * What the shop says when it will not, until the customer has read it.
 * @param {AnprobePanel} panel @param {string} why @param {() => ProductOrder | undefined} order @param {HTMLButtonElement} asked
 */
function refused(panel, why, order, asked) {
  const again = button({ text: panel.say('buy-again'), kind: 'main', act: () => {
    dialog.close();
    void act(panel, order, asked);
  } });
  const content = make('div', { class: 'refused', role: 'alert' },
    make('p', { part: 'action-error' }, why), make('p', { class: 'soft' }, panel.say('buy-kept')), again);
  content.style.setProperty('display', 'grid');
  content.style.setProperty('gap', '16px');
  content.style.setProperty('justify-items', 'start');
  const dialog = panel.dialog({ title: panel.say('buy-failed'), content });
}

/** What the shop needs to make it: prints, and the customer's own pictures. @param {AnprobePanel} panel @param {string} product */
async function files({ viewer }, product) {
  /** @type {File[]} */
  const found = [];
  const printer = /** @type {{ printFile?: (group: string) => Promise<Blob | undefined> }} */ (/** @type {unknown} */ (viewer));
  for (const { id, kind, value, surface } of viewer.options) {
    if (!surface || !value || (kind !== 'text' && kind !== 'picture')) continue;
    const print = await printer.printFile?.(id);
    if (print) found.push(new File([print], fileName([product, id], 'png'), { type: print.type }));
  }
  for (const [name, picture] of viewer.pictures()) found.push(new File([picture], `${name}.${picture.type.split('/')[1] || 'bin'}`, { type: picture.type }));
  return found;
}
