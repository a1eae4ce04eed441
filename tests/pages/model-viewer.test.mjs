// A page that was made for model-viewer runs with its own tag; what the README says of its names is true; and so is what
// machines are told: of the tags, and of the product.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import Ajv from 'ajv';
import { BACKENDS, dist, foreign, picture } from './harness.mjs';
import { box, html, isGreen, isRed, part, stage, viewer } from './fixtures.mjs';

const read = (path) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');
const camel = (name) => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
const json = (page) => page.evaluate(() => [...document.querySelectorAll('head script[type="application/ld+json"]')].map(({ textContent }) => JSON.parse(textContent)));

const PAGE = `<model-viewer id="v" src="box.glb" alt="A box" poster="poster.svg" camera-controls touch-action="pan-y" disable-tap
  interaction-prompt="none" variant-name="Green" shadow-intensity="1" camera-orbit="30deg 60deg auto" generate-schema
  a11y='{"front": "This is the front", "interaction-prompt": "Use your mouse"}'>
  <div slot="poster" id="p">Wait</div><div slot="progress-bar" id="b"></div>
  <button slot="hotspot-top" id="h" data-position="0m 0.5m 0m" data-normal="0m 1m 0m" data-visibility-attribute="visible">Top</button>
</model-viewer>`;
const SCRIPT = `self.ModelViewerElement = { meshoptDecoderLocation: 'https://cdn.example/meshopt.js' };
await customElements.whenDefined('model-viewer');
const ModelViewerElement = customElements.get('model-viewer');
globalThis.kept = ModelViewerElement.meshoptDecoderLocation;
ModelViewerElement.dracoDecoderLocation = 'https://cdn.example/draco/';
ModelViewerElement.modelCacheSize = 3;`;

for (const backend of BACKENDS) {
  describe(backend, () => {
    let it;
    before(async () => {
      const old = '<script type="module" crossorigin src="/anprobe.js"></script>';
      const page = html(PAGE, { head: '<script type="module" src="/before.js"></script><script type="module" src="/anprobe_model_viewer.js"></script>' })
        .replace(old, '').replace('style.css', 'own.css');
      const mapping = html('<model-viewer id="v" src="/gone.glb" alt="A box" interaction-prompt="none"></model-viewer>', { head: '<script type="module" src="/mapping.js"></script>' })
        .replace(old, '').replace('style.css', 'own.css');
      it = await stage(backend, { pages: {
        '/shop.html': page, '/before.js': SCRIPT, '/mapping.html': mapping, '/own.css': 'body{margin:0;background:#fff}model-viewer{width:200px;height:150px}',
        '/mapping.js': "import { ModelViewerElement } from '/anprobe_model_viewer.js'; ModelViewerElement.mapURLs((url) => url.replace('gone', 'box')); document.body.append(document.querySelector('#v'));",
      } });
    });
    afterEach(() => it.tidy());
    after(() => it?.close());

    test('a page of model-viewer runs with its own tag', async () => {
      const page = await it.show('');
      page.requests.length = 0;
      await page.page.goto(`${it.site.origin}/shop.html`);
      await page.page.waitForFunction(() => document.querySelector('#v')?.loaded, undefined, { timeout: 60_000 });
      assert.ok(part(await picture(page.page.locator('#v')), isGreen) > 0.05);
      // Where hotspots are, is known one picture later.
      await page.page.waitForFunction(() => document.querySelector('#h').hasAttribute('data-visible') || document.querySelector('#h').hasAttribute('visible'));
      const seen = await page.page.evaluate(async () => {
        const viewer = document.querySelector('#v');
        const heard = [];
        for (const name of ['camera-change', 'variant-applied', 'poster-dismissed']) viewer.addEventListener(name, ({ detail }) => heard.push([name, detail?.source]));
        viewer.variantName = 'Red';
        viewer.cameraOrbit = '0deg 90deg 3m';
        viewer.jumpCameraToGoal();
        await new Promise((resolve) => setTimeout(resolve, 500));
        const hit = viewer.positionAndNormalFromPoint(100, 75);
        const blob = await viewer.toBlob({ idealAspect: true });
        return {
          tag: viewer.localName, own: viewer instanceof customElements.get('anprobe-viewer'), kept: globalThis.kept,
          statics: [viewer.constructor.dracoDecoderLocation, viewer.constructor.modelCacheSize],
          heard: [...new Set(heard.map(([name]) => name))].sort(), radius: viewer.getCameraOrbit().radius, type: blob.type, hit: hit?.normal.z,
          posters: document.querySelector('#p').assignedSlot?.name, bar: document.querySelector('#b').assignedSlot?.name,
          label: viewer.shadowRoot.querySelector('.view').getAttribute('aria-label'), help: viewer.shadowRoot.querySelector('#help').textContent,
          hotspot: viewer.queryHotspot('hotspot-top').position.y,
        };
      });
      assert.deepEqual(seen, {
        tag: 'model-viewer', own: true, kept: 'https://cdn.example/meshopt.js', statics: ['https://cdn.example/draco/', 3],
        heard: ['camera-change', 'variant-applied'], radius: seen.radius, type: 'image/png', hit: 1, posters: 'poster', bar: 'progress-bar',
        label: 'A box. This is the front', help: 'Use your mouse', hotspot: 0.5,
      });
      assert.ok(Math.abs(seen.radius - 3) < 1e-3, String(seen.radius));
      assert.ok(part(await picture(page.page.locator('#v')), isRed) > 0.05);
      const [thing] = await json(page.page);
      assert.deepEqual(thing, {
        '@context': 'http://schema.org/', '@type': '3DModel', image: `${it.site.origin}/poster.svg`, name: 'A box',
        encoding: [{ '@type': 'MediaObject', contentUrl: `${it.site.origin}/box.glb`, encodingFormat: 'model/gltf-binary' }],
      });
      assert.deepEqual([page.violations, foreign(page.requests, [it.site.origin])], [[], []]);
    });

    test('addresses go through mapURLs', async () => {
      const page = await it.show('');
      await page.page.goto(`${it.site.origin}/mapping.html`);
      await page.page.waitForFunction(() => document.querySelector('#v')?.loaded, undefined, { timeout: 60_000 });
      assert.equal(it.site.log.some(({ path }) => path === '/gone.glb'), false);
    });
  });
}

