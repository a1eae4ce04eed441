// What is around the product: the page behind glass, a ground to stand on, light that is brighter than white; and the
// file's own camera.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { PNG } from 'pngjs';
import { BACKENDS, difference, picture } from './harness.mjs';
import { FRAMES, box, stage, viewer } from './fixtures.mjs';

/** Three times the same material: the box has as many variants. */
const made = (material, more) => box({ required: { materials: [0, 1, 2].map(() => material), ...more } });

const matte = made({ pbrMetallicRoughness: { baseColorFactor: [0.5, 0.5, 0.5, 1], metallicFactor: 0 } });

const ruby = made({
  pbrMetallicRoughness: { baseColorFactor: [0.9, 0.1, 0.1, 1], metallicFactor: 0, roughnessFactor: 0 },
  extensions: { KHR_materials_transmission: { transmissionFactor: 1 } },
});

/** Looks at the box from 3 m before it. */
const filmed = box({ required: {
  nodes: [{ mesh: 0 }, { name: 'Front', camera: 0, translation: [0, 0, 3] }],
  scenes: [{ nodes: [0, 1] }],
  cameras: [{ type: 'perspective', perspective: { yfov: Math.PI / 6, znear: 0.1, aspectRatio: 1 } }],
} });

/** White above, blue below. */
function sky() {
  const png = new PNG({ width: 64, height: 32 });
  for (let i = 0; i < png.data.length; i += 4) png.data.set(i < png.data.length / 2 ? [255, 255, 255, 255] : [0, 0, 255, 255], i);
  return PNG.sync.write(png);
}

/** A JPEG with a segment of XMP. */
function described(jpeg, xmp) {
  const text = Buffer.from(`http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/"><d ${xmp}/></x:xmpmeta>`);
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xe1, (text.length + 2) >> 8, (text.length + 2) & 255]);
  return Buffer.concat([head, text, jpeg.subarray(2)]);
}

