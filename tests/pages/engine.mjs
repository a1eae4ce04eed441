// `cargo xtask bench`, of products: what reading a product file and a click cost in the browser's Wasm, in milliseconds
// of the page's main thread. A click is `select` with all that it brings, and the quote; where others stand against it, the
// event `conflict` with its explanation and repair, and then that repair, too. Pictures are not drawn meanwhile.
import { readFile } from 'node:fs/promises';
import { launch, open, serve } from './harness.mjs';

const SAMPLES = ['lamp', 'car', 'case', 'shirt'];
/** Options in groups, and rules between near groups, of real cars' size. */
const CARS = [{ groups: 450, rules: 500 }, { groups: 450, rules: 1200 }, { groups: 450, rules: 2000 }];
const CLICKS = 400;

/** The same numbers each time. */
function dice(seed) {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

/** A product as large as a car's, most of whose rules say that two choices do not go together. */
export function car({ groups, rules }) {
  const roll = dice(7);
  const sizes = Array.from({ length: groups }, () => 2 + roll(8));
  const name = (group) => `g${group}/c${roll(sizes[group])}`;
  const rule = () => {
    const one = roll(groups);
    const other = Math.min(one + 1 + roll(4), groups - 1);
    const second = name(other);
    const any = [{ not: name(one) }, roll(6) === 0 ? second : { not: second }];
    if (roll(8) === 0) any.push(name(Math.min(other + 1, groups - 1)));
    return { holds: { any } };
  };
  const group = (size, at) => ({
    id: `g${at}`, number: at + 1, name: `Group ${at}`,
    choices: Array.from({ length: size }, (_, choice) => ({ id: `c${choice}`, number: choice + 1, name: `Choice ${choice}`, price: 100 * choice })),
  });
  return JSON.stringify({
    anprobe: 1, id: 'car', name: 'Car', models: [{ id: 'm', src: 'assets/lamp.glb' }],
    groups: sizes.map(group), rules: Array.from({ length: rules }, rule), price: { currency: 'EUR' },
  });
}

/** Runs on the page: times the reading and many clicks. */
async function clicks([product, count, code]) {
  const times = { load: 0, click: [], conflict: [] };
  const glue = await import(code);
  const { bytes } = glue.Viewer.prototype;
  glue.Viewer.prototype.bytes = function (request, content) {
    const before = performance.now();
    bytes.call(this, request, content);
    // The first answer is the product file.
    times.load ||= performance.now() - before;
  };
  const viewer = document.createElement('anprobe-viewer');
  viewer.style.cssText = 'display:block;width:64px;height:64px';
  viewer.setAttribute('product', product);
  const told = new Promise((resolve, reject) => {
    viewer.addEventListener('load', resolve, { once: true });
    viewer.addEventListener('error', (event) => reject(new Error(JSON.stringify(event.detail))), { once: true });
  });
  document.body.append(viewer);
  await told;
  const options = viewer.options.filter(({ kind }) => kind === 'one' || kind === 'color');
  let state = 11;
  const roll = (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
  for (let at = 0; at < count; at += 1) {
    const group = options[roll(options.length)];
    const choice = group.choices[roll(group.choices.length)].id;
    const before = performance.now();
    const outcome = viewer.select(group.id, choice);
    void viewer.quote.total;
    // The event has told why, and what it takes.
    if (outcome === 'blocked') viewer.repair(group.id, choice);
    times[outcome === 'blocked' ? 'conflict' : 'click'].push(performance.now() - before);
    if (at % 20 === 0) await new Promise((resolve) => setTimeout(resolve));
  }
  const before = performance.now();
  void viewer.options.length;
  return { ...times, options: performance.now() - before, combinations: viewer.sheet.combinations };
}

const at = (times, share) => [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))];
const said = (times) => (times.length ? `${at(times, 0.5).toFixed(2)} (95 %: ${at(times, 0.95).toFixed(2)}, most ${at(times, 1).toFixed(1)})` : '–');

/** Measures all products whose name has `only` in it. */
export async function engine(only) {
  const pages = { '/bench.html': '<!doctype html><meta charset="utf-8"><title>bench</title><script type="module" src="/anprobe.js"></script>' };
  const products = [];
  for (const name of SAMPLES) {
    const there = await readFile(new URL(`../../assets/${name}.json`, import.meta.url)).catch(() => undefined);
    if (there) products.push({ name, url: `/demo/assets/${name}.json` });
    else console.log(`SKIPPED: there is no assets/${name}.json`);
  }
  for (const size of CARS) {
    const url = `/demo/car-${size.rules}.json`;
    pages[url] = car(size);
    products.push({ name: `car-sized, ${size.rules} rules`, url });
  }
  const site = await serve({ pages, csp: false });
  const browser = await launch('webgpu');
  console.log('\nengine: milliseconds in Wasm; median, with the 95th per cent and the most');
  for (const { name, url } of products.filter((product) => product.name.includes(only))) {
    const seen = await open(browser, `${site.origin}/bench.html`);
    const code = `${site.origin}/anprobe_webgpu_product.js`;
    const { load, click, conflict, options, combinations } = await seen.page.evaluate(clicks, [url, CLICKS, code]);
    const count = combinations && (combinations.length > 12 ? `10^${combinations.length - 1}` : combinations);
    console.log(`${name.padEnd(24)} load ${load.toFixed(1)}, click ${said(click)}, conflict ${said(conflict)}, all options as objects ${options.toFixed(1)}; ${count} combinations`);
    await seen.close();
  }
  await browser.close();
  await site.close();
}
