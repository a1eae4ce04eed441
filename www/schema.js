/** @import { AnprobeViewer } from './anprobe.js' */

/**
 * `generate-schema`: what is shown, for machines that read the page (https://schema.org), as `<script
 * type="application/ld+json">` in its head. Such a script is not executed, so that no policy forbids it. Fetched where a page
 * wants it. Without a product it is model-viewer's: a 3DModel with its files. With one it is a Product, with the price of what
 * is chosen.
 */

/** @typedef {Record<string, unknown>} Thing */

/** What it is made of. */
const READ = ['generate-schema', 'src', 'ios-src', 'alt', 'poster', 'product', 'config', 'currency', 'lang'];
/** @type {WeakMap<HTMLElement, HTMLScriptElement>} */
const scripts = new WeakMap();

/** Keeps the script of an element true from now on. @param {HTMLElement} element */
export function attach(element) {
  if (scripts.has(element)) return;
  const script = document.createElement('script');
  script.type = 'application/ld+json';
  scripts.set(element, script);
  const update = () => write(/** @type {AnprobeViewer} */ (element), script);
  new MutationObserver(update).observe(element, { attributeFilter: READ });
  // It comes and goes with the element, of whatever tree.
  new ResizeObserver(update).observe(element);
  for (const event of ['configuration-change', 'load']) element.addEventListener(event, update);
  update();
}

/** @param {AnprobeViewer} viewer @param {HTMLScriptElement} script */
function write(viewer, script) {
  const thing = viewer.isConnected && viewer.hasAttribute('generate-schema') ? described(viewer) : undefined;
  if (!thing) return script.remove();
  const text = JSON.stringify({ '@context': 'http://schema.org/', ...thing });
  if (script.textContent !== text) script.textContent = text;
  if (!script.isConnected) document.head.append(script);
}

/** @param {AnprobeViewer} viewer @returns {Thing | undefined} */
function described(viewer) {
  const { sheet, quote } = viewer.product ? viewer : { sheet: undefined, quote: undefined };
  const model = modelled(viewer);
  if (!sheet || !quote) return model;
  return {
    '@type': 'Product',
    name: sheet.name || viewer.alt || undefined,
    description: sheet.description || undefined,
    sku: viewer.order(0)?.lines[0]?.sku ?? quote.lines.find(({ kind }) => kind === 'base')?.sku ?? sheet.id,
    image: whole(viewer.poster),
    // A price that the shop no longer stands to is none.
    offers: quote.stale ? undefined : {
      '@type': 'Offer',
      price: (quote.total / 10 ** quote.digits).toFixed(quote.digits),
      priceCurrency: quote.currency,
      availability: quote.stock === undefined ? undefined : `http://schema.org/${quote.stock > 0 ? 'InStock' : 'OutOfStock'}`,
    },
    subjectOf: model,
  };
}

/** The files, as model-viewer describes them. @param {AnprobeViewer} viewer @returns {Thing | undefined} */
function modelled(viewer) {
  const { src, alt, poster } = viewer;
  const encoding = [];
  if (src) encoding.push(file(src, /\.gltf$/i.test(src.split(/[?#]/)[0]) ? 'model/gltf+json' : 'model/gltf-binary'));
  const ios = viewer.getAttribute('ios-src');
  if (ios) encoding.push(file(ios.split('#')[0], 'model/vnd.usdz+zip'));
  return src ? { '@type': '3DModel', image: whole(poster), name: alt ?? undefined, encoding } : undefined;
}

/** @param {string} address @param {string} encodingFormat @returns {Thing} */
function file(address, encodingFormat) {
  return { '@type': 'MediaObject', contentUrl: whole(address), encodingFormat };
}

/** Who reads it need not know where the page lies. @param {string | null} address */
function whole(address) {
  return address && URL.canParse(address, document.baseURI) ? new URL(address, document.baseURI).href : undefined;
}
