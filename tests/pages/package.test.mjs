// The package that shops install: from the packed tarball to a picture in a page that Vite has built, without a line of
// configuration; a server's import; a shop's types.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { CSP, dist, foreign, launch, open, picture, serve } from './harness.mjs';
import { box, isRed, part, STYLE } from './fixtures.mjs';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const tool = (path) => join(root, 'node_modules', path);
const page = (body) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>shop</title>
<script type="module" src="/main.js"></script></head><body>${body}</body></html>`;
let shop;
let installed;

before(async () => {
  shop = await mkdtemp(join(tmpdir(), 'anprobe-package-'));
  await run('npm', ['pack', '--silent', '--pack-destination', shop], { cwd: dist });
  const [tarball] = (await readdir(shop)).filter((name) => name.endsWith('.tgz'));
  await writeFile(join(shop, 'package.json'), JSON.stringify({ name: 'shop', private: true, type: 'module' }));
  // Nothing is asked of a registry: the package depends on nothing.
  await run('npm', ['install', `./${tarball}`, '--ignore-scripts', '--no-audit', '--no-fund', '--omit=peer', '--offline'], { cwd: shop });
  installed = join(shop, 'node_modules/anprobe');
  await writeFile(join(shop, 'index.html'), page('<anprobe-viewer id="v" src="/box.glb" alt="A box" interaction-prompt="none" generate-schema></anprobe-viewer>'));
  await writeFile(join(shop, 'main.js'), "import 'anprobe';\nimport 'anprobe/model-viewer-compat';\nimport './style.css';\n");
  await writeFile(join(shop, 'style.css'), STYLE);
}, { timeout: 60_000 });
after(() => rm(shop, { recursive: true, force: true }));

test('the package has what it promises, and nothing else', async () => {
  const manifest = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'));
  const there = await readdir(installed, { recursive: true });
  const targets = (value) => (typeof value === 'string' ? [value] : Object.values(value).flatMap(targets));
  for (const file of targets(manifest.exports).filter((file) => !file.includes('*')).concat(manifest.customElements, manifest.types)) {
    assert.ok(there.includes(file.replace('./', '')), file);
  }
  assert.deepEqual(there.filter((file) => /\.br$|^demo|\.glb$/.test(file)), []);
  assert.equal(manifest.version, /^version = "(.*)"/m.exec(await readFile(join(root, 'Cargo.toml'), 'utf8'))[1]);
  // A file that no module for bundlers names would be missing in every shop's build.
  const modules = await Promise.all(there.filter((file) => file.endsWith('.js')).map((file) => readFile(join(installed, file), 'utf8')));
  const named = modules.join('\n');
  const own = there.filter((file) => /^anprobe_.*\.(js|wasm|txt)$|^fonts\/.*woff2$/.test(file) && file !== 'anprobe_worker.js');
  const twice = there.filter((file) => file.startsWith('npm/')).map((file) => file.replace('npm/', ''));
  const entries = targets(manifest.exports).map((file) => file.replace('./', ''));
  const lost = own.filter((file) => !twice.includes(file) && !entries.includes(file) && !new RegExp(`["'](\\.\\.?/)+${file}["']`).test(named));
  assert.deepEqual(lost, []);
});

test('a page that Vite has built shows the model, under the strictest policy', async () => {
  await run(process.execPath, [tool('vite/bin/vite.js'), 'build'], { cwd: shop });
  const site = await serve({ root: join(shop, 'dist/'), pages: { '/box.glb': box() } });
  const browser = await launch('webgpu');
  try {
    const { page, errors, violations, requests } = await open(browser, site.origin);
    await page.waitForFunction(() => document.querySelector('#v')?.loaded, undefined, { timeout: 60_000 });
    assert.ok(part(await picture(page.locator('#v')), isRed) > 0.1);
    await page.waitForFunction(() => document.querySelector('script[type="application/ld+json"]'));
    assert.deepEqual([errors, violations, foreign(requests, [site.origin])], [[], [], []]);
  } finally {
    await Promise.all([browser.close(), site.close()]);
  }
}, { timeout: 90_000 });

