/** @import { Shell } from './shell.js' */

/** How far outside the viewport loading begins, as a share of its size. */
const MARGIN = '50%';

/** @type {Set<Shell>} */
const shells = new Set();
/** @type {WeakMap<Element, Shell>} */
const byElement = new WeakMap();
/** @type {{ near: IntersectionObserver, size: ResizeObserver } | undefined} */
let observers;

/** Tells a shell about its place on the page: near or far, size, language, the customer's wish for less motion. @param {Shell} shell */
export function watch(shell) {
  observers ??= observe();
  shells.add(shell);
  byElement.set(shell.element, shell);
  byElement.set(shell.parts.view, shell);
  observers.near.observe(shell.element);
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
  const near = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const shell = byElement.get(target);
      if (!shell) continue;
      shell.near = isIntersecting;
      shell.call((raw) => raw.near(isIntersecting || shell.told));
      shell.start();
    }
  }, { rootMargin: MARGIN });
  const size = new ResizeObserver((entries) => {
    for (const entry of entries) byElement.get(entry.target)?.resized(entry);
  });
  return { near, size };
}
