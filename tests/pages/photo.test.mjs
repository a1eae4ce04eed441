// The upgrade on a picture of what is owned: taken, picked or live, aligned by taps and by keys alone, kept and shared.
import { after, afterEach, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { decode, foreign } from './harness.mjs';
import { keys as watched, lose, stage } from './fixtures.mjs';
import { hand } from './hands.mjs';
import { findings } from './axe.mjs';
import { PAGE, shop, stand } from './keep.mjs';

/** A JPEG with what a camera writes into it: a lens on 35-mm film, and a word that tells a place. */
function noted(jpeg, focal) {
  const entry = (tag, kind, value) => {
    const out = Buffer.alloc(12);
    out.writeUInt16LE(tag, 0);
    out.writeUInt16LE(kind, 2);
    out.writeUInt32LE(1, 4);
    if (kind === 3) out.writeUInt16LE(value, 8);
    else out.writeUInt32LE(value, 8);
    return out;
  };
  const one = Buffer.from([1, 0]);
  const end = Buffer.alloc(4);
  const tiff = Buffer.concat([Buffer.from('II*\0'), Buffer.from([8, 0, 0, 0]), one, entry(0x8769, 4, 26), end, one, entry(0xa405, 3, focal), end, Buffer.from('GPS')]);
  const head = Buffer.from([0xff, 0xe1, 0, tiff.length + 8]);
  return Buffer.concat([jpeg.subarray(0, 2), head, Buffer.from('Exif\0\0'), tiff, jpeg.subarray(2)]);
}

for (const backend of ['webgpu', 'webgl']) describe(`on a picture of yours, ${backend}`, () => {
  let it;
  before(async () => { it = await stage(backend, { pages: { '/panel.css': PAGE } }); });
  after(() => it?.close());
  afterEach(() => it.tidy());

  /** A page whose lamp is owned, with another shade chosen, and a photo of it: rendered from where the outline begins, turned. */
  async function photographed({ body = shop(), ...more } = {}) {
    const page = await stand(it, body, more);
    const section = await page.section('photo');
    const without = await section.textContent();
    await page.page.evaluate(() => { const v = document.querySelector('#v'); v.owned = v.code; });
    await page.page.waitForFunction(() => document.querySelector('#v').configuration.owned);
    // The photo is what the page itself shows, on a wall.
    const photo = Buffer.from(await page.page.evaluate(async () => {
      const seen = await createImageBitmap(await document.querySelector('#v').toBlob({ width: 600, height: 400 }));
      const canvas = new OffscreenCanvas(600, 400);
      const context = canvas.getContext('2d');
      context.fillStyle = '#a89a88';
      context.fillRect(0, 0, 600, 400);
      context.drawImage(seen, 0, 0);
      return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg' })).arrayBuffer())];
    }));
    await page.ask('select', 'shade', 'printed');
    const pick = (buffer = photo, mimeType = 'image/jpeg') => section.locator('input[name=pick]').setInputFiles({ name: 'mine.jpg', mimeType, buffer });
    const shown = () => page.page.waitForFunction(() => document.querySelector('#v').photo?.ready);
    const state = () => page.page.evaluate(() => document.querySelector('#v').photo);
    const pixels = async () => decode(await page.page.locator('#v').screenshot()).data;
    // What stands when nothing has changed for a while, and is another picture than `old`: software draws when it can.
    const still = async (old) => {
      const same = (a, b) => a && Buffer.compare(a, b) === 0;
      for (let seen = await pixels(), calm = 0, ends = Date.now() + 20_000; ; ) {
        await page.page.waitForTimeout(250);
        await page.settle();
        const now = await pixels();
        calm = same(seen, now) && !same(old, now) ? calm + 1 : 0;
        if (calm === 3 || Date.now() > ends) return now;
        seen = now;
      }
    };
    return { ...page, part: section, without, photo, pick, shown, state, pixels, still };
  }

  test('says what to do first, shows the picture, and the upgrade in it', async () => {
    const page = await photographed();
    assert.match(page.without, /Say first which one you have/);
    await page.pick();
    await page.shown();
    assert.equal((await page.state()).view, 'align');
    await page.press('Before', page.part);
    await page.page.waitForFunction(() => document.querySelector('#v').photo.view === 'before');
    const before = await page.still();
    if (process.env.PICTURES) {
      const { writeFile } = await import('node:fs/promises');
      await writeFile(`${process.env.PICTURES}/page-before.png`, await page.page.screenshot());
    }
    await page.press('After', page.part);
    await page.page.waitForFunction(() => document.querySelector('#v').photo.view === 'after');
    const after = await page.still(before);
    if (process.env.PICTURES) {
      const { writeFile } = await import('node:fs/promises');
      await writeFile(`${process.env.PICTURES}/page-after.png`, await page.page.screenshot());
    }
    const differs = before.filter((byte, at) => Math.abs(byte - after[at]) > 24).length;
    assert.ok(differs > 200 && differs < before.length / 3, `${differs} of ${before.length} bytes are the upgrade's`);
    assert.deepEqual(await findings(page.page, { practice: false }), []);
    assert.deepEqual([page.errors, page.violations, foreign(page.requests, [it.site.origin])], [[], [], []]);
  });

  test('is aligned by keys alone, in fine steps and by numbers', async () => {
    const page = await photographed();
    await page.pick();
    await page.shown();
    const start = await page.state();
    const hands = page.page.locator('[data-anprobe-layer] .hands');
    await hands.focus();
    for (const key of ['ArrowRight', 'Shift+ArrowDown', 'd', 'w', '+', ',']) await page.page.keyboard.press(key);
    const moved = await page.state();
    assert.ok(moved.right > start.right && moved.up < start.up && moved.distance < start.distance);
    assert.ok(Math.abs(moved.turn - start.turn - 0.5) < 1e-3 && Math.abs(moved.tilt - start.tilt - 0.5) < 1e-3 && Math.abs(moved.roll - start.roll - 0.25) < 1e-3);
    const keys = hand('keys', page.page);
    await keys.press(page.part.locator('summary'));
    const turn = page.part.locator('input[name=turn]');
    await turn.fill('12.5');
    assert.ok(Math.abs((await page.state()).turn - 12.5) < 1e-3);
    await turn.press('ArrowUp');
    assert.ok(Math.abs((await page.state()).turn - 13) < 1e-3);
    await keys.press(page.part.getByRole('button', { name: 'After' }));
    assert.equal((await page.state()).view, 'after');
  });

  test('one finger carries it, and turns it when that is asked for', async () => {
    const page = await photographed();
    await page.pick();
    await page.shown();
    const box = await page.page.locator('[data-anprobe-layer] .hands').boundingBox();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const drag = async () => {
      await page.page.mouse.move(x, y);
      await page.page.mouse.down();
      await page.page.mouse.move(x + 20, y + 10, { steps: 4 });
      await page.page.mouse.up();
      return page.state();
    };
    const start = await page.state();
    const carried = await drag();
    assert.ok(carried.right > start.right && carried.up < start.up && carried.turn === start.turn && carried.tilt === start.tilt);
    const turns = page.part.getByRole('button', { name: 'Drag to turn' });
    await turns.click();
    assert.equal(await turns.getAttribute('aria-pressed'), 'true');
    const turned = await drag();
    assert.ok(Math.abs(Math.abs(turned.turn - carried.turn) - 6) < 0.1 && Math.abs(Math.abs(turned.tilt - carried.tilt) - 3) < 0.1, JSON.stringify([carried, turned]));
    assert.deepEqual([turned.right, turned.up], [carried.right, carried.up]);
    await turns.click();
    const again = await drag();
    assert.ok(again.right > turned.right && again.turn === turned.turn);
  });

  test('hands reach all of the picture beside and above a panel of the viewer’s own', async () => {
    const page = await photographed({ body: shop('panel').replace(/<anprobe-panel.*/, '') });
    await page.pick();
    await page.shown();
    for (const width of [900, 360]) {
      await page.page.locator('#v').evaluate((viewer, width) => { viewer.style.width = `${width}px`; }, width);
      await page.page.waitForFunction((narrow) => document.querySelector('anprobe-panel').narrow === narrow, width < 600);
      await page.page.waitForTimeout(500);
      const [hands, view] = await Promise.all([page.page.locator('[data-anprobe-layer] .hands'), page.page.locator('#v .view')].map((of) => of.boundingBox()));
      assert.ok(view.height > 200 && Math.abs(hands.x - view.x) < 1 && Math.abs(hands.y - view.y) < 1, JSON.stringify([hands, view]));
      assert.ok(Math.abs(hands.width - view.width) < 1 && Math.abs(hands.height - view.height) < 1, JSON.stringify([hands, view]));
    }
  });

  test('is aligned by taps on the points that the product names, and mistakes are told', async () => {
    const page = await photographed({ context: { hasTouch: true } });
    await page.pick();
    await page.shown();
    // Where the marks would be if the lamp had been photographed so.
    const wanted = await page.page.evaluate(() => {
      const v = document.querySelector('#v');
      const kept = v.photo.numbers;
      v.movePhoto('turn', 14);
      v.movePhoto('tilt', -6);
      v.movePhoto('scale', 1.15);
      const { numbers, marks } = v.photo;
      v.alignPhoto(kept);
      return { numbers, marks };
    });
    const box = await page.page.locator('#v').boundingBox();
    const tap = ([x, y]) => page.page.touchscreen.tap(box.x + x, box.y + y);
    await page.press('By four points', page.part);
    const swapped = [wanted.marks[1], wanted.marks[0], ...wanted.marks.slice(2)];
    for (const { expected } of swapped) await tap(expected);
    await page.press('Align by the points', page.part);
    await page.part.locator('.trouble', { hasText: /mixed up|do not fit/ }).first().waitFor();
    await page.press('By hand', page.part);
    await page.press('By four points', page.part);
    for (const { expected } of wanted.marks) await tap(expected);
    await page.press('Align by the points', page.part);
    await page.page.waitForFunction((turn) => Math.abs(document.querySelector('#v').photo.numbers[0] - turn) < 0.05, wanted.numbers[0]);
  });

  test('tells in plain words what cannot be opened, and that there is no camera', async () => {
    const page = await photographed({
      before: (page) => page.addInitScript(() => {
        navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', globalThis.refusal ?? 'NotAllowedError'));
      }),
    });
    await page.pick(Buffer.from('heic, perhaps'), 'image/heic');
    await page.part.locator('.trouble', { hasText: 'HEIC' }).waitFor();
    await page.press('Live camera', page.part);
    await page.part.locator('.trouble', { hasText: 'not allowed' }).waitFor();
    await page.page.evaluate(() => { globalThis.refusal = 'NotFoundError'; });
    await page.press('Live camera', page.part);
    await page.part.locator('.trouble', { hasText: 'No camera' }).waitFor();
  });

  test('the live camera runs from a tap until the picture is closed', async () => {
    const page = await photographed({
      before: (page) => page.addInitScript(() => {
        navigator.mediaDevices.getUserMedia = async () => {
          const canvas = document.createElement('canvas');
          [canvas.width, canvas.height] = [320, 240];
          let frames = 0;
          setInterval(() => { const context = canvas.getContext('2d'); context.fillStyle = `hsl(${frames++ * 20} 50% 50%)`; context.fillRect(0, 0, 320, 240); }, 50);
          return (globalThis.stream = canvas.captureStream(20));
        };
      }),
    });
    assert.equal(await page.page.evaluate(() => globalThis.stream), undefined, 'not before a tap');
    await page.press('Live camera', page.part);
    await page.shown();
    const one = await page.pixels();
    // In software pictures take their time.
    let moves = false;
    for (let tries = 0; tries < 60 && !moves; tries += 1) {
      await page.page.waitForTimeout(500);
      const other = await page.pixels();
      moves = one.some((byte, at) => Math.abs(byte - other[at]) > 20);
    }
    assert.ok(moves, 'the film is seen');
    await page.press('Close the picture', page.part);
    assert.equal(await page.page.evaluate(() => globalThis.stream.getTracks()[0].readyState), 'ended');
    assert.equal(await page.state(), null);
  });

  test('is saved without what the camera wrote, opened again as it was, and handed on', async () => {
    const page = await photographed();
    // A lens and a place in the notes.
    await page.pick(noted(page.photo, 52));
    await page.shown();
    const { focal, knowsFocal } = await page.state();
    assert.ok(knowsFocal && Math.abs(focal - 52) < 0.1, `${focal}`);
    await page.page.evaluate(() => { document.querySelector('#v').movePhoto('turn', 10); document.querySelector('#v').setPhoto('view', 'after'); });
    const before = await page.state();
    await page.press('Save', page.part);
    await page.told('Saved as My picture 1');
    const kept = await page.page.evaluate(async () => {
      const open = indexedDB.open('anprobe');
      await new Promise((resolve) => { open.onsuccess = resolve; });
      const all = open.result.transaction('pictures').objectStore('pictures').getAll();
      await new Promise((resolve) => { all.onsuccess = resolve; });
      const text = new TextDecoder('latin1').decode(await all.result[0].arrayBuffer());
      return { count: all.result.length, exif: text.includes('Exif'), place: text.includes('GPS') };
    });
    assert.deepEqual(kept, { count: 1, exif: false, place: false });
    const { name, bytes } = await page.saved(() => page.part.getByRole('button', { name: /Share picture|Download picture/ }).click());
    assert.match(name, /\.jpg$/);
    assert.ok(bytes.length > 2000, `${bytes.length}`);
    await page.page.reload();
    await page.page.waitForFunction(() => document.querySelector('#v').code);
    const designs = await page.section('designs');
    await designs.locator('.opener').first().click();
    await page.shown();
    await page.page.waitForFunction(() => document.querySelector('#v').photo?.view === 'after');
    const after = await page.state();
    after.numbers.forEach((number, at) => assert.ok(Math.abs(number - before.numbers[at]) < 1e-4));
    // The file takes it to another device.
    const again = await page.section('designs');
    const file = await page.saved(() => page.press('Save all as file', again));
    const [said] = JSON.parse(file.bytes).designs;
    assert.deepEqual([said.photo.view, said.photo.numbers.length, said.pictures.includes(said.photo.name)], ['after', 7, true]);
    await page.page.evaluate(async () => {
      const open = indexedDB.open('anprobe');
      await new Promise((resolve) => { open.onsuccess = resolve; });
      const change = open.result.transaction(['designs', 'pictures'], 'readwrite');
      for (const store of ['designs', 'pictures']) change.objectStore(store).clear();
      await new Promise((resolve) => { change.oncomplete = resolve; });
    });
    await page.page.reload();
    await page.page.waitForFunction(() => document.querySelector('#v').code);
    const other = await page.section('designs');
    const give = (said) => other.locator('input[type=file]').setInputFiles({ name: 'designs.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(said)) });
    const tree = JSON.parse(file.bytes);
    for (const change of [(photo) => photo.numbers.pop(), (photo) => { photo.name = 'other'; }, (photo) => { photo.view = 'never'; }, (photo) => { photo.focal = -1; }]) {
      const bad = structuredClone(tree);
      change(bad.designs[0].photo);
      await give(bad);
      await page.told('damaged');
    }
    await give(tree);
    await other.locator('.opener').first().click();
    await page.shown();
    await page.page.waitForFunction(() => document.querySelector('#v').photo?.view === 'after');
    (await page.state()).numbers.forEach((number, at) => assert.ok(Math.abs(number - before.numbers[at]) < 1e-4));
    assert.deepEqual([page.errors, page.violations, foreign(page.requests, [it.site.origin])], [[], [], []]);
  });

  test('a lost context brings the picture back as it was laid', async () => {
    const page = await photographed({ before: (page) => page.addInitScript(watched) });
    await page.pick();
    await page.shown();
    const first = await page.still();
    await page.page.evaluate(() => { const v = document.querySelector('#v'); v.movePhoto('turn', 10); v.setPhoto('brighter', 0.5); v.setPhoto('view', 'after'); });
    const [pixels, before] = [await page.still(first), await page.state()];
    await page.page.evaluate(lose);
    await page.event('error');
    await page.page.waitForFunction(() => document.querySelector('#v').loaded && document.querySelector('#v').photo?.view === 'after' && document.querySelector('#v').photo.ready, undefined, { timeout: 60_000 });
    const after = await page.state();
    after.numbers.forEach((number, at) => assert.ok(Math.abs(number - before.numbers[at]) < 1e-4, `${after.numbers}, not ${before.numbers}`));
    assert.equal(after.brighter, before.brighter);
    let left = 1;
    for (let tries = 0; tries < 20 && left > 0.02; tries += 1) {
      await page.page.waitForTimeout(500);
      await page.settle();
      const now = await page.pixels();
      left = now.filter((byte, at) => Math.abs(byte - pixels[at]) > 24).length / now.length;
    }
    assert.ok(left < 0.02, `${left} of the picture differs`);
  });
});
