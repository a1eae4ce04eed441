/** For owners: what is theirs, and beside it the panel with what can be made of it. */
import { PRODUCTS, asked, fileOf } from './products.js';
import { $, make, news } from './shop.js';
import { known, panelOf, show } from './stage.js';
import { picks } from './picker.js';

const key = asked();
const wanted = new URLSearchParams(location.search).get('owned');
/** What the customer last said to have. */
const mine = wanted ? undefined : (await (await panelOf()).designs()).find(({ isPresent, product }) => isPresent && product === fileOf(key));
const first = wanted || mine?.code || PRODUCTS[key].ready[0].code;
const viewer = show(key, { config: first, owned: first });
const chips = $('#mine');

async function fill() {
  const all = await picks(key, [viewer.owned ?? '', wanted ?? '']);
  const focused = document.activeElement?.closest('#mine') ? /** @type {HTMLInputElement} */ (document.activeElement).value : undefined;
  chips.replaceChildren(...all.filter(({ kind }) => kind !== 'designs').map(({ code, name }) => {
    const input = make('input', { type: 'radio', name: 'mine', value: code, checked: code === viewer.owned });
    input.addEventListener('change', () => own(code));
    return make('label', {}, input, make('span', {}, name));
  }));
  if (focused) chips.querySelector(`[value="${CSS.escape(focused)}"]`)?.focus();
}

/** @param {string} code */
async function own(code) {
  viewer.compare(null);
  viewer.owned = code;
  viewer.open(code);
  const url = new URL(location.href);
  url.searchParams.set('product', key);
  url.searchParams.set('owned', code);
  history.replaceState(null, '', url);
  (await panelOf()).reveal('anprobe-upgrades');
}

$('#photo').addEventListener('click', async () => (await panelOf()).reveal('anprobe-photo'));
await fill();
await known(viewer);
(await panelOf()).reveal('anprobe-upgrades');
// The panel, too, knows what is theirs.
viewer.addEventListener('configuration-change', () => {
  if (chips.querySelector(':checked')?.value !== (viewer.configuration?.owned ?? '')) void fill();
});
news.addEventListener('language', fill);
