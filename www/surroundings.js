/** @import { Shell } from './shell.js' */

/** How far outside the viewport loading begins, as a share of its size; what moves does so inside. */
const MARGIN = '50%';

/** @type {Set<Shell>} */
const shells = new Set();
/** @type {WeakMap<Element, Shell>} */
const byElement = new WeakMap();
/** @type {{ near: IntersectionObserver, visible: IntersectionObserver, size: ResizeObserver } | undefined} */
let observers;

/** Tells a shell about its place on the page: near or far, size, language, the customer's wish for less motion. @param {Shell} shell */
export function watch(shell) {
  observers ??= observe();
  shells.add(shell);
  byElement.set(shell.element, shell);
  byElement.set(shell.parts.view, shell);
  observers.near.observe(shell.element);
  observers.visible.observe(shell.element);
  try {
    observers.size.observe(shell.parts.view, { box: 'device-pixel-content-box' });
  } catch {
    observers.size.observe(shell.parts.view);
  }
}

/** @param {Shell} shell */
export function forget(shell) {
  shells.delete(shell);
  observers?.near.unobserve(shell.element);
  observers?.visible.unobserve(shell.element);
  observers?.size.unobserve(shell.parts.view);
}

function observe() {
  const motion = matchMedia('(prefers-reduced-motion: reduce)');
  motion.addEventListener('change', () => {
    for (const shell of shells) shell.call((raw) => raw.reducedMotion(motion.matches));
  });
  new MutationObserver(() => {
    for (const shell of shells) shell.label();
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ['lang'] });
  addEventListener('scroll', () => {
    for (const shell of shells) shell.scrolled();
  }, { passive: true });
  /** @param {(shell: Shell, inside: boolean) => void} tell @param {string} [rootMargin] */
  const place = (tell, rootMargin) => new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const shell = byElement.get(target);
      if (shell) tell(shell, isIntersecting);
    }
  }, { rootMargin });
  const near = place((shell, inside) => {
    shell.near = inside;
    shell.call((raw) => raw.near(inside));
    shell.start();
  }, MARGIN);
  const visible = place((shell, inside) => {
    shell.visible = inside;
    shell.call((raw) => raw.visible(inside));
  });
  // Where the browser does not tell device pixels, another screen or the page's zoom changes them silently.
  const density = () => matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener('change', () => {
    for (const shell of shells) shell.resized();
    density();
  }, { once: true });
  density();
  const size = new ResizeObserver((entries) => {
    for (const entry of entries) byElement.get(entry.target)?.resized(entry);
  });
  return { near, visible, size };
}
