/**
 * Places on the product with something to say: the page's own, as model-viewer has them (`slot="hotspot-…"`), and those of
 * the product file. They go with every picture. Where they are, and whether something stands before them, is found in Rust.
 */

/** @typedef {{ name: string, position?: string, normal?: string, surface?: string }} Place as the page writes it */
/** @typedef {{ text: string, position: number[], normal?: number[] | null, group?: string | null, camera?: { orbit?: string, target?: string, fieldOfView?: string } | null }} Note a hotspot of the product file */
/** @typedef {{ x: number, y: number, depth: number, facing: boolean, hidden: boolean }} Spot where a place is seen */
/** @typedef {{ box: HTMLElement, place: Place, at: number[], spot?: Spot, visible?: boolean }} Mark */
/** @typedef {<T>(act: (raw: any) => T) => T | undefined} Call */

const TEXT = /* css */ `
.marks { position: absolute; inset: 0 0 var(--anprobe-covered, 0px); overflow: hidden; pointer-events: none; isolation: isolate }
.marks[hidden] { display: none }
.marks > div { position: absolute; left: 0; top: 0; will-change: transform }
.marks ::slotted(*) { pointer-events: auto; opacity: var(--max-hotspot-opacity, 1); transition: opacity .3s }
.marks .hide:not(:focus-within) ::slotted(*) { pointer-events: none; opacity: var(--min-hotspot-opacity, .25) }
.marks button { pointer-events: auto; padding: 0; transition: opacity .2s; opacity: var(--max-hotspot-opacity, 1) }
.marks button, .marks button:hover, .marks button:active { background: none }
.marks .hide:not(:focus-within) button { pointer-events: none; opacity: 0 }
.marks button::before {
  content: ''; position: absolute; inset: 15px; border-radius: 50%; background: Canvas; box-sizing: border-box;
  border: 4px solid var(--anprobe-accent, CanvasText); box-shadow: 0 0 0 2px Canvas, 0 1px 6px 1px rgb(0 0 0 / .4);
  transition: inset .15s ease-out
}
.marks button:is(:hover, [aria-pressed=true])::before { inset: 13px }
.bubble {
  position: absolute; left: 0; top: 0; box-sizing: border-box; width: max-content; max-width: min(240px, 100% - 16px);
  padding: 8px 12px; border-radius: 12px; color: CanvasText; font-size: max(13px, .875em); line-height: 1.4; pointer-events: none;
  background: color-mix(in srgb, Canvas 92%, transparent); -webkit-backdrop-filter: blur(16px); backdrop-filter: blur(16px);
  box-shadow: 0 0 0 1px color-mix(in srgb, CanvasText 10%, transparent), 0 4px 16px rgb(0 0 0 / .12); overflow-wrap: break-word
}
.bubble[hidden] { display: none }
@media (prefers-reduced-motion: reduce) { .marks * { transition: none !important } .marks ::slotted(*) { transition: none } }
@media (forced-colors: active) { .bubble { border: 1px solid CanvasText } .marks button::before { border-color: ButtonText } }
`;

/** @type {CSSStyleSheet | undefined} */
let sheet;

