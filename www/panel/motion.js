/** Motion that a customer may have asked to be spared. */

export const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/**
 * Runs from 0 to 1 and tells each frame; the end is told in any case. The result cuts it short where it is.
 * @param {number} ms @param {(part: number) => void} draw @param {(part: number) => number} [ease]
 */
export function run(ms, draw, ease = (part) => 1 - (1 - part) ** 3) {
  let frame = 0;
  const start = performance.now();
  /** @param {number} now */
  const next = (now) => {
    const part = Math.min(1, Math.max(0, (now - start) / ms));
    frame = part < 1 ? requestAnimationFrame(next) : 0;
    draw(part < 1 ? ease(part) : 1);
  };
  if (still()) draw(1);
  else frame = requestAnimationFrame(next);
  return () => cancelAnimationFrame(frame);
}

/** Starts and ends softly. @param {number} part */
export const soft = (part) => part * part * (3 - 2 * part);