test('what search engines are told follows the page and the quote, and goes with the element', async () => {
  const assets = join(dist, 'demo/assets/');
  const pages = Object.fromEntries(await Promise.all(['lamp.json', 'lamp.glb', 'lamp-shade.glb'].map(async (name) => [`/${name}`, await readFile(join(assets, name))])));
  const it = await stage('webgl', { pages });
  try {
    const page = await it.show(viewer('generate-schema ios-src="/box.usdz#x=1"'));
    await page.page.waitForFunction(() => document.querySelector('script[type="application/ld+json"]'));
    assert.deepEqual((await json(page.page))[0].encoding.map(({ encodingFormat, contentUrl }) => [encodingFormat, new URL(contentUrl).pathname]),
      [['model/gltf-binary', '/box.glb'], ['model/vnd.usdz+zip', '/box.usdz']]);
    await page.page.evaluate(() => { document.querySelector('#v').alt = '</script><b>'; });
    await page.page.waitForFunction(() => JSON.parse(document.querySelector('script[type="application/ld+json"]').textContent).name === '</script><b>');
    const there = (is) => page.page.waitForFunction((is) => is === Boolean(document.querySelector('script[type="application/ld+json"]')), is);
    const ways = [(v) => v.generateSchema = false, (v) => v.generateSchema = true, (v) => v.remove(), (v) => document.body.append(v)];
    const held = await page.page.evaluateHandle(() => document.querySelector('#v'));
    for (const [at, way] of ways.entries()) {
      await page.page.evaluate(way, held);
      await there(at % 2 === 1);
    }
    await page.close();

    const shop = await it.show('<anprobe-viewer id="v" product="/lamp.json" generate-schema alt="A lamp" interaction-prompt="none"></anprobe-viewer>');
    await shop.page.waitForFunction(() => JSON.parse(document.querySelector('script[type="application/ld+json"]')?.textContent ?? '{}')['@type'] === 'Product', undefined, { timeout: 60_000 });
    const offer = async () => {
      const [{ offers, sku, name }] = await json(shop.page);
      const quote = await shop.page.evaluate(() => document.querySelector('#v').quote);
      return { offers, sku, name, price: (quote.total / 100).toFixed(2), currency: quote.currency };
    };
    const first = await offer();
    assert.deepEqual([first.offers.price, first.offers.priceCurrency, first.name], [first.price, first.currency, 'Lumo']);
    assert.ok(first.sku);
    await shop.page.evaluate(() => document.querySelector('#v').repair('base', 'charging'));
    await shop.page.waitForFunction((price) => JSON.parse(document.querySelector('script[type="application/ld+json"]').textContent).offers.price !== price, first.offers.price);
    const second = await offer();
    assert.equal(second.offers.price, second.price);
    await shop.page.evaluate(() => {
      const viewer = document.querySelector('#v');
      viewer.rates = { USD: 2 };
      viewer.currency = 'USD';
    });
    await shop.page.waitForFunction(() => JSON.parse(document.querySelector('script[type="application/ld+json"]').textContent).offers.priceCurrency === 'USD');
    assert.equal((await offer()).offers.price, (2 * Number(second.price)).toFixed(2));
    await shop.page.evaluate(() => {
      const viewer = document.querySelector('#v');
      viewer.offers = Object.fromEntries(viewer.quote.parts.map(({ sku }) => [sku, { stock: 0 }]));
    });
    await shop.page.waitForFunction(() => /OutOfStock/.test(document.querySelector('script[type="application/ld+json"]').textContent));
    assert.deepEqual(shop.violations, []);
  } finally {
    await it.close();
  }
}, { timeout: 120_000 });