/** All hotspots of one element. */
export class Hotspots {
  /** @param {HTMLElement} element @param {Call} call asks the viewer in Rust */
  constructor(element, call) {
    this.element = element;
    this.call = call;
    /** The page's, by their slot. @type {Map<string, Mark>} */
    this.own = new Map();
    /** The product file's, in its order. @type {(Mark & { note: Note, button: HTMLButtonElement })[]} */
    this.notes = [];
    this.written = '';
    const root = /** @type {ShadowRoot} */ (element.shadowRoot);
    if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(TEXT);
    root.adoptedStyleSheets.push(sheet);
    this.layer = div('marks');
    // Nobody has seen where they belong.
    this.layer.hidden = true;
    this.bubble = div('bubble');
    this.bubble.hidden = true;
    // The buttons have its words as their names.
    this.bubble.setAttribute('aria-hidden', 'true');
    this.bubble.setAttribute('part', 'hotspot-label');
    /** Whose words are shown. @type {HTMLButtonElement | undefined} */
    this.told = undefined;
    root.querySelector('.over')?.after(this.layer, this.bubble);
    new MutationObserver(() => this.gather()).observe(element, { childList: true });
    this.layer.addEventListener('focusout', () => queueMicrotask(() => this.follow()));
    element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.told) this.tell(undefined);
    });
    // Two halves have no places in common.
    this.halved = false;
    element.addEventListener('comparison-change', () => {
      this.halved = /** @type {any} */ (element).comparison !== undefined;
      this.follow();
    });
    this.gather();
  }

  /** Takes the page's hotspots as they are now. */
  gather() {
    const slots = new Set();
    for (const child of this.element.children) {
      const name = child.slot;
      if (!name.startsWith('hotspot')) continue;
      const known = slots.has(name) || this.own.has(name);
      slots.add(name);
      if (known) continue;
      const { position, normal, surface } = /** @type {HTMLElement} */ (child).dataset;
      const slot = document.createElement('slot');
      slot.name = name;
      const box = div('');
      box.append(slot);
      slot.addEventListener('slotchange', () => this.said(name));
      this.layer.append(box);
      const mark = { box, place: { name, position, normal, surface }, at: [0, 0, 0, 0, 1, 0] };
      this.own.set(name, mark);
      locate(mark);
    }
    for (const [name, { box }] of this.own) {
      if (slots.has(name)) continue;
      box.remove();
      this.own.delete(name);
    }
    this.follow();
  }

  /** Puts one of the page's elsewhere. @param {Place} place */
  move(place) {
    const mark = this.own.get(place.name);
    if (!mark) return;
    for (const key of /** @type {const} */ (['position', 'normal'])) mark.place[key] = place[key] ?? mark.place[key];
    // A surface ends where none is given.
    mark.place.surface = place.surface;
    locate(mark);
    this.follow();
  }

  /** Takes the product file's hotspots. @param {Note[]} notes */
  note(notes) {
    const written = JSON.stringify(notes);
    if (written === this.written) return;
    this.written = written;
    this.tell(undefined);
    for (const { box } of this.notes) box.remove();
    this.notes = notes.map((note) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.setAttribute('part', 'hotspot');
      button.setAttribute('aria-label', note.text);
      button.setAttribute('aria-pressed', 'false');
      button.addEventListener('click', () => this.act(note, button));
      for (const [event, shown] of /** @type {const} */ ([['pointerenter', true], ['focus', true], ['pointerleave', false], ['blur', false]])) {
        button.addEventListener(event, () => {
          if (shown) this.tell(button);
          else if (!button.matches(':focus, [aria-pressed=true]')) this.tell(undefined);
        });
      }
      const box = div('');
      box.append(button);
      this.layer.append(box);
      return { box, button, note, place: { name: '' }, at: [...note.position, ...(note.normal ?? [0, 0, 0])] };
    });
    this.follow();
  }

  /** A tap on one of the product file's. @param {Note} note @param {HTMLButtonElement} button */
  act(note, button) {
    const opens = button.getAttribute('aria-pressed') !== 'true';
    for (const other of this.notes) other.button.setAttribute('aria-pressed', String(opens && other.button === button));
    this.tell(opens ? button : undefined);
    if (!opens) return;
    const { camera } = note;
    if (camera) this.call((raw) => raw.fly(camera.orbit, camera.target, camera.fieldOfView));
    this.element.dispatchEvent(new CustomEvent('hotspot', { detail: { text: note.text, group: note.group ?? undefined } }));
  }

  /** Shows the words of one, or of none. @param {HTMLButtonElement | undefined} button */
  tell(button) {
    for (const mark of this.notes) if (mark.button !== button) mark.button.setAttribute('aria-pressed', 'false');
    this.told = button;
    this.bubble.textContent = button?.getAttribute('aria-label') ?? '';
    this.say();
  }

  /** Puts everything where this picture has it. */
  follow() {
    if (this.halved) {
      this.layer.hidden = this.bubble.hidden = true;
      return;
    }
    const own = [...this.own.values()];
    for (const mark of own) {
      const { surface } = mark.place;
      const at = surface === undefined ? undefined : this.call((raw) => raw.anchor(surface));
      if (at?.length) mark.at = [...at];
    }
    const seen = [...this.seen(own, false), ...this.seen(this.notes, true)];
    this.layer.hidden = !seen.length;
    if (!seen.length) return void (this.bubble.hidden = true);
    for (const [mark, spot] of seen) this.put(mark, spot);
    this.say();
  }

  /** @template {Mark} M @param {M[]} marks @param {boolean} ofBody @returns {[M, Spot][]} */
  seen(marks, ofBody) {
    const spots = marks.length ? project(this.call, marks.flatMap(({ at }) => at), ofBody) : [];
    return spots.map((spot, at) => [marks[at], spot]);
  }

  /** @param {Mark} mark @param {Spot} spot */
  put(mark, spot) {
    const { box } = mark;
    mark.spot = spot;
    const { clientWidth: width, clientHeight: height } = this.layer;
    const isThere = Number.isFinite(spot.x) && Number.isFinite(spot.y);
    box.hidden = !isThere;
    if (isThere) {
      box.style.transform = `translate(${spot.x.toFixed(1)}px, ${spot.y.toFixed(1)}px) translate(-50%, -50%)`;
      // The nearest on top.
      box.style.zIndex = String(Math.round((1 - spot.depth) * 1e5));
    }
    const visible = isThere && spot.facing && !spot.hidden;
    box.classList.toggle('hide', !visible);
    const inside = spot.x >= 0 && spot.y >= 0 && spot.x <= width && spot.y <= height;
    // Nobody is sent to what is not to be seen; whoever is there stays.
    box.inert = !(visible && inside) && !this.holdsFocus(box);
    const was = mark.visible;
    mark.visible = visible;
    if (mark.place.name && was !== visible) this.said(mark.place.name);
  }

  /** @param {HTMLElement} box */
  holdsFocus(box) {
    return box.matches(':focus-within');
  }

  /** Tells the page's elements in a slot whether they are to be seen. @param {string} name */
  said(name) {
    const visible = this.own.get(name)?.visible;
    if (visible === undefined) return;
    for (const node of this.element.querySelectorAll(`:scope > [slot="${CSS.escape(name)}"]`)) {
      const attribute = /** @type {HTMLElement} */ (node).dataset.visibilityAttribute;
      if (attribute !== undefined) node.toggleAttribute(`data-${attribute}`, visible);
      node.dispatchEvent(new CustomEvent('hotspot-visibility', { detail: { visible } }));
    }
  }

  /** Puts the words above their place, or below it, and never over the element's edge. */
  say() {
    const { bubble } = this;
    const spot = this.notes.find(({ button, visible }) => button === this.told && visible)?.spot;
    bubble.hidden = !spot;
    if (!spot) return;
    const [width, height] = [bubble.offsetWidth, bubble.offsetHeight];
    const x = Math.max(8, Math.min(this.layer.clientWidth - width - 8, spot.x - width / 2));
    const above = spot.y - 20 - height;
    const y = Math.max(8, Math.min(this.layer.clientHeight - height - 8, above >= 8 ? above : spot.y + 20));
    bubble.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
  }
}

