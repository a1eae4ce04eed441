// Packed models: unpacked beside the page or on it, by what lies beside the element, and only when a model is packed.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { difference, foreign, picture } from './harness.mjs';
import { PLACES, stage } from './fixtures.mjs';
import { ball, container, dracoed, instanced, meshopt, plain } from '../decode/models.mjs';

const shape = ball(24, 16);
const { gltf, bin } = meshopt(shape, 'KHR', { external: 'streams%20here.bin' });
const draco = dracoed(shape, { speed: 3 });
const crowd = instanced(shape);
// Large enough for a worker.
const fine = ball(240, 240);
const large = dracoed(fine, { speed: 0, bits: 16 });

/** A GLB with its JSON changed. @param {Uint8Array} glb @param {(json: any) => void} change */
function changed(glb, change) {
  const length = new DataView(glb.buffer).getUint32(12, true);
  const json = JSON.parse(new TextDecoder().decode(glb.subarray(20, 20 + length)));
  change(json);
  return container(json, glb.subarray(28 + length));
}

/** Each packed model, and the one that is not. @type {Record<string, [Uint8Array, Uint8Array]>} */
const MODELS = {
  'ext.glb': [meshopt(shape, 'EXT'), plain(shape)],
  'khr.glb': [meshopt(shape, 'KHR'), plain(shape)],
  'draco.glb': [draco.packed, draco.same],
  'instanced.glb': [crowd.packed, crowd.same],
  'large.glb': [large.packed, large.same],
};
const OURS = /anprobe_(decode|unpack)/;
/** The reader names the first thing that it lacks; what could not be unpacked is behind it. */
const BROKEN = {
  '/cut.glb': [changed(meshopt(shape, 'KHR'), (json) => { json.bufferViews[1].extensions.KHR_meshopt_compression.byteLength -= 4; }), 'GLTF_PACKED', '/bufferViews/1/extensions/KHR_meshopt_compression'],
  '/stream.glb': [changed(draco.packed, (json) => { json.bufferViews[0].byteLength = 90; }), 'GLTF_PACKED', '/meshes/0/primitives/0/extensions/KHR_draco_mesh_compression'],
  '/unknown.glb': [changed(draco.packed, (json) => { json.extensionsRequired.push('EXT_unheard_of'); }), 'GLTF_REQUIRED_EXTENSION', '/extensionsRequired/1'],
  '/huge.glb': [changed(meshopt(shape, 'EXT'), (json) => {
    Object.assign(json.bufferViews[1], { byteLength: 12e9 });
    json.bufferViews[1].extensions.EXT_meshopt_compression.count = 1e9;
  }), 'GLTF_LIMIT', '/bufferViews/1'],
};

const view = (/** @type {string} */ src) => `<anprobe-viewer id="v" src="${src}" alt="A ball" interaction-prompt="none"></anprobe-viewer>`;

for (const { name, backend, elsewhere } of [...PLACES, { name: 'webgl', backend: 'webgl', elsewhere: false }]) {
  describe(name, () => {
    let it;
    before(async () => {
      const pages = { '/beside.gltf': Buffer.from(gltf), '/streams here.bin': Buffer.from(bin) };
      for (const [name, [packed, same]] of Object.entries(MODELS)) Object.assign(pages, { [`/${name}`]: Buffer.from(packed), [`/same/${name}`]: Buffer.from(same) });
      for (const [path, [body]] of Object.entries(BROKEN)) pages[path] = Buffer.from(body);
      it = await stage(backend, { elsewhere, pages });
    });
    afterEach(() => it.tidy());
    after(() => it?.close());

    async function shown(src) {
      const page = await it.show(view(src));
      await page.event('load', 1, 90_000);
      await page.settle();
      return page;
    }

    for (const name of Object.keys(MODELS)) {
      test(`${name} looks as the one that is not packed`, async () => {
        const page = await shown(`/same/${name}`);
        const same = await picture(page.page.locator('#v'));
        assert.ok(!page.requests.some((url) => OURS.test(url)), 'nothing of the decoder is fetched by a plain model');
        await it.tidy();
        const packed = await shown(`/${name}`);
        const off = difference(same, await picture(packed.page.locator('#v')), 6);
        assert.ok(off < 0.005, `${off} of the picture differs`);
        assert.ok(packed.requests.some((url) => OURS.test(url)));
        const isWorker = packed.requests.some((url) => url.includes('unpack_worker'));
        assert.equal(isWorker, name === 'large.glb' && !elsewhere, 'a worker for what is large, where one may start');
        assert.deepEqual([packed.errors, packed.violations], [[], []]);
        assert.deepEqual(foreign(packed.requests, [it.site.origin, it.code.origin]), []);
      });
    }

    test('streams beside a .gltf are fetched from beside it', async () => {
      const page = await shown('/beside.gltf');
      assert.ok(page.requests.some((url) => url.endsWith('/streams%20here.bin')), String(page.requests));
      assert.deepEqual(page.errors, []);
    });

    test('what is broken is a typed error with its place, and the last picture stays', async () => {
      const page = await shown('/same/draco.glb');
      const before = await picture(page.page.locator('#v'));
      let number = 0;
      for (const [path, [, code, place]] of Object.entries(BROKEN)) {
        await page.page.evaluate((src) => document.querySelector('#v').setAttribute('src', src), path);
        const error = await page.event('error', ++number);
        assert.deepEqual([error.type, error.code, error.path], ['loadfailure', code, place], path);
        assert.ok(error.message && error.remedy);
      }
      await page.page.evaluate(() => document.querySelector('#v').setAttribute('src', '/draco.glb'));
      await page.event('load', 2, 90_000);
      await page.settle();
      assert.ok(difference(before, await picture(page.page.locator('#v')), 6) < 0.005, 'and the next model shows');
    });
  });
}
