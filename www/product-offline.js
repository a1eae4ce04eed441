/** Attributes that name files. */
const NAMED = ['product', 'src', 'poster', 'environment-image', 'skybox-image'];
/** How long a worker has to answer, in milliseconds; others never do. */
const PATIENCE = 2000;
/** Set by the panel once the customer has deleted everything: in this visit nothing is to be kept again. */
const FORGOTTEN = Symbol.for('anprobe.forgotten');

/** The page's viewers; the worker keeps none of them alive. @type {Set<WeakRef<HTMLElement>>} */
const viewers = new Set();
/** @type {Promise<unknown> | undefined} */
let ready;

/**
 * Tells the shop's offline worker (`anprobe_worker.js`), where there is one, what this visit has needed: it was not there
 * yet when the first files came.
 * @param {HTMLElement} element
 */
export function tellWorker(element) {
  // None without a secure context.
  if (!navigator.serviceWorker) return;
  if (!viewers.size) document.addEventListener('visibilitychange', left);
  viewers.add(new WeakRef(element));
  element.addEventListener('load', tell);
  ready ??= navigator.serviceWorker.ready.then(tell);
}

/** What came later, such as another model, or a part of the panel. */
function left() {
  for (const viewer of viewers) if (!viewer.deref()) viewers.delete(viewer);
  if (!viewers.size) document.removeEventListener('visibilitychange', left);
  else if (document.hidden) void tell();
}

async function tell() {
  if (FORGOTTEN in globalThis) return;
  const active = (await navigator.serviceWorker.getRegistration().catch(() => undefined))?.active;
  if (!active || !await isOurs(active)) return;
  const present = [...viewers].map((viewer) => viewer.deref()).filter((element) => element?.isConnected);
  const named = present.flatMap((element) => NAMED.map((name) => element?.getAttribute(name))).filter((value) => value && URL.canParse(value, document.baseURI));
  if (FORGOTTEN in globalThis) return;
  active.postMessage({ anprobe: {
    named: named.map((value) => new URL(String(value), document.baseURI).href),
    fetched: performance.getEntriesByType('resource').map(({ name }) => name),
  } });
}

/** The worker that has answered our greeting, so that it is greeted once. @type {WeakSet<ServiceWorker>} */
const known = new WeakSet();

/** Whether a worker is one of ours, or a shop's that has taken ours in. @param {ServiceWorker} worker @returns {Promise<boolean>} */
async function isOurs(worker) {
  if (known.has(worker)) return true;
  const { port1, port2 } = new MessageChannel();
  const answered = await new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data === 'anprobe');
    worker.postMessage({ anprobe: { ask: 'greet' } }, [port2]);
    setTimeout(resolve, PATIENCE, false);
  });
  port1.close();
  if (answered) known.add(worker);
  return answered;
}
