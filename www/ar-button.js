/** @import { Room } from './ar.js' */
import { dress, icon, make, write } from './ar-parts.js';

const CUBE = 'M12 3l7.5 4.3v9.4L12 21l-7.5-4.3V7.3zM12 12l7.5-4.7M12 12v9M12 12L4.5 7.3';

/** The button into the room. It says what will happen; where nothing can, why, and what to do instead. */
export class Button {
  /** @param {Room} room */
  constructor(room) {
    this.room = room;
    const root = /** @type {ShadowRoot} */ (room.element.shadowRoot);
    dress(root);
    this.label = make('span');
    this.own = make('button', { type: 'button', part: 'default-ar-button' }, icon(CUBE), this.label);
    this.slot = make('slot', { name: 'ar-button' }, this.own);
    this.box = make('div', { class: 'ar-button', hidden: '' }, this.slot);
    root.querySelector('.over')?.after(this.box);
    this.slot.addEventListener('click', () => {
      room.activate()?.catch((error) => console.warn(error));
    });
    // Then the tap is likely.
    for (const event of ['pointerenter', 'pointerdown', 'focusin']) this.slot.addEventListener(event, () => this.warm());
    /** @type {HTMLDialogElement | undefined} */
    this.dialog = undefined;
    this.idle = false;
  }

  update() {
    const { room } = this;
    this.box.hidden = !room.element.hasAttribute('ar') || Boolean(room.session);
    // A file of the product takes a moment.
    write(this.label, room.say(room.asking && !this.draws ? 'ar-preparing' : room.way ? `ar-${room.way}` : 'ar-elsewhere'));
    if (this.idle || !this.draws) return;
    this.idle = true;
    // Those who save data fetch it with their finger on the button.
    if (/** @type {any} */ (navigator).connection?.saveData) return;
    const later = globalThis.requestIdleCallback ?? ((/** @type {() => void} */ act) => setTimeout(act, 2000));
    if (room.shell.loaded) later(() => this.warm());
    else room.element.addEventListener('load', () => later(() => this.warm()), { once: true });
  }

  /** Whether it leads to a picture that is drawn here. */
  get draws() {
    return this.room.way.startsWith('immersive');
  }

  warm() {
    if (this.draws) this.room.handover.warm().catch((error) => console.warn(`<anprobe-viewer> the room is not ready: ${error}`));
  }

  /** The browser, or the customer, said no: the button stays. @param {any} error */
  refused(error) {
    const key = { NotAllowedError: 'ar-refused', SecurityError: 'ar-gesture', NotSupportedError: 'ar-unsupported' }[String(error?.name)] ?? 'ar-failed';
    this.say(this.room.say(key));
  }

  /** Why there is no way into the room here, and what to do instead. */
  async explain() {
    const { room } = this;
    const { element } = room;
    const viewer = /** @type {any} */ (element);
    const { linkTo } = await import('./panel/address.js');
    const link = viewer.code ? linkTo(viewer) : location.href;
    const canvas = make('canvas', { role: 'img', 'aria-label': link });
    const { drawQr } = await import('./panel/qr.js');
    const drawn = drawQr(canvas, link);
    this.say(`${room.say(room.why)} ${room.say(drawn ? 'ar-elsewhere-lead' : 'ar-link-lead')}`, drawn ? canvas : undefined, link);
  }

  /** @param {string} text @param {HTMLElement} [picture] @param {string} [link] */
  say(text, picture, link) {
    const { room } = this;
    this.dialog?.remove();
    const dialog = this.dialog = make('dialog', { class: 'ar-said', part: 'ar-message' }, make('p', {}, text));
    if (picture) dialog.append(picture);
    const row = make('div');
    if (link) {
      const copy = make('button', { type: 'button' }, room.say('ar-copy'));
      copy.addEventListener('click', async () => {
        await navigator.clipboard.writeText(link).then(() => write(copy, room.say('ar-copied')), () => location.assign(link));
      });
      row.append(copy);
    }
    const close = make('button', { type: 'button' }, room.say('ar-close'));
    close.addEventListener('click', () => dialog.close());
    row.append(close);
    dialog.append(row);
    dialog.addEventListener('close', () => dialog.remove());
    room.element.shadowRoot?.append(dialog);
    dialog.showModal();
  }
}