/** Where points are seen: six numbers each, place and normal. @param {Call} call @param {number[]} points @param {boolean} ofBody @returns {Spot[]} */
export function project(call, points, ofBody) {
  const found = call((raw) => raw.project(Float32Array.from(points), ofBody)) ?? [];
  return Array.from({ length: found.length / 5 }, (_, at) => {
    const [x, y, depth, facing, hidden] = found.slice(5 * at, 5 * at + 5);
    return { x, y, depth, facing: facing === 1, hidden: hidden === 1 };
  });
}

/** Reads what the page wrote; what cannot be read stays. @param {Mark} mark */
function locate({ place, at }) {
  const [position, normal] = [lengths(place.position), lengths(place.normal)];
  if (position) at.splice(0, 3, ...position);
  if (normal) at.splice(3, 3, ...normal);
}

/** Three lengths, `1m 20cm 3mm`, or three plain numbers. @param {string | undefined} text */
function lengths(text) {
  const parts = text?.trim().split(/\s+/).map((part) => {
    const found = /^([+-]?[\d.]+(?:e[+-]?\d+)?)(m|cm|mm)?$/i.exec(part);
    return found ? Number(found[1]) / { m: 1, cm: 100, mm: 1000 }[/** @type {'m' | 'cm' | 'mm'} */ (found[2]?.toLowerCase() ?? 'm')] : NaN;
  });
  return parts?.length === 3 && parts.every(Number.isFinite) ? parts : undefined;
}

/** @param {string} name */
function div(name) {
  const made = document.createElement('div');
  made.className = name;
  return made;
}
