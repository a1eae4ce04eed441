/** @import { Room } from './ar.js' */

/**
 * The phone's own viewers, where there is no WebXR: Quick Look gets a file of what is shown, made on the device; Scene Viewer
 * takes only files that are hosted. What their addresses are is decided in Rust.
 */

/** What Scene Viewer's browser goes to when there is none: this page, which then offers something else. */
const NO_VIEWER = '#anprobe-no-scene-viewer';
/** What Quick Look sends when its button is tapped. */
const TAPPED = '_apple_ar_quicklook_button_tapped';

let sceneViewerFailed = false;

/** Whether this browser opens such files. @param {'quick-look' | 'scene-viewer'} viewer */
export function opens(viewer) {
  if (viewer === 'quick-look') return document.createElement('a').relList.supports?.('ar') ?? false;
  const { userAgent } = navigator;
  return /android/i.test(userAgent) && !/firefox|oculus/i.test(userAgent) && !sceneViewerFailed;
}

/** @returns {Promise<typeof import('./ar-files.js')>} */
function files() {
  return import(String(new URL('./anprobe_files.js', import.meta.url)));
}

/** @param {Room} room @returns {import('./file-pictures.js').Source} */
function source(room) {
  // Only files need pictures, and these the element makes itself.
  return /** @type {any} */ ({ element: room.element, call: (/** @type {any} */ act) => room.call(act) });
}

/** The page's own parameters behind a file's address. @param {string} address */
function own(address) {
  const { hash } = new URL(address, document.baseURI);
  return Object.fromEntries(new URLSearchParams(hash.slice(1)));
}

/** Opens the configured product, or the page's own file (`ios-src`). @param {Room} room */
export async function quickLook(room) {
  const { element } = room;
  const viewer = /** @type {any} */ (element);
  const [given, fixed] = [element.getAttribute('ios-src'), viewer.arScale === 'fixed'];
  const { quickLookFragment } = await files();
  const parameters = {
    ...(fixed && { allowsContentScaling: '0' }),
    ...(viewer.sheet && viewer.quote && { checkoutTitle: viewer.sheet.name, price: viewer.quote.totalText }),
    ...(given && own(given)),
  };
  const fragment = quickLookFragment(source(room), parameters);
  let address = given && String(new URL(given.split('#')[0], document.baseURI));
  let made = '';
  if (!address) {
    const largest = Number(element.getAttribute('ar-usdz-max-texture-size')) || undefined;
    const file = await viewer.toUsdz({ placement: viewer.arPlacement, maxTextureSize: largest });
    address = made = URL.createObjectURL(file);
  }
  const link = document.createElement('a');
  link.rel = 'ar';
  // Without a picture in it the link is a download; without a name a file of the page's own does not open.
  link.append(document.createElement('img'));
  if (made) link.download = `${String(viewer.sheet?.id ?? 'product').replace(/[^\w-]+/g, '-')}.usdz`;
  link.href = address + fragment;
  link.hidden = true;
  link.addEventListener('message', (event) => {
    if (/** @type {MessageEvent} */ (event).data !== TAPPED) return;
    element.dispatchEvent(new CustomEvent('quick-look-button-tapped'));
  });
  // It hears of the tap only while it is in the page.
  element.shadowRoot?.querySelector('a[rel=ar]')?.remove();
  element.shadowRoot?.append(link);
  link.click();
  if (made) setTimeout(() => URL.revokeObjectURL(made), 60_000);
}

/** The model as it comes. @param {HTMLElement} element */
async function base(element) {
  const viewer = /** @type {any} */ (element);
  if (!viewer.product) return viewer.src;
  // The product's first one; the file is in the browser's cache.
  const address = new URL(viewer.product, document.baseURI);
  const product = await (await fetch(address)).json();
  return String(new URL(product.models[0].src, address));
}

/** @param {Room} room */
export async function sceneViewer(room) {
  const { element } = room;
  const viewer = /** @type {any} */ (element);
  const template = element.getAttribute('scene-viewer-src');
  if (!template && viewer.product) {
    room.shell.emit('ar-warning', { code: 'AR_BASE_MODEL' });
    console.warn('<anprobe-viewer> AR_BASE_MODEL: Scene Viewer shows the model as it comes, not as it is configured; put configured files on the server and name them in scene-viewer-src="…/{file}.glb"');
  }
  const file = template || await base(element);
  // Another program: it takes secure addresses alone.
  const page = location.protocol === 'https:' ? location.href.split('#')[0] : '';
  // The way back leads to what was shown.
  const link = page && viewer.code ? (await import('./panel/address.js')).linkTo(viewer) : page;
  const { sceneViewerUrl } = await files();
  const url = sceneViewerUrl(source(room), {
    template: file, code: viewer.code ?? '', title: viewer.sheet?.name ?? element.getAttribute('alt') ?? '', link,
    fallback: page && page + NO_VIEWER, resizable: viewer.arScale !== 'fixed', vertical: viewer.arPlacement === 'wall',
  });
  if (!url) throw new DOMException('Scene Viewer takes files of https: addresses alone', 'NotSupportedError');
  addEventListener('hashchange', () => {
    if (location.hash !== NO_VIEWER) return;
    sceneViewerFailed = true;
    history.back();
    room.look();
  }, { once: true });
  const way = document.createElement('a');
  way.href = url;
  way.click();
}