for (const backend of BACKENDS) {
  describe(backend, () => {
    let it;
    before(async () => {
      it = await stage(backend, { pages: { '/matte.glb': matte, '/ruby.glb': ruby, '/filmed.glb': filmed, '/sky.png': sky() } });
    });
    afterEach(() => it.tidy());
    after(() => it?.close());

    const middle = async (page) => (await picture(page.page.locator('#v'))).at(100, 75);
    const show = async (file, attributes, more) => {
      const page = await it.show(viewer(attributes).replace('/box.glb', file), more);
      await page.event('load');
      await page.settle();
      return page;
    };

    test('glass tints the page behind it, and follows it', async () => {
      const page = await show('/ruby.glb', 'tone-mapping="linear"');
      const colour = async (change) => {
        const { frames } = await page.statistics();
        await page.page.evaluate(change);
        await page.page.waitForFunction(([at, frames]) => document.querySelector('#v')[Symbol.for('anprobe.statistics')]()[at] > frames, [FRAMES, frames]);
        await page.settle();
        return middle(page);
      };
      // Unknown, the page comes through the canvas: as grey as the glass is dark.
      const unknown = await middle(page);
      const white = await colour(() => { document.querySelector('#v').style.backgroundColor = 'white'; });
      assert.ok(white[0] > 200 && white[1] < 0.7 * white[0], `red before white, not ${white}`);
      assert.ok(unknown[1] - white[1] > 20, `${unknown} before a page of unknown colour, ${white} before a white one`);
      const night = await colour(() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync('.night anprobe-viewer { background-color: rgb(20, 20, 30) !important }');
        document.adoptedStyleSheets = [sheet];
        document.documentElement.className = 'night';
      });
      assert.ok(night[0] < 120, `dark before the night, not ${night}`);
      assert.deepEqual([page.errors, page.violations], [[], []]);
    });

    test('a skybox of known height has a ground', async () => {
      const page = await show('/box.glb', 'skybox-image="/sky.png" camera-orbit="0deg 88deg 3m"');
      await page.event('environment-change');
      await page.settle();
      const rows = async () => {
        const shot = await picture(page.page.locator('#v'));
        return [...Array(150).keys()].filter((y) => shot.at(3, y)[0] < 128).length;
      };
      const far = await rows();
      await page.page.evaluate(() => { document.querySelector('#v').skyboxHeight = '20cm'; });
      await page.settle();
      const near = await rows();
      // The eye is 0.6 m above the ground, and not endlessly far from the horizon: it goes down.
      assert.ok(far > 60 && near < far - 2 && near > 20, `${far} rows of ground far away, ${near} near by`);
    });

    test('the file’s camera is an orbit like any other, until the customer moves', async () => {
      const orbit = await show('/filmed.glb', 'camera-orbit="0deg 90deg 3m" camera-target="0m 0m 0m" field-of-view="30deg"');
      const expected = await picture(orbit.page.locator('#v'));
      const page = await show('/filmed.glb', 'camera="Front" camera-controls');
      const found = await picture(page.page.locator('#v .view'));
      const plain = await picture(page.page.locator('#v'));
      assert.ok(difference(expected, plain) < 0.06, `${difference(expected, plain)} differ`);
      assert.deepEqual(plain.at(100, 40), expected.at(100, 40));
      assert.deepEqual(await page.page.evaluate(() => document.querySelector('#v').availableCameras), ['Front']);
      await page.page.locator('#v .view').focus();
      await page.page.keyboard.press('ArrowLeft');
      await page.rest();
      assert.ok(difference(found, await picture(page.page.locator('#v .view'))) > 0.02, 'the key turns');
      const { theta } = await page.orbit();
      assert.ok(Math.abs(Math.abs(theta) - Math.PI / 8) < 1e-3, `${theta} from the file's camera`);
    });

    test('a gain map lights as bright as it was; without it the picture does', async () => {
      const blank = await it.show('');
      const jpeg = async (level) => Buffer.from(await blank.page.evaluate(async (level) => {
        const canvas = new OffscreenCanvas(32, 16);
        const context = canvas.getContext('2d');
        context.fillStyle = `rgb(${level} ${level} ${level})`;
        context.fillRect(0, 0, 32, 16);
        const blob = await canvas.convertToBlob({ type: 'image/jpeg' });
        return [...new Uint8Array(await blob.arrayBuffer())];
      }, level));
      const [base, map] = [await jpeg(128), await jpeg(255)];
      const claim = described(base, 'hdrgm:Version="1.0"');
      const level = async (body, kind = 'environment') => {
        const page = await show('/matte.glb', `${kind}-image="/light.jpg" tone-mapping="linear"`, {
          before: (page) => page.route('**/light.jpg', (route) => route.fulfill({ body, contentType: 'image/jpeg' })),
        });
        await page.event('environment-change');
        await page.settle();
        const shot = await picture(page.page.locator('#v'));
        const said = page.warnings.filter((text) => text.includes('gain map'));
        return { seen: shot.at(100, 75)[1], around: shot.at(3, 3)[1], said };
      };
      const plain = await level(base);
      const bright = await level(Buffer.concat([claim, described(map, 'hdrgm:Version="1.0" hdrgm:GainMapMax="2"')]));
      // Two stops: four times the light.
      const light = (value) => ((value / 255 + 0.055) / 1.055) ** 2.4;
      assert.ok(Math.abs(light(bright.seen) / light(plain.seen) - 4) < 0.25, `${bright.seen} against ${plain.seen}`);
      assert.deepEqual([plain.said, bright.said], [[], []]);
      // What is written wrongly is refused in Rust; this the browser cannot decode.
      const empty = described(Buffer.from([0xff, 0xd8, 0xff, 0xd9]), 'hdrgm:GainMapMax="2"');
      const broken = await level(Buffer.concat([claim, empty]));
      assert.ok(Math.abs(broken.seen - plain.seen) <= 1 && broken.said.length === 1, `${broken.seen} against ${plain.seen}, ${broken.said}`);
      const seen = await level(Buffer.concat([claim, described(map, 'hdrgm:GainMapMax="1"')]), 'skybox');
      assert.ok(Math.abs(light(seen.around) / light(128) - 2) < 0.1, `${seen.around} behind it`);
    });
  });
}
