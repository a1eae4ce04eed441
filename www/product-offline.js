/** Attributes that name files. */
const NAMED = ['product', 'src', 'poster', 'environment-image', 'skybox-image'];

/**
 * Tells the shop's offline worker (`anprobe_worker.js`), where there is one, what this visit has needed: it was not there
 * yet when the first files came.
 * @param {HTMLElement} element
 */
export function tellWorker(element) {
  const { serviceWorker } = navigator;
  // None without a secure context.
  if (!serviceWorker) return;
  const tell = () => serviceWorker.ready.then(({ active }) => {
    const named = NAMED.map((name) => element.getAttribute(name)).filter((value) => value && URL.canParse(value, document.baseURI));
    active?.postMessage({ anprobe: {
      named: named.map((value) => new URL(String(value), document.baseURI).href),
      fetched: performance.getEntriesByType('resource').map(({ name }) => name),
    } });
  });
  element.addEventListener('load', tell);
  // What came later, such as another model, or a part of the panel.
  document.addEventListener('visibilitychange', () => {
    if (document.hidden && element.isConnected) void tell();
  });
}
