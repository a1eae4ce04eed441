/** The shop's pages for use without network: only for customers who ask for it. */

const WORKER = new URL('../anprobe_worker.js', import.meta.url);
/** What the pages are made of; what products are made of the worker learns from the viewer. */
export const PAGES = [
  './', 'index.html', 'product.html', 'upgrade.html', 'compare.html', 'cart.html', 'embed.html', 'gallery.html', 'about.html', 'shop.css', 'icon.svg', 'page.js', 'shop.js', 'words.js', 'products.js', 'offline.js',
  'cart-kept.js', 'copy.js', 'orders.js', 'stage.js', 'front.js', 'product.js', 'upgrade.js', 'compare.js', 'cart.js', 'embed.js', 'gallery.js', 'picker.js',
  ...['lamp', 'car', 'case', 'shirt'].map((name) => `pictures/${name}.webp`),
].map((page) => new URL(page, import.meta.url).pathname);

async function registration() {
  const all = await navigator.serviceWorker?.getRegistrations().catch(() => []) ?? [];
  return all.find(({ active, waiting, installing }) => (active ?? waiting ?? installing)?.scriptURL.startsWith(WORKER.href));
}

/** @param {ServiceWorker | null | undefined} worker */
function forgotten(worker) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    if (!worker) return resolve(undefined);
    port1.onmessage = resolve;
    worker.postMessage({ anprobe: { ask: 'forget' } }, [port2]);
  });
}

/** Whether a worker keeps the pages. */
export const isKeptOffline = async () => Boolean(await registration());

/**
 * Begins to keep them, or lets go of all that is kept.
 * @param {boolean} wanted @returns {Promise<boolean>} whether it could be done
 */
export async function keepOffline(wanted) {
  try {
    if (wanted) {
      const url = new URL(WORKER);
      for (const page of PAGES) url.searchParams.append('with', page);
      await navigator.serviceWorker.register(url, { scope: new URL('./', WORKER).pathname });
      await navigator.serviceWorker.ready;
    } else {
      const known = await registration();
      // A worker that still runs ends all keeping first; it answers when it has, or is not there any more.
      await Promise.race([forgotten(known?.active), new Promise((resolve) => setTimeout(resolve, 1000))]);
      await known?.unregister();
      for (const name of await caches.keys()) if (name.startsWith('anprobe')) await caches.delete(name);
    }
    return true;
  } catch {
    return false;
  }
}
