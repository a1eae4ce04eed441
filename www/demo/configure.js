// A shop's own panel, as plainly as can be: all that it shows comes from the element.
/** @type {Record<string, Record<string, string>>} */
const WORDS = {
  en: { undo: 'Undo', redo: 'Redo', reset: 'Start over', own: 'I have this one', keep: 'Leave it', none: 'None', upgrades: 'For yours', picture: 'Choose a picture' },
  de: { undo: 'Zurück', redo: 'Wieder vor', reset: 'Von vorn', own: 'Das habe ich schon', keep: 'So lassen', none: 'Keine', upgrades: 'Für Ihr Stück', picture: 'Bild wählen' },
};

/** @typedef {import('../anprobe.js').AnprobeViewer} AnprobeViewer */
/** @typedef {import('../anprobe.js').ProductGroup} ProductGroup */
/** @typedef {import('../anprobe.js').ProductChoice} ProductChoice */

const root = document.documentElement;
const wanted = new URLSearchParams(location.search);
const viewer = /** @type {AnprobeViewer} */ (document.querySelector('#product'));
const dialog = /** @type {HTMLDialogElement} */ (document.querySelector('#conflict'));
/** Controls by `group/choice` or the group's id. @type {Map<string, HTMLElement>} */
let controls = new Map();
/** What the dialog asks for. @type {[group: string, choice: any]} */
let asked = ['', null];

/** @param {string} selector @returns {any} */
const $ = (selector) => document.querySelector(selector);
const word = (/** @type {string} */ key) => WORDS[root.lang][key];

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag @param {Record<string, string>} [attributes] @param {(Node | string)[]} children
 */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** @param {string} group @param {any} choice */
async function select(group, choice) {
  asked = [group, choice];
  if (await viewer.select(group, choice) === 'blocked') update();
}

/** @param {ProductGroup} group @param {ProductChoice} choice */
function chip(group, choice) {
  const type = group.kind === 'many' ? 'checkbox' : 'radio';
  const input = make('input', { type, name: group.id, value: choice.id });
  input.addEventListener('click', (event) => {
    // Only what really changed is shown as changed.
    event.preventDefault();
    setTimeout(() => select(group.id, choice.id));
  });
  const label = make('label', { class: 'chip', title: choice.description ?? choice.name }, input);
  if (choice.swatch?.startsWith('#')) {
    const dot = make('span', { class: 'dot', 'aria-hidden': 'true' });
    dot.style.setProperty('--colour', choice.swatch);
    label.append(dot);
  }
  label.append(make('span', {}, choice.name), make('small'));
  controls.set(`${group.id}/${choice.id}`, label);
  return label;
}

/** @param {ProductGroup} group */
function control(group) {
  if (group.kind === 'number') {
    const { min = 0, max = 0, step = 1 } = group;
    const input = make('input', { type: 'range', min: `${min}`, max: `${max}`, step: `${step}`, 'aria-label': group.name });
    input.addEventListener('input', () => select(group.id, Number(input.value)));
    return input;
  }
  if (group.kind === 'text') {
    const input = make('input', { type: 'text', maxlength: `${group.max ?? 100}`, 'aria-label': group.name, autocomplete: 'off' });
    input.addEventListener('input', () => select(group.id, input.value));
    return input;
  }
  if (group.kind === 'picture') {
    const input = make('input', { type: 'file', accept: 'image/*', 'aria-label': `${group.name}: ${word('picture')}` });
    input.addEventListener('change', () => select(group.id, input.files?.[0] ?? ''));
    return input;
  }
  const chips = make('div', { class: 'chips' }, ...group.choices.map((choice) => chip(group, choice)));
  if (group.free) {
    const input = make('input', { type: 'color', 'aria-label': group.name });
    input.addEventListener('input', () => select(group.id, input.value));
    chips.append(input);
  }
  return chips;
}

/** Everything anew: another product, or another language. */
function build() {
  const { sheet } = viewer;
  if (!sheet) return;
  controls = new Map();
  $('#name').textContent = sheet.name;
  $('#lead').textContent = sheet.description;
  document.title = `Anprobe: ${sheet.name}`;
  viewer.alt = sheet.name;
  $('#groups').replaceChildren(...viewer.options.map((group) => {
    const chosen = make('output');
    const field = make('fieldset', {}, make('legend', {}, group.name, ' ', chosen), control(group));
    controls.set(group.id, field);
    return field;
  }));
  $('#behaviours').replaceChildren(...sheet.behaviours.map(({ id, name, min, max, rest }) => {
    const input = make('input', { type: 'range', min: `${min}`, max: `${max}`, step: 'any', 'aria-label': name });
    input.value = String(viewer.configuration?.behaviours[id] ?? rest);
    input.addEventListener('input', () => viewer.behave(id, Number(input.value)));
    return make('fieldset', {}, make('legend', {}, name), input);
  }));
  for (const button of document.querySelectorAll('[data-act]')) button.textContent = word(button.getAttribute('data-act') ?? '');
  update();
}

