/** @import { ProductChoice, ProductGroup } from '../anprobe.js' */
/** @import { Groups } from './groups.js' */
import { CHOICES } from './choices-style.js';
import { Filter } from './filter.js';
import { gestures } from './gesture.js';
import { icon, make, set, write } from './make.js';
import { thumbnails } from './thumbnails.js';
import { signed } from './words.js';

/** From so many on, a list has a search. */
const LONG = 9;
/** Fewer than so many are worth a word. */
const FEW = 4;
/** Names up to this length stand in chips; up to the second two stand side by side, where no word is longer than the third. */
const [SHORT, HALF, WORD] = [9, 20, 8];

/**
 * How a group is shown: by colour, by picture, or by word alone.
 * @param {ProductGroup} group @returns {'swatch' | 'tile' | 'chip'}
 */
function lookOf({ choices, kind }) {
  const coloured = choices.filter(({ swatch }) => swatch).length;
  if (kind === 'color' || coloured > choices.length / 2) return 'swatch';
  return choices.every(({ name, description }) => !description && name.length <= SHORT) ? 'chip' : 'tile';
}

/** Swatches, tiles or chips: native radios or checkboxes under what is drawn. */
export class Choices {
  /** @param {Groups} groups @param {ProductGroup} group */
  constructor(groups, group) {
    this.groups = groups;
    this.panel = groups.panel;
    this.panel.adopt(CHOICES);
    this.id = group.id;
    this.look = lookOf(group);
    /** @type {Map<string, ReturnType<Choices['build']>>} */
    this.parts = new Map();
    const kind = { swatch: 'swatches', tile: 'tiles', chip: 'chips' }[this.look];
    this.list = make('div', { class: `choices ${kind}`, role: group.kind === 'many' ? 'group' : 'radiogroup', 'aria-labelledby': `h-${group.id}`, part: `choices ${kind}` });
    this.about = make('p', { class: 'about small soft', part: 'about' });
    this.rating = make('a', { class: 'rating', target: '_blank', rel: 'noopener', part: 'rating' });
    this.element = make('div', {}, this.list, this.about);
    this.drawing = new AbortController();
    this.stale = false;
    this.inView = false;
    this.sight = new IntersectionObserver(([{ isIntersecting }]) => {
      this.inView = isIntersecting;
      this.picture();
    });
    this.sight.observe(this.list);
    if (group.choices.length >= LONG) {
      this.filter = new Filter(this.panel, group, (shown) => this.narrowDown(shown));
      this.element.prepend(this.filter.element);
    }
    if (group.free) this.free = this.#free(group);
  }

  /** @param {ProductGroup} group */
  update(group) {
    const known = [...this.parts.keys()];
    if (known.join() !== group.choices.map(({ id }) => id).join()) this.#list(group);
    const priced = group.choices.some(({ amount, price }) => amount || price);
    if (priced) this.list.classList.add('priced');
    /** @param {ProductChoice} choice */
    const long = ({ name, description = '' }) => description || name.length > HALF || name.split(/[\s-]/).some(({ length }) => length > WORD);
    this.list.classList.toggle('rows', this.look === 'tile' && group.choices.some(long));
    for (const choice of group.choices) this.#choice(group, choice);
    if (this.free) this.#freely(group, this.free);
    this.#about(group);
    this.filter?.update(group);
  }

  /** What is chosen, in words. @param {ProductGroup} group */
  spoken({ choices, value, free }) {
    const taken = choices.filter((choice) => choice.taken).map(({ name }) => name);
    if (taken.length) return taken.join(', ');
    return this.panel.say(free && typeof value === 'string' ? 'panel-own-colour' : 'panel-none');
  }

