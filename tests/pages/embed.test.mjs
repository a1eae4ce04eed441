// What a shop embeds: no policy but the promised one, no stranger asked, no DOM needed to import, types that are true.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { BACKENDS, CSP, dist, foreign, picture, serve } from './harness.mjs';
import { box, isRed, part, stage, viewer } from './fixtures.mjs';

for (const backend of BACKENDS) {
  describe(backend, () => {
    let it;
    let code;
    before(async () => {
      code = await serve();
      const csp = CSP.replace("script-src 'self'", `script-src 'self' ${code.origin}`)
        .replace("connect-src 'self'", `connect-src 'self' ${code.origin}`);
      it = await stage(backend, { csp });
    });
    afterEach(() => it.tidy());
    after(() => Promise.all([it?.close(), code?.close()]));

    test('the code may lie on another origin, under the strictest policy', async () => {
      const page = await it.show(viewer('camera-controls poster="/poster.svg"'), { page: { code: code.origin } });
      await page.event('load');
      await page.settle();
      assert.ok(part(await picture(page.page.locator('#v')), isRed) > 0.1);
      assert.deepEqual(page.violations, []);
      assert.deepEqual(foreign(page.requests, [it.site.origin, code.origin]), []);
      const asked = [...new Set(code.log.map((entry) => entry.path))].sort();
      assert.deepEqual(asked, ['/anprobe.js', `/anprobe_${backend}.js`, `/anprobe_${backend}.wasm`]);
    });

    test('backend="webgl" is obeyed, and changes while the picture stays', async () => {
      const page = await it.show(viewer('backend="webgl" variant-name="Red"'), { page: { code: code.origin } });
      await page.event('load');
      assert.equal((await page.statistics()).backend, 'webgl');
      await page.page.evaluate(() => { document.querySelector('#v').backend = 'auto'; });
      await page.event('load', 2);
      await page.settle();
      assert.equal((await page.statistics()).backend, backend);
      assert.ok(part(await picture(page.page.locator('#v')), isRed) > 0.1);
    });
  });
}

test('importing without a DOM neither throws nor defines', async () => {
  const script = `const module = await import(${JSON.stringify(join(dist, 'anprobe.js'))}); console.log(Object.keys(module).join())`;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  assert.deepEqual([stdout.trim(), stderr.replace(/.*(MODULE_TYPELESS|Reparsing|To eliminate|Use `node).*\n?/g, '').trim()], ['AnprobeViewer', '']);
});

test('the types name what is there, and nothing else', async () => {
  const types = await readFile(join(dist, 'anprobe.d.ts'), 'utf8');
  const start = types.indexOf('export class AnprobeViewer');
  const room = types.slice(types.indexOf('export interface AnprobeInRoom'), types.indexOf('export interface AnprobeViewer extends'));
  const body = room + types.slice(start, types.indexOf('addEventListener<K', start));
  const typed = [...body.matchAll(/^ {2}(?:readonly )?(\w+)(?=[(:])/gm)].map((match) => match[1]).sort();
  const { AnprobeViewer } = await import(join(dist, 'anprobe.js'));
  const { members: later } = await import(join(dist, 'anprobe_product.js'));
  const hidden = ['constructor', 'connectedCallback', 'disconnectedCallback', 'attributeChangedCallback'];
  const { MEMBERS: inRoom } = await import(join(dist, 'anprobe_ar.js'));
  const members = [...Object.getOwnPropertyNames(AnprobeViewer.prototype), ...Object.keys(later()), ...inRoom];
  const real = members.filter((name) => !hidden.includes(name)).sort();
  // A method of two forms stands there twice, and what the product's part does better in both.
  assert.deepEqual([...new Set(typed)], [...new Set(real)]);
});

test('every attribute observed by the element is a property with its default', async () => {
  const it = await stage('none', { pages: { '/box.glb': box() } });
  try {
    const page = await it.show('');
    const wrong = await page.page.evaluate(() => {
      const element = document.createElement('anprobe-viewer');
      const wrong = [];
      for (const name of element.constructor.observedAttributes.filter((name) => name !== 'lang')) {
        const property = name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
        const absent = element[property];
        element[property] = typeof absent === 'boolean' ? true : typeof absent === 'number' ? absent + 1 : 'x';
        if (!element.hasAttribute(name)) wrong.push(`${property} is not reflected`);
        element[property] = typeof absent === 'boolean' ? false : null;
        if (element.hasAttribute(name) || element[property] !== absent) wrong.push(`${property} does not go back to ${absent}`);
      }
      return wrong;
    });
    assert.deepEqual(wrong, []);
    assert.deepEqual(page.requests.filter((url) => url.includes('wasm')), []);
  } finally {
    await it.close();
  }
});
