/** @import { Host } from './host.js' */

/** From a picture to the third frame after it: longer, and the graphics are what the page waits for. */
const SLOW_MS = 120;
/** So many quick pictures one after the other are no accident. */
const QUICK = 4;

/**
 * Where a picture takes long, what was tapped is painted first and the picture comes one frame later: a button that does
 * not answer is pressed twice. Where it does not, picture and page are of one frame.
 * @param {Host} host
 */
export function pace(host) {
  const frame = host.frame.bind(host);
  let [quick, measuring] = [QUICK, false];
  /** @param {number} now */
  const draw = (now) => {
    frame(now);
    if (measuring) return;
    measuring = true;
    const start = performance.now();
    const later = (/** @type {number} */ frames) => {
      if (frames) return void requestAnimationFrame(() => later(frames - 1));
      quick = performance.now() - start > SLOW_MS ? 0 : quick + 1;
      measuring = false;
    };
    later(3);
  };
  host.frame = (now) => {
    if (quick < QUICK) setTimeout(draw, 0, now);
    else draw(now);
  };
}