test('a product in that build can be chosen from, written on and printed', async () => {
  const assets = join(dist, 'demo/assets/');
  const pages = Object.fromEntries(await Promise.all((await readdir(assets)).filter((name) => /^lamp\b.*\.(json|glb|stl|3mf)$|^lamp/.test(name))
    .map(async (name) => [`/${name}`, await readFile(join(assets, name))])));
  const html = await readFile(join(shop, 'dist/index.html'), 'utf8');
  pages['/lamp.html'] = html.replace(/<anprobe-viewer.*<\/anprobe-viewer>/, '<anprobe-viewer id="v" product="/lamp.json" panel alt="A lamp" interaction-prompt="none"></anprobe-viewer>');
  const site = await serve({ root: join(shop, 'dist/'), pages, csp: CSP });
  const browser = await launch('webgl');
  try {
    const { page, errors, violations, requests } = await open(browser, `${site.origin}/lamp.html`);
    await page.waitForFunction(() => document.querySelector('#v')?.loaded, undefined, { timeout: 60_000 });
    await page.locator('anprobe-panel').getByRole('button', { name: 'Add to cart' }).waitFor();
    // The plate has the customer's words as a shape: the worker beside the page needs the font, too.
    await page.evaluate(() => document.querySelector('#v').select('engraving', 'Ada'));
    await page.waitForFunction(() => document.querySelector('#v').printable().some(({ id }) => id === 'plate'));
    const [font, reports] = await page.evaluate(async () => {
      const viewer = document.querySelector('#v');
      return [await viewer.loadFont('Caveat', 'abc'), await viewer.printReport({ parts: ['plate'] })];
    });
    assert.match(font, /anprobe Caveat/);
    assert.deepEqual([reports[0].isPrintable, reports[0].issues.map(({ detail }) => detail)], [true, ['the usual font: Jost stands in']]);
    assert.equal(requests.filter((url) => /print_worker/.test(url)).length, 1);
    assert.deepEqual([errors, violations, foreign(requests, [site.origin])], [[], [], []]);
  } finally {
    await Promise.all([browser.close(), site.close()]);
  }
}, { timeout: 120_000 });

test('a server can import every entry', async () => {
  const script = "for (const name of ['anprobe', 'anprobe/panel', 'anprobe/model-viewer-compat']) console.log(Object.keys(await import(name)).sort().join());"
    + "console.log((await import('anprobe/custom-elements.json', { with: { type: 'json' } })).default.schemaVersion);";
  const { stdout } = await run(process.execPath, ['--no-warnings', '--input-type=module', '-e', script], { cwd: shop, timeout: 20_000 });
  assert.deepEqual(stdout.trim().split('\n'), ['AnprobeViewer', 'AnprobePanel,furnish,linkTo,readAddress', 'ModelViewerElement', '2.1.0']);
});

test('the types hold in a shop with React 19', async () => {
  await mkdir(join(shop, 'node_modules/@types'), { recursive: true });
  for (const name of ['@types/react', 'csstype']) await symlink(tool(name), join(shop, 'node_modules', name), 'dir');
  const options = { strict: true, noEmit: true, target: 'es2022', module: 'esnext', moduleResolution: 'bundler', jsx: 'react-jsx', lib: ['es2023', 'dom'], types: [], preserveSymlinks: true };
  const check = async (body) => {
    await writeFile(join(shop, 'page.tsx'), body);
    await writeFile(join(shop, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: ['page.tsx'] }));
    return run(process.execPath, [tool('typescript/bin/tsc'), '-p', '.'], { cwd: shop }).then(() => '', ({ stdout }) => stdout);
  };
  const good = `import { AnprobeViewer, type ProductQuote } from 'anprobe';
import { linkTo } from 'anprobe/panel';
import { ModelViewerElement } from 'anprobe/model-viewer-compat';
import type {} from 'anprobe/react';
ModelViewerElement.mapURLs((address) => address + '?v=1');
export const quote = (viewer: AnprobeViewer): ProductQuote | undefined => viewer.quote;
export const link = (viewer: AnprobeViewer): string => linkTo(viewer);
export const Page = () => <anprobe-viewer src="/box.glb" camera-controls generate-schema onload={({ detail }) => detail.url.length} />;
`;
  assert.equal(await check(good), '');
  // And say no where something is wrong.
  assert.match(await check(good.replace('camera-controls', 'camera-controls={7}')), /TS2322/);
}, { timeout: 60_000 });