/** All that is there, by kind. */
async function known() {
  const { ModelViewerElement } = await import(join(dist, 'anprobe_model_viewer.js'));
  const { AnprobeViewer } = await import(join(dist, 'anprobe.js'));
  const { members } = await import(join(dist, 'anprobe_product.js'));
  const { MEMBERS } = await import(join(dist, 'anprobe_ar.js'));
  const types = await read('www/anprobe.d.ts');
  const body = (head) => types.split(head)[1].split('\n}\n')[0];
  const prototype = [ModelViewerElement, AnprobeViewer].flatMap(({ prototype }) => Object.getOwnPropertyNames(prototype));
  const own = [...prototype, ...Object.keys(members()), ...MEMBERS];
  const events = [...body('interface AnprobeViewerEventMap {').matchAll(/^ {2}'([\w-]+)'/gm)].map(([, name]) => name);
  const sources = (await Promise.all(['style.js', 'parts.js', 'hotspots.js', 'ar-parts.js', 'ar-overlay.js', 'ar-button.js'].map((name) => read(`www/${name}`)))).join('\n');
  return {
    viewer: AnprobeViewer, own, events,
    'Attributes and their properties': (name) => own.includes(camel(name)) || AnprobeViewer.observedAttributes.includes(name) || events.includes(name),
    'Other properties': (name) => own.includes(name),
    'Methods': (name) => own.includes(name),
    'Statics': (name) => Object.hasOwn(ModelViewerElement, name),
    // Of the hotspot, not of the element.
    'Events': (name) => events.includes(name) || sources.includes(`new CustomEvent('${name}'`),
    'Slots': (name) => (name === 'hotspot-…' ? sources.includes("startsWith('hotspot')") : new RegExp(`slot\\('${name}'|name: '${name}'|name = '${name}'|slot=["']?${name}`).test(sources)),
    'Parts': (name) => sources.includes(`'${name}'`),
    'Custom properties': (name) => sources.includes(`var(${name}`),
  };
}

