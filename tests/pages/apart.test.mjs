// What no first picture needs is fetched when it is wanted, once a page, and its absence stops nothing.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { PNG } from 'pngjs';
import { difference, picture } from './harness.mjs';
import { PLACES, box, boxBeside, isRed, part, stage, viewer } from './fixtures.mjs';

const SHADERS = '/anprobe_shaders.txt';

/** A lamp, whose metal shows what is around it. */
const lamp = (id, attributes = '') => `<anprobe-viewer id="${id}" src="/demo/assets/lamp.glb" alt="A lamp" `
  + `variant-name="Silver" loading="eager" interaction-prompt="none" ${attributes}></anprobe-viewer>`;

/** A red box under clear coat. */
const coated = box({ required: { materials: [0, 1, 2].map(() => ({
  pbrMetallicRoughness: { baseColorFactor: [1, 0, 0, 1] }, extensions: { KHR_materials_clearcoat: { clearcoatFactor: 1 } },
})) } });

/** A white box under clear coat, with a red texture beside it. */
function coatedBeside() {
  const files = boxBeside();
  const gltf = JSON.parse(files['/beside/box.gltf']);
  gltf.extensionsUsed = ['KHR_materials_clearcoat'];
  gltf.materials[0].extensions = { KHR_materials_clearcoat: { clearcoatFactor: 1 } };
  return { ...files, '/beside/box.gltf': JSON.stringify(gltf) };
}

/** A picture of one colour. */
function plain(...colour) {
  const png = new PNG({ width: 8, height: 4 });
  for (let i = 0; i < png.data.length; i += 4) png.data.set([...colour, 255], i);
  return PNG.sync.write(png);
}

for (const { name, backend, elsewhere } of PLACES) {
  describe(name, () => {
    let it;
    before(async () => {
      it = await stage(backend, { elsewhere, pages: { ...coatedBeside(), '/coated.glb': coated, '/blue.png': plain(8, 8, 255), '/green.png': plain(8, 255, 8) } });
    });
    afterEach(() => it.tidy());
    after(() => it?.close());

    /** What the viewer says; the browser itself warns where it has no WebGPU. */
    const said = (page) => page.warnings.filter((text) => text.includes('<anprobe-viewer>'));
    const asked = (page) => page.requests.filter((url) => new URL(url).pathname === SHADERS);

    test('a plain model fetches no further shaders, with its shadow, its variants and its turns', async () => {
      const page = await it.show(lamp('v', 'shadow-intensity="1" camera-controls auto-rotate'));
      await page.event('load');
      await page.page.evaluate(() => { document.querySelector('#v').variantName = 'Sage'; });
      await page.settle();
      assert.deepEqual([asked(page), page.errors, said(page)], [[], [], []]);
    });

    test('two elements with an environment, one with a skybox, fetch them once', async () => {
      const page = await it.show(lamp('a', 'environment-image="/blue.png"') + lamp('b', 'skybox-image="/green.png"'));
      await page.event('load', 2);
      await page.settle();
      assert.equal(asked(page).length, 1);
      assert.equal(new URL(asked(page)[0]).origin, it.code.origin);
      const shot = await picture(page.page.locator('#b'));
      const [red, green, blue] = shot.at(3, 3);
      assert.ok(green > 150 && red < 120 && blue < 120, `the sky is ${[red, green, blue]}`);
      assert.deepEqual([page.errors, said(page), page.violations], [[], [], []]);
    });

    test('without them the studio stays, a typed issue says so, and the next environment tries anew', async () => {
      const studio = await it.show(lamp('v'));
      await studio.event('load');
      await studio.settle();
      const plain = await picture(studio.page.locator('#v'));
      for (const fault of [{ status: 404, body: 'gone' }, { drop: true }, { body: '#skybox 0\n#prefilter 0\n' }]) {
        it.code.faults[SHADERS] = fault;
        const page = await it.show(lamp('v', 'environment-image="/blue.png" skybox-image="/green.png"'));
        await page.event('load');
        await page.settle();
        assert.equal(said(page).length, 2);
        for (const text of said(page)) assert.match(text, /ENVIRONMENT_IMAGE.*shaders/);
        assert.ok(difference(plain, await picture(page.page.locator('#v'))) < 0.001, 'the picture with the studio');
        assert.deepEqual(await page.events('error'), []);
        delete it.code.faults[SHADERS];
        if (fault.body?.startsWith('#')) continue;
        await page.page.evaluate(() => { document.querySelector('#v').environmentImage = '/green.png'; });
        await page.event('environment-change');
        await page.settle();
        assert.ok(difference(plain, await picture(page.page.locator('#v'))) > 0.01, 'lit by the environment');
      }
    });

    test('pictures that are there before them find their place', async () => {
      it.code.faults[SHADERS] = { delay: 1000, times: 1 };
      const page = await it.show(viewer().replace('/box.glb', '/beside/box.gltf'));
      await page.event('load');
      await page.settle();
      assert.ok(part(await picture(page.page.locator('#v')), isRed) > 0.03, 'the box has its texture');
      assert.deepEqual([asked(page).length, page.errors, said(page)], [1, [], []]);
    });

    test('a material with extensions waits for them, and without them the page is told and may try again', async () => {
      it.code.faults[SHADERS] = { status: 404, body: 'gone', times: 1 };
      const page = await it.show(viewer());
      await page.event('load');
      await page.page.evaluate(() => { document.querySelector('#v').src = '/coated.glb'; });
      const error = await page.event('error');
      assert.deepEqual([error.type, error.code], ['loadfailure', 'FETCH_FAILED']);
      assert.match(error.message, /anprobe_shaders.*404/);
      await page.settle();
      assert.ok(part(await picture(page.page.locator('#v')), isRed) > 0.03, 'the last good picture stays');
      await page.page.getByRole('button', { name: 'Try again' }).click();
      await page.event('load', 2);
      await page.settle();
      assert.ok(part(await picture(page.page.locator('#v')), isRed) > 0.03);
      assert.deepEqual([asked(page).length, page.violations], [2, []]);
    });
  });
}
