/** Two configurations from one link, `#a=…&b=…`, and two pickers that write it. */
import { PRODUCTS, asked } from './products.js';
import { $, make, news } from './shop.js';
import { copy } from './copy.js';
import { known, panelOf, show } from './stage.js';
import { picks } from './picker.js';
import { word } from './words.js';

const key = asked();
const { ready } = PRODUCTS[key];
const pair = { a: '', b: '' };

/** What the address says, and for what it does not say, the first and the last that are ready. */
function read() {
  const said = new URLSearchParams(location.hash.slice(1));
  pair.a = said.get('a') || pair.a || ready[0].code;
  pair.b = said.get('b') || pair.b || ready[ready.length - 1].code;
}

function write() {
  history.replaceState(null, '', `${location.pathname}${location.search}#${new URLSearchParams(pair)}`);
}

read();
write();
const viewer = show(key);

async function fill() {
  const all = await picks(key, [pair.a, pair.b]);
  for (const side of /** @type {const} */ (['a', 'b'])) {
    const select = $(`#${side}`);
    select.replaceChildren(...['ready', 'mine', 'designs', 'from-link'].flatMap((kind) => {
      const options = all.filter((pick) => pick.kind === kind).map(({ code, name }) => make('option', { value: code }, name));
      return options.length && kind !== 'from-link' ? make('optgroup', { label: word(kind) }, ...options) : options;
    }));
    select.value = pair[side];
  }
  $('#link').textContent = word('copy-link');
}

/** With the customer's own pictures, which must be there before. */
async function compare() {
  await (await panelOf()).bring(pair.a, pair.b);
  viewer.compare({ ...pair });
}

function both() {
  write();
  void compare();
  void fill();
}

for (const side of /** @type {const} */ (['a', 'b'])) {
  $(`#${side}`).addEventListener('change', (/** @type {Event} */ { target }) => {
    pair[side] = /** @type {HTMLSelectElement} */ (target).value;
    both();
  });
}
$('#swap').addEventListener('click', () => {
  [pair.a, pair.b] = [pair.b, pair.a];
  both();
});
$('#link').addEventListener('click', () => copy($('#link'), () => location.href, 'copy-link'));
addEventListener('hashchange', () => {
  read();
  // The link to the content says nothing of the two.
  write();
  void fill();
});
news.addEventListener('language', fill);
await fill();
await known(viewer);
// What the address said when the page came the panel has seen to.
if (!viewer.comparison) await compare();
