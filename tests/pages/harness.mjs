// What every page test needs: a site that can misbehave, a browser for one backend, a watched page, and its pixels.
import { access } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { PNG } from 'pngjs';
export { serve, dist, CSP } from './site.mjs';

/** The two ways onto a canvas. */
export const BACKENDS = ['webgpu', 'webgl'];

const QUIET = [
  '--no-sandbox', '--disable-dev-shm-usage', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];
const WEBGL = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
// The last one is for reading a canvas back: without it there is a device, but no picture.
const WEBGPU = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader', '--enable-features=Vulkan', '--use-vulkan=swiftshader'];
const NO_WEBGPU = ['--disable-features=WebGPU', '--disable-blink-features=WebGPU'];

/** The browser's path: `CHROMIUM`, or where the usual packages put it. */
async function executable() {
  const places = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  for (const path of places) {
    if (path && await access(path).then(() => true, () => false)) return path;
  }
  throw new Error('no Chromium found; set CHROMIUM to its path');
}

/** Starts a browser which draws in software on 'webgpu', or has only 'webgl', or (as 'none') draws nothing at all. */
export async function launch(backend, more = []) {
  const flags = { webgpu: [...WEBGL, ...WEBGPU], webgl: [...WEBGL, ...NO_WEBGPU], none: ['--disable-gpu', '--disable-3d-apis', ...NO_WEBGPU] };
  if (!flags[backend]) throw new Error(`no backend ${backend}`);
  return chromium.launch({ executablePath: await executable(), args: [...QUIET, ...flags[backend], ...more] });
}

/**
 * Opens a page and records what goes wrong on it: `errors` (console and uncaught), `warnings`, `violations` (of the
 * content security policy) and `requests` (every URL asked for).
 */
export async function open(browser, url, { context: contextOptions = {}, before } = {}) {
  const context = await browser.newContext({ viewport: { width: 800, height: 600 }, ...contextOptions });
  const page = await context.newPage();
  // Software that compiles shaders draws no frame meanwhile, and beside other work takes long for it.
  page.setDefaultTimeout(60_000);
  const seen = { errors: [], warnings: [], violations: [], requests: [] };
  page.on('console', (message) => {
    const where = message.location().url ? ` (${message.location().url})` : '';
    if (message.type() === 'error') seen.errors.push(message.text() + where);
    if (message.type() === 'warning') seen.warnings.push(message.text() + where);
  });
  page.on('pageerror', (error) => seen.errors.push(`uncaught: ${error.stack ?? error}`));
  page.on('crash', () => seen.errors.push('the page crashed'));
  page.on('request', (request) => seen.requests.push(request.url()));
  await page.exposeFunction('__violation', (text) => seen.violations.push(text));
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      globalThis.__violation(`${event.effectiveDirective} blocked ${event.blockedURI || 'inline'} at ${event.sourceFile}:${event.lineNumber}`);
    });
  });
  await before?.(page);
  await page.goto(url);
  return { page, ...seen, close: () => context.close() };
}

/** Requests to any origin other than those named: the widget promises that there are none. */
export function foreign(requests, origins) {
  return requests.filter((url) => /^(https?|wss?):/.test(url) && !origins.includes(new URL(url).origin));
}

/** A page's or a locator's pixels, as a customer sees them. */
export async function picture(target, options = {}) {
  return decode(await target.screenshot({ animations: 'disabled', ...options }));
}

/** PNG bytes as `{ width, height, data }` with four bytes a pixel and `at(x, y)`. */
export function decode(png) {
  const { width, height, data } = PNG.sync.read(Buffer.from(png));
  const at = (x, y) => {
    const start = 4 * (Math.floor(y) * width + Math.floor(x));
    return [...data.subarray(start, start + 4)];
  };
  return { width, height, data, at, png };
}

/** Whether two colours differ by at most `tolerance` in each of red, green and blue. */
export function near(a, b, tolerance = 8) {
  return [0, 1, 2].every((i) => Math.abs(a[i] - b[i]) <= tolerance);
}

/** The part, from 0 to 1, of a picture that has about this colour. */
export function share(picture, colour, tolerance = 8) {
  let count = 0;
  for (let i = 0; i < picture.data.length; i += 4) {
    if (near(picture.data.subarray(i, i + 3), colour, tolerance)) count += 1;
  }
  return count / (picture.width * picture.height);
}

/** How many different colours a picture has: one is a blank canvas, a lit product has hundreds. */
export function colours(picture) {
  const seen = new Set();
  for (let i = 0; i < picture.data.length; i += 4) {
    seen.add((picture.data[i] << 16) | (picture.data[i + 1] << 8) | picture.data[i + 2]);
  }
  return seen.size;
}

/** The part of pixels that differ between two pictures of one size. */
export function difference(a, b, tolerance = 2) {
  if (a.width !== b.width || a.height !== b.height) return 1;
  let count = 0;
  for (let i = 0; i < a.data.length; i += 4) {
    if (!near(a.data.subarray(i, i + 3), b.data.subarray(i, i + 3), tolerance)) count += 1;
  }
  return count / (a.width * a.height);
}

/** Throws unless each `[colour, least share]` is in the picture. */
export function assertColours(picture, expected, tolerance = 8) {
  for (const [colour, least] of expected) {
    const found = share(picture, colour, tolerance);
    if (found < least) {
      throw new Error(`only ${(100 * found).toFixed(2)} % of the picture is rgb(${colour}), expected ${100 * least} %`);
    }
  }
}
