/** @import { AnprobePanel } from './panel.js' */
import { LONGEST_LINK, linkTo } from './address.js';
import { captured, download, fileName } from './design.js';
import { button, make, styled } from './make.js';
import './words-keep.js';

const STYLE = styled(/* css */ `
.share { display: grid; gap: 12px }
.share .acts { display: grid; grid-template-columns: repeat(auto-fit, minmax(152px, 1fr)); gap: 8px }
.share .acts button { justify-content: start; padding-inline: 12px; text-align: start }
.share .own { display: grid; gap: 8px; justify-items: start; color: var(--anprobe-soft); font-size: var(--small) }
.share .own button { color: var(--anprobe-ink); font-size: 1rem }
.scan { display: grid; gap: 16px; justify-items: center; text-align: center }
.scan canvas { width: min(320px, 100%); border-radius: var(--anprobe-radius); image-rendering: pixelated; forced-color-adjust: none }
.scan p { max-width: 40ch }
.scan label { width: 100%; text-align: start }
.scan label span { font-size: var(--small); color: var(--anprobe-soft) }
`);
/** A picture to share, in pixels. */
const PICTURE = { width: 1600, height: 1200 };

/** Hands on what is shown: as link, as code for the phone's camera, as picture. */
export class Share {
  /** @param {AnprobePanel} panel */
  constructor(panel) {
    this.panel = panel;
    panel.adopt(STYLE);
    this.spoken = '';
    this.acts = make('div', { class: 'acts' });
    this.own = make('div', { class: 'own', part: 'share-note' });
    this.element = make('div', { class: 'share', part: 'share' }, this.acts, this.own);
    this.update();
  }

  update() {
    const { panel } = this;
    if (this.spoken !== panel.say('share-title')) this.#build();
    this.own.hidden = !panel.viewer.configuration || panel.viewer.pictures().size === 0;
  }

  #build() {
    const { panel } = this;
    this.spoken = panel.say('share-title');
    const canSend = typeof navigator.canShare === 'function' && navigator.canShare({ files: [new File([''], 'a.png', { type: 'image/png' })] });
    const canCopy = 'ClipboardItem' in globalThis && !!navigator.clipboard?.write;
    this.acts.replaceChildren(
      button({ icon: 'link', text: panel.say('share-link'), act: () => this.#copyLink() }),
      button({ icon: 'phone', text: panel.say('share-phone'), act: () => this.#scan() }),
      canSend ? button({ icon: 'share', text: panel.say('share-picture'), act: () => this.#send() }) : '',
      canCopy ? button({ icon: 'picture', text: panel.say('share-copy'), act: () => this.#copyPicture() }) : '',
      button({ icon: 'download', text: panel.say('share-save'), act: () => this.#save() }));
    this.own.replaceChildren(make('p', {}, panel.say('share-own')),
      button({ icon: 'download', text: panel.say('share-file'), act: () => this.#file() }));
  }

  async #copyLink() {
    const { panel } = this;
    try {
      const link = linkTo(panel.viewer);
      await navigator.clipboard.writeText(link);
      if (link.length <= LONGEST_LINK) panel.toast(panel.say('share-linked'));
      else panel.toast(panel.say('share-linked-long'), { act: { text: panel.say('share-file'), run: () => this.#file() } });
    } catch {
      // The browser or the page's frame does not allow it.
      const box = this.#byHand();
      panel.dialog({ title: panel.say('share-link'), content: make('div', { class: 'scan' }, box.label) });
      box.input.select();
    }
  }

  /** The link in a field, from which it can be copied. */
  #byHand() {
    const input = make('input', { type: 'text', readonly: true, dir: 'ltr' });
    input.value = linkTo(this.panel.viewer);
    input.addEventListener('focus', () => input.select());
    return { input, label: make('label', {}, make('span', {}, this.panel.say('share-by-hand')), input) };
  }

  async #scan() {
    const { panel } = this;
    const link = linkTo(panel.viewer);
    const canvas = make('canvas', { role: 'img', 'aria-label': panel.say('share-code'), part: 'qr' });
    let said = 'share-scan';
    try {
      const { drawQr } = await import('./qr.js');
      if (link.length > LONGEST_LINK || !drawQr(canvas, link)) said = 'share-long';
    } catch {
      said = 'share-no-code';
    }
    const content = make('div', { class: 'scan' }, said === 'share-scan' && canvas, make('p', {}, panel.say(said)), this.#byHand().label);
    panel.dialog({ title: panel.say('share-phone'), content });
  }

  /** @returns {Promise<File | undefined>} */
  async #picture() {
    const { panel } = this;
    const { viewer } = panel;
    try {
      const picture = await viewer.toBlob({ mimeType: 'image/png', ...PICTURE });
      return new File([picture], fileName([viewer.sheet?.name ?? ''], 'png'), { type: 'image/png' });
    } catch {
      panel.toast(panel.say('share-no-picture'));
      return undefined;
    }
  }

  async #send() {
    const { panel } = this;
    const file = await this.#picture();
    if (!file) return;
    try {
      await navigator.share({ files: [file], title: panel.viewer.sheet?.name, url: linkTo(panel.viewer) });
    } catch (error) {
      // The customer thought better of it; anything else, and the picture is still to be had.
      if (!(error instanceof DOMException && error.name === 'AbortError')) download(file, file.name);
    }
  }

  async #copyPicture() {
    const { panel } = this;
    const file = await this.#picture();
    if (!file) return;
    try {
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': file })]);
      panel.toast(panel.say('share-copied'));
    } catch {
      download(file, file.name);
    }
  }

  async #save() {
    const file = await this.#picture();
    if (file) download(file, file.name);
  }

  /** The design with the customer's pictures, which no link can carry. */
  async #file() {
    const { panel } = this;
    const name = panel.viewer.sheet?.name || panel.say('share-title');
    try {
      const { TYPE, written } = await import('./designs-file.js');
      const file = fileName([name], 'json');
      download(new File([await written([await captured(panel, 'design', name)])], file, { type: TYPE }), file);
    } catch {
      panel.toast(panel.say('keep-failed'));
    }
  }
}