/** What is chosen, what each other choice would mean, and what it costs. */
function update() {
  const { configuration, quote, options } = viewer;
  if (!configuration || !quote) return;
  for (const group of options) {
    const field = controls.get(group.id);
    const output = field?.querySelector('output');
    const taken = group.choices.filter((choice) => choice.taken).map(({ name }) => name).join(', ');
    if (output) output.textContent = group.kind === 'number' ? `${group.value} ${group.unit ?? ''}` : taken;
    const input = /** @type {HTMLInputElement | null} */ (field?.querySelector('input[type=range], input[type=text]'));
    if (input && input !== document.activeElement) input.value = String(group.value);
    for (const choice of group.choices) {
      const label = controls.get(`${group.id}/${choice.id}`);
      if (!label) continue;
      /** @type {HTMLInputElement} */ (label.querySelector('input')).checked = choice.taken;
      label.dataset.state = choice.state;
      label.querySelector('small')?.replaceChildren(choice.taken || !choice.amount ? '' : choice.amountText);
    }
  }
  $('#total').textContent = quote.totalText;
  $('#note').textContent = quote.taxNote ?? '';
  $('#code').textContent = configuration.code;
  $('[data-act=undo]').disabled = !configuration.canUndo;
  $('[data-act=redo]').disabled = !configuration.canRedo;
  const upgrades = viewer.upgrades().map((upgrade) => {
    const button = make('button', { type: 'button' }, `${upgrade.name} · ${viewer.money(upgrade.price - upgrade.credit)}`);
    button.addEventListener('click', () => viewer.upgrade(upgrade.id));
    return button;
  });
  $('#upgrades').replaceChildren(...(upgrades.length ? [make('p', { class: 'kind' }, word('upgrades')), make('div', { class: 'moves' }, ...upgrades)] : []));
}

viewer.addEventListener('configuration-change', () => (controls.size && $('#name').textContent === viewer.sheet?.name ? update() : build()));
viewer.addEventListener('conflict', ({ detail: { text, reasons, repair } }) => {
  $('#why').textContent = text;
  $('#reasons').replaceChildren(...reasons.map((reason) => make('li', {}, reason.text)));
  $('#accept').hidden = !repair;
  $('#accept').textContent = repair?.text ?? '';
  $('#keep').textContent = word('keep');
  dialog.showModal();
});
$('#accept').addEventListener('click', () => {
  dialog.close();
  viewer.repair(...asked);
});
$('#keep').addEventListener('click', () => dialog.close());
for (const button of document.querySelectorAll('[data-act]')) {
  button.addEventListener('click', () => {
    const act = button.getAttribute('data-act');
    if (act === 'own') viewer.owned = viewer.code;
    else if (act === 'undo' || act === 'redo' || act === 'reset') viewer[act]();
  });
}

/** @param {string} lang */
function speak(lang) {
  root.lang = lang;
  const other = lang === 'en' ? 'de' : 'en';
  const button = $('#language');
  button.lang = other;
  button.textContent = other.toUpperCase();
  button.setAttribute('aria-label', other === 'de' ? 'DE, Deutsch' : 'EN, English');
  // The element hears of it in a moment.
  controls = new Map();
}

$('#language').addEventListener('click', () => speak($('#language').lang));
const lang = wanted.get('lang') ?? navigator.language.slice(0, 2);
speak(Object.hasOwn(WORDS, lang) ? lang : 'en');
const name = wanted.get('product') ?? 'lamp';
for (const link of document.querySelectorAll('[data-product]')) {
  if (link.getAttribute('data-product') === name) link.setAttribute('aria-current', 'page');
}
for (const attribute of ['config', 'owned', 'currency', 'backend']) {
  if (wanted.has(attribute)) viewer.setAttribute(attribute, wanted.get(attribute) ?? '');
}
viewer.setAttribute('camera-orbit', name === 'car' ? '-35deg 75deg auto' : name === 'lamp' ? '-32deg 76deg auto' : '0deg 80deg auto');
viewer.product = `assets/${['lamp', 'car', 'case', 'shirt'].includes(name) ? name : 'lamp'}.json`;