test('the table of model-viewer is complete and true', async () => {
  const readme = await read('README.md');
  const section = readme.split('\n## Coming from')[1].split('\n## ')[0];
  const there = await known();
  const named = new Map();
  const wrong = [];
  for (const chapter of section.split('\n### ').slice(1)) {
    const [title] = chapter.split('\n');
    for (const [, names, verdict, how] of chapter.matchAll(/^\| (.*?) \| (.*?) \| ?(.*?) ?\|$/gm)) {
      if (verdict === 'here' || /^-+$/.test(verdict)) continue;
      if (!['same', 'better', 'left out', 'not yet'].includes(verdict)) wrong.push(`${names}: ${verdict}`);
      if (['better', 'left out'].includes(verdict) && !how) wrong.push(`${names}: ${verdict}, but not why`);
      for (const [, name] of names.matchAll(/`([^`]+)`/g)) {
        named.set(`${title}/${name}`, verdict);
        const is = there[title]?.(name);
        if (is !== undefined && is !== ['same', 'better'].includes(verdict)) wrong.push(`${title}: ${name} is ${is ? '' : 'not '}there`);
      }
    }
  }
  assert.deepEqual(wrong, []);
  // And nothing of theirs is missing.
  const theirs = await read('node_modules/@google/model-viewer/dist/model-viewer.d.ts').catch(() => '');
  const module = await read('node_modules/@google/model-viewer/dist/model-viewer-module.min.js');
  const all = (pattern, text) => new Set([...text.matchAll(pattern)].map(([, name]) => name));
  const attributes = all(/attribute:"([\w-]+)"/g, module);
  const events = all(/new CustomEvent\("([\w-]+)"/g, module);
  const slots = all(/<slot name="([\w-]+)"/g, module);
  const parts = all(/ part="([\w-]+)"/g, module);
  const missing = (title, names) => [...names].filter((name) => !named.has(`${title}/${name}`)).map((name) => `${title}: ${name}`);
  assert.ok(attributes.size > 35 && events.size > 15 && slots.size > 5 && parts.size > 2, `${attributes.size} ${events.size} ${slots.size} ${parts.size}`);
  assert.deepEqual([
    ...missing('Attributes and their properties', attributes), ...missing('Events', events), ...missing('Slots', slots), ...missing('Parts', parts),
  ], [], theirs.slice(0, 0));
});

test('custom-elements.json says what is there, in the words of its schema', async () => {
  const manifest = JSON.parse(await readFile(join(dist, 'custom-elements.json'), 'utf8'));
  const validate = new Ajv({ strict: false, allErrors: true }).compile(JSON.parse(await read('node_modules/custom-elements-manifest/schema.json')));
  assert.ok(validate(manifest), JSON.stringify(validate.errors?.slice(0, 5)));
  const there = await known();
  const [viewer, panel] = manifest.modules.map(({ declarations }) => declarations[0]);
  const names = (list) => list.map(({ name }) => name);
  assert.deepEqual([viewer.tagName, panel.tagName], ['anprobe-viewer', 'anprobe-panel']);
  for (const name of there.viewer.observedAttributes) assert.ok(names(viewer.attributes).includes(name), name);
  assert.deepEqual(names(viewer.events).sort(), [...there.events].sort());
  const hidden = ['constructor', 'connectedCallback', 'disconnectedCallback', 'attributeChangedCallback', 'a11y'];
  const real = [...new Set([...there.own, 'observedAttributes'])].filter((name) => !hidden.includes(name)).sort();
  assert.deepEqual([...new Set(names(viewer.members))].sort(), real);
  // Every attribute with a property says which, and every part and custom property of the element's own box is there.
  for (const { name, fieldName } of viewer.attributes) assert.equal(fieldName ?? '', there.own.includes(camel(name)) ? camel(name) : '', name);
  const box = (await Promise.all(['parts.js', 'hotspots.js', 'ar-button.js', 'ar-overlay.js'].map((name) => read(`www/${name}`)))).join('\n');
  const parts = new Set([...box.matchAll(/part: '([\w-]+)'|'part', '([\w-]+)'/g)].map(([, one, other]) => one ?? other));
  assert.deepEqual(names(viewer.cssParts).sort(), [...parts].sort());
  for (const list of [viewer.attributes, viewer.events, viewer.members, viewer.slots, viewer.cssProperties]) {
    assert.deepEqual(list.filter(({ description, kind, type, fieldName }) => !description && !kind && !type && !fieldName), []);
  }
});
