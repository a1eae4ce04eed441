// The designer's page: the widget as a shop has it, and beside it what `anprobe check` says and what every choice is.
// Decisions are made by the engine; here they are only shown.

/** @param {string} id */
const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/**
 * @param {string} tag
 * @param {{ text?: string, kind?: string }} [more]
 * @param {Node[]} [children]
 */
function made(tag, { text, kind } = {}, children = []) {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (kind) element.className = kind;
  element.append(...children);
  return element;
}

/** @type {any} */
let viewer;

/** A new element each time: nothing of before is in the picture. @param {string} product @param {string} code */
function show(product, code) {
  const next = document.createElement('anprobe-viewer');
  for (const [name, value] of [
    ['camera-controls', ''], ['shadow-intensity', '1'], ['ar', ''], ['interaction-prompt', 'none'],
    ['product', product], ...(code ? [['config', code]] : []),
  ]) next.setAttribute(name, value);
  next.addEventListener('configuration-change', options);
  next.addEventListener('load', () => requestAnimationFrame(figures));
  viewer?.remove();
  viewer = next;
  part('stage').append(next);
}

/** @type {any} */
let report;

function figures() {
  const [backend, pipelines, drawCalls, triangles, buffers, textures] = viewer?.[Symbol.for('anprobe.statistics')]?.() ?? [];
  const { firstView, budget } = report;
  const mb = (/** @type {number} */ bytes) => `${(bytes / 1e6).toFixed(2)} MB`;
  const rows = [
    ['files', mb(firstView.bytes), mb(budget.bytes), firstView.bytes > budget.bytes],
    ['triangles', firstView.triangles.toLocaleString(), budget.triangles.toLocaleString(), firstView.triangles > budget.triangles],
    ['parts drawn one by one', `${firstView.drawCalls}`, `${budget.drawCalls}`, firstView.drawCalls > budget.drawCalls],
    ['textures, all choices', `${firstView.textures}`, mb(firstView.textureBytes), false],
    ...(backend ? [
      ['drawn now by', String(backend), '', false],
      ['draw calls now, shadows included', `${drawCalls}`, `${triangles.toLocaleString()} triangles`, false],
      ['on the graphics card', mb(buffers + textures), `${pipelines} pipelines`, false],
    ] : []),
  ];
  part('figures').replaceChildren(...rows.map(([name, value, most, over]) => made('tr', { kind: over ? 'over' : '' }, [
    made('td', { text: String(name) }), made('td', { text: String(value) }), made('td', { text: String(most) }),
  ])));
}

function issues() {
  const list = report.issues.map((/** @type {any} */ issue) => made('li', { kind: issue.severity }, [
    made('b', { text: issue.code }),
    made('span', { text: ` ${issue.path} ${issue.message}${issue.detail ? ` (${issue.detail})` : ''}` }),
    made('small', { text: `${issue.file}${issue.line ? `:${issue.line}` : ''} · ${issue.remedy}` }),
  ]));
  part('issues').replaceChildren(...(list.length ? list : [made('li', { text: 'Nothing to correct.' })]));
}

function rules() {
  const { combinations, cheapest, dearest, forced, dead, never } = report.rules;
  const lines = [
    `${combinations ?? '?'} combinations`,
    ...(cheapest ? [`cheapest ${cheapest.code}, dearest ${dearest.code}`] : []),
    ...(forced.length ? [`in every combination: ${forced.join(', ')}`] : []),
    ...(dead.length ? [`in none: ${dead.join(', ')}`] : []),
    ...(never ?? []).map((/** @type {string[]} */ pair) => `never together: ${pair.join(' and ')}`),
  ];
  part('rules').replaceChildren(...lines.map((text) => made('li', { text })));
}

/** Every choice of every group: a click takes it, with what has to change for it; what is blocked says why. */
function options() {
  /** @type {HTMLInputElement} */ (part('code')).value = viewer.code;
  history.replaceState(null, '', `#${viewer.code}`);
  part('options').replaceChildren(...viewer.options.map((/** @type {any} */ group) => made('fieldset', {}, [
    made('legend', { text: `${group.name} · ${group.kind}` }),
    ...(group.choices.length ? group.choices.map((/** @type {any} */ choice) => button(group, choice)) : [field(group)]),
  ])));
}

/** @param {any} group @param {any} choice */
function button(group, choice) {
  const many = group.kind === 'many';
  const taken = choice.state === 'taken' || (many && group.value.includes(choice.id));
  const wanted = many
    ? (taken ? group.value.filter((/** @type {string} */ id) => id !== choice.id) : [...group.value, choice.id])
    : choice.id;
  const element = /** @type {HTMLButtonElement} */ (made('button', { text: choice.name }));
  element.type = 'button';
  element.setAttribute('aria-pressed', String(taken));
  if (choice.state === 'repairable' || choice.state === 'dead') {
    element.classList.add('blocked');
    const why = viewer.explain(group.id, wanted);
    const text = [why?.text, ...(why?.reasons ?? []).map((/** @type {any} */ reason) => reason.text), why?.repair?.text];
    element.title = text.filter(Boolean).join('\n');
    element.append(made('small', { text: text.filter(Boolean).slice(0, 2).join(' ') }));
  }
  element.addEventListener('click', () => viewer.repair(group.id, wanted));
  return element;
}

/** @param {any} group */
function field(group) {
  const input = document.createElement('input');
  input.setAttribute('aria-label', group.name);
  if (group.kind === 'number') {
    Object.assign(input, { type: 'range', min: group.min, max: group.max, step: group.step, value: group.value });
    input.addEventListener('change', () => viewer.repair(group.id, Number(input.value)));
  } else if (group.kind === 'color') {
    Object.assign(input, { type: 'color', value: group.value });
    input.addEventListener('change', () => viewer.repair(group.id, input.value));
  } else if (group.kind === 'text') {
    input.value = typeof group.value === 'string' ? group.value : '';
    input.addEventListener('change', () => viewer.repair(group.id, input.value));
  } else {
    Object.assign(input, { type: 'file', accept: 'image/*' });
    input.addEventListener('change', () => input.files?.[0] && viewer.select(group.id, input.files[0]));
  }
  return input;
}

async function load() {
  report = await (await fetch('/desk/report.json', { cache: 'no-store' })).json();
  part('name').textContent = report.name ?? report.file;
  part('state').textContent = report.fault ?? '';
  issues();
  if (report.fault) return;
  figures();
  rules();
  show(report.product, viewer?.code ?? location.hash.slice(1));
}

part('reset').addEventListener('click', () => viewer?.reset());
new EventSource('/desk/changes').addEventListener('changed', load);
await load();
