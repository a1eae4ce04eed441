// Runs before the page is seen: language and theme are right from the first picture on, and nothing moves afterwards.
(() => {
  const root = document.documentElement;
  const wanted = new URLSearchParams(location.search);
  /** @param {string} key */
  const kept = (key) => {
    try {
      return localStorage.getItem(`anprobe-shop-${key}`);
    } catch {
      // The browser keeps nothing for this page.
      return null;
    }
  };
  const spoken = [wanted.get('lang'), kept('language'), ...navigator.languages].map((tag) => tag?.slice(0, 2).toLowerCase());
  root.lang = spoken.find((tag) => tag === 'en' || tag === 'de') ?? 'en';
  const product = wanted.get('product') ?? '';
  root.dataset.shows = ['car', 'case', 'shirt'].includes(product) ? product : 'lamp';
  const theme = wanted.get('theme') ?? kept('theme');
  if (theme === 'dark' || theme === 'light') root.dataset.theme = theme;
})();