  /** @param {ProductGroup} group */
  #list(group) {
    const focused = /** @type {ShadowRoot} */ (this.panel.root).activeElement;
    this.parts = new Map(group.choices.map((choice) => [choice.id, this.parts.get(choice.id) ?? this.build(group, choice)]));
    this.list.replaceChildren(...[...this.parts.values()].map(({ label }) => label), ...(this.free ? [this.free.label] : []));
    if (focused instanceof HTMLElement && this.list.contains(focused)) focused.focus();
    this.stale = this.look !== 'chip';
  }

  /** Asks for pictures that are not those of the present product, as soon as they can be seen. */
  picture() {
    if (!this.stale || !this.inView) return;
    this.stale = false;
    this.drawing.abort();
    this.drawing = new AbortController();
    const round = this.look === 'swatch';
    thumbnails(this.panel.viewer, this.id, {
      round, sizePx: round ? 40 : 52, signal: this.drawing.signal,
      draw: (choice, canvas) => {
        const picture = this.parts.get(choice)?.picture;
        if (!picture) return;
        picture.replaceChildren(canvas);
        picture.classList.remove('empty');
      },
    });
  }

  /** The product is another one: a material stays what it is, a picture of the whole does not. */
  outdate() {
    this.stale ||= this.look === 'tile';
    this.picture();
  }

  /** @param {ProductGroup} group @param {ProductChoice} choice */
  build(group, { id, swatch, name }) {
    const input = make('input', { type: group.kind === 'many' ? 'checkbox' : 'radio', name: group.id, value: id });
    const picture = make('span', { class: 'picture', 'aria-hidden': 'true', part: 'picture' });
    if (swatch?.startsWith('#')) picture.style.setProperty('--colour', swatch);
    else if (swatch) picture.append(make('img', { src: swatch, alt: '', loading: 'lazy', decoding: 'async' }));
    else if (this.look === 'swatch') picture.classList.add('empty');
    else if (this.look === 'tile') picture.append(name.slice(0, 1));
    const [title, description, delta, state] = ['name', 'description', 'delta', 'state'].map((part) => make('span', { class: part }));
    const label = make('label', { class: 'choice', part: 'choice' }, input, this.look !== 'chip' && picture,
      make('span', { class: 'words' }, make('span', { class: 'what' }, title, description, this.look !== 'tile' && delta, state), this.look === 'tile' && delta), make('span', { class: 'tick', 'aria-hidden': 'true' }, icon('check')));
    input.addEventListener('click', (event) => {
      // Only what the viewer says is shown as chosen.
      event.preventDefault();
      setTimeout(() => this.groups.take(this.id, id));
    });
    return { label, input, picture, title, description, delta, state };
  }

  /** @param {ProductGroup} group @param {ProductChoice} choice */
  #choice(group, choice) {
    const parts = this.parts.get(choice.id);
    if (!parts) return;
    const { say } = this.groups;
    const { label, input, title, description, delta, state } = parts;
    const { taken } = choice;
    input.checked = taken;
    set(label, { 'data-state': choice.state, 'data-taken': taken, part: `choice${taken ? ' chosen' : ''}` });
    const sold = choice.state === 'dead' && taken ? say('panel-gone') : choice.stock === 0 ? say('panel-sold-out') : '';
    const few = choice.stock !== undefined && choice.stock < FEW ? say(choice.stock === 1 ? 'panel-last' : 'panel-few', choice.stock) : '';
    const days = choice.leadTimeDays ? say(choice.leadTimeDays === 1 ? 'panel-day' : 'panel-days', choice.leadTimeDays) : '';
    write(title, choice.name);
    write(description, this.look === 'tile' ? choice.description ?? '' : '');
    const own = group.kind === 'many' && taken ? choice.price && this.panel.viewer.money(choice.price, { sign: true }) : !taken && choice.amount && choice.amountText;
    write(delta, choice.state === 'dead' && !taken ? say('panel-dead') : own ? signed(own) : '');
    write(state, sold || few || (taken ? '' : days));
    if (this.look !== 'tile') set(label, { title: choice.description });
    // What is only dimmed for the eye is said.
    set(input, { 'aria-description': choice.state === 'repairable' ? say('panel-blocked') : null });
    set(label, { 'data-suggested': this.groups.suggested.has(`${group.id}/${choice.id}`) });
  }

  /** What there is to say of what is chosen. @param {ProductGroup} group */
  #about(group) {
    const taken = group.kind === 'many' ? undefined : group.choices.find((choice) => choice.taken);
    const rated = group.choices.filter((choice) => choice.rating && (choice.taken || this.look === 'tile')).at(0);
    const { say } = this.groups;
    const number = new Intl.NumberFormat(this.groups.locale);
    const words = [
      this.look !== 'tile' && taken?.description,
      taken?.leadTimeDays && say(taken.leadTimeDays === 1 ? 'panel-day-long' : 'panel-days-long', taken.leadTimeDays),
    ].filter(Boolean).join(' ');
    const text = this.about.firstChild ?? this.about.appendChild(document.createTextNode(''));
    write(text, words);
    const rating = rated?.rating;
    this.about.classList.toggle('many', Boolean(rating && words));
    if (rating) {
      write(this.rating, say('panel-rating', rated.name, number.format(rating.value), number.format(rating.count)));
      set(this.rating, { href: rating.href });
      this.about.append(this.rating);
    } else {
      this.rating.remove();
    }
    this.about.hidden = !words && !rating;
  }

  /** Any other colour. @param {ProductGroup} group */
  #free(group) {
    const input = make('input', { type: 'color', 'aria-label': group.name });
    const picture = make('span', { class: 'picture free', 'aria-hidden': 'true' }, icon('drop'));
    const [title, delta] = ['name', 'delta'].map((part) => make('span', { class: part }));
    const label = make('label', { class: 'choice', part: 'choice own-colour' }, input, picture,
      make('span', { class: 'words' }, make('span', { class: 'what' }, title, delta)), make('span', { class: 'tick', 'aria-hidden': 'true' }, icon('check')));
    let waiting = 0;
    const gesture = gestures(input);
    input.addEventListener('input', () => {
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(() => this.groups.take(this.id, input.value, gesture()));
    });
    return { label, input, picture, title, delta };
  }

  /** @param {ProductGroup} group @param {NonNullable<Choices['free']>} parts */
  #freely(group, { label, input, picture, title, delta }) {
    const own = typeof group.value === 'string' && group.value.startsWith('#') ? group.value : '';
    if (own) input.value = own;
    picture.classList.toggle('empty', !own);
    picture.style.setProperty('--colour', own || 'transparent');
    set(label, { 'data-taken': Boolean(own), 'data-state': group.state });
    write(title, this.groups.say('panel-own-colour'));
    set(input, { 'aria-label': `${group.name}: ${title.textContent}` });
    write(delta, !own && group.amountText && group.amount ? signed(group.amountText) : '');
  }

  /** Shows those alone that a search has found. @param {Set<string> | undefined} shown ids of choices; all without */
  narrowDown(shown) {
    for (const [id, { label }] of this.parts) label.hidden = shown !== undefined && !shown.has(id);
    if (this.free) this.free.label.hidden = shown !== undefined;
  }

  remove() {
    this.sight.disconnect();
    this.drawing.abort();
  }
}
