// Make it yours: pictures and words lie where they were put, say what may go wrong, and tell nobody where they were taken.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { decode as decodePng } from 'fast-png';
import { findings, inEveryDress } from './axe.mjs';
import { foreign, near, picture } from './harness.mjs';
import { stage } from './fixtures.mjs';
import { PLATE, photograph, plate, square } from './plate.mjs';

const STYLE = `html{color-scheme:light dark;font-family:sans-serif}body{margin:0;background:#fff;color:CanvasText}main{display:flex;height:100vh}
anprobe-viewer{flex:1;height:100%;min-width:0}anprobe-panel{width:380px;height:100%}h1{position:absolute;clip-path:inset(50%)}
@media(max-width:600px){main{display:block}anprobe-viewer{width:100%;height:55vh}anprobe-panel{width:auto;height:45vh}}`;
const [RED, GREEN, BLUE] = [[255, 0, 0], [0, 255, 0], [0, 0, 255]];

describe('webgpu', () => {
  let it;
  before(async () => { it = await stage('webgpu', { pages: { '/shop.css': STYLE, '/plate.json': PLATE, '/plate.glb': plate() } }); });
  afterEach(() => it.tidy());
  after(() => it?.close());

  async function ready({ width = 1100, height = 700, panel = false, touch = false, product = '/plate.json' } = {}) {
    const body = `<main><h1>Shop</h1><anprobe-viewer id="v" product="${product}" alt="A plate" camera-controls interaction-prompt="none" camera-orbit="0deg 90deg auto" shadow-intensity="0"></anprobe-viewer>
      ${panel ? '<anprobe-panel id="p" for="v"></anprobe-panel>' : ''}</main>`;
    const page = await it.show(body, {
      page: { head: '<link rel="stylesheet" href="/shop.css">' },
      context: { viewport: { width, height }, reducedMotion: 'reduce', hasTouch: touch, isMobile: touch },
    });
    await page.event('load', 1, 90_000);
    const { page: tab } = page;
    const ask = (act, argument) => tab.evaluate(`(${act})(document.querySelector('#v'), ${JSON.stringify(argument)})`);
    /** Keeps a picture and gives its name. */
    const remember = (bytes, type = 'image/png') => ask(async (viewer, [text, type]) =>
      viewer.remember(new Blob([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], { type })), [bytes.toString('base64'), type]);
    /** The surface, flat, two pixels for each millimetre: what is at some millimetres from its middle. */
    const flat = (group, points) => ask(async (viewer, [group, points]) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 200, height: 100 });
      await viewer.drawSurface(group, canvas);
      return points.map(([x, y]) => [...canvas.getContext('2d').getImageData(100 + 2 * x, 50 + 2 * y, 1, 1).data]);
    }, [group, points]);
    /** The product itself, at rest. */
    const onProduct = async () => {
      await page.rest();
      const shot = await picture(tab.locator('#v'));
      return shot;
    };
    const editor = async (name = 'Place it') => {
      await tab.locator('anprobe-panel').getByRole('button', { name }).first().click();
      await tab.locator('dialog.artwork').waitFor();
    };
    const get = (role, name) => tab.locator('dialog.artwork').getByRole(role, { name });
    const layers = (group = 'photo') => ask((viewer, group) => viewer.artwork(group).layers, group);
    return { ...page, page: tab, ask, remember, flat, onProduct, editor, get, layers };
  }

  test('a picture lies where it was put, turned and no larger, on the flat surface and on the product', async () => {
    const page = await ready();
    const name = await page.remember(square(80, 40, RED, GREEN));
    assert.equal(await page.ask((viewer, name) => viewer.select('photo', name), name), 'changed');
    let seen = await page.flat('photo', [[-40, 0], [40, 0]]);
    assert.ok(near(seen[0], RED) && near(seen[1], GREEN), 'by itself it covers the surface');
    // A quarter of its size, 20 mm to the right, turned a quarter: its red half is above, the green one below.
    const layers = [{ picture: name, x: 2000, scale: -7500, rotation: 900 }];
    assert.equal(await page.ask((viewer, layers) => viewer.setArtwork('photo', layers), layers), 'changed');
    seen = await page.flat('photo', [[20, -8], [20, 8], [20, -16], [32, 0], [-20, 0]]);
    assert.ok(near(seen[0], RED) && near(seen[1], GREEN), String(seen));
    assert.deepEqual(seen.slice(2).map((colour) => colour[3]), [0, 0, 0], 'and nowhere else');
    const [{ centerMm, sizeMm, turnDeg }] = (await page.ask((viewer) => viewer.artwork('photo'))).layers;
    assert.deepEqual([centerMm, sizeMm.map(Math.round), turnDeg], [[20, 0], [27, 14], 90]);
    // On the product: red is above green, and both are in its right half.
    const shot = await page.onProduct();
    const middle = (is) => {
      let [count, x, y] = [0, 0, 0];
      for (let i = 0; i < shot.width * shot.height; i += 1) {
        if (!near(shot.data.subarray(4 * i, 4 * i + 3), is, 60)) continue;
        [count, x, y] = [count + 1, x + (i % shot.width), y + Math.floor(i / shot.width)];
      }
      return { count, x: x / count / shot.width, y: y / count / shot.height };
    };
    const [red, green] = [middle(RED), middle(GREEN)];
    // Each half is a square of 13.5 mm, which tells how large a millimetre is there.
    const perMm = Math.sqrt(red.count) / 13.5;
    const away = (spot) => [(spot.x - 0.5) * shot.width, (spot.y - 0.5) * shot.height].map((px) => Math.round(px / perMm));
    const lies = (spot, [x, y]) => Math.abs(away(spot)[0] - x) <= 2 && Math.abs(away(spot)[1] - y) <= 2;
    assert.ok(red.count > 100 && lies(red, [20, -7]) && lies(green, [20, 7]), JSON.stringify([red, green, away(red), away(green)]));
    // The code carries all of it; taking it back is exact.
    const code = await page.ask((viewer) => viewer.code);
    await page.ask((viewer) => viewer.undo());
    assert.ok(near((await page.flat('photo', [[-40, 0]]))[0], RED));
    assert.equal(await page.ask((viewer, code) => viewer.open(code), code), 'changed');
    assert.deepEqual(await page.ask((viewer) => viewer.configuration.values.photo), layers);
    assert.deepEqual([page.errors, page.violations, foreign(page.requests, [it.site.origin])], [[], [], []]);
  });

  test('a photograph is upright, and where it was taken is gone from all that is kept', async () => {
    const page = await ready();
    const original = photograph();
    assert.ok(original.includes('48.137N'), 'the test has something to lose');
    const name = await page.remember(original, 'image/jpeg');
    await page.ask((viewer, name) => viewer.select('photo', name), name);
    const kept = await page.ask(async (viewer) => {
      const [[name, blob]] = viewer.pictures();
      const bytes = new Uint8Array(await blob.arrayBuffer());
      const again = await viewer.remember(new File([bytes], 'again.jpg', { type: blob.type }));
      return { name, again, type: blob.type, text: String.fromCharCode(...bytes) };
    });
    assert.equal(kept.type, 'image/jpeg');
    for (const word of ['Exif', '48.137N', 'GPS', 'http']) assert.ok(!kept.text.includes(word), word);
    assert.equal(kept.again, kept.name, 'what is clean keeps its name');
    // The top was on the right: what was left is above.
    const seen = await page.flat('photo', [[0, -20], [0, 20]]);
    assert.ok(near(seen[0], RED, 40) && near(seen[1], GREEN, 40), String(seen));
    const { layers: [{ sizeMm }] } = await page.ask((viewer) => viewer.artwork('photo'));
    assert.equal(Math.round((sizeMm[1] / sizeMm[0]) * 10), 20);
    // What comes from a file of designs, dirty or not, is cleaned as well; a text is no picture.
    const restored = await page.ask(async (viewer, text) => {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      await viewer.restore(new Map([['elsewhere', new Blob([bytes], { type: 'image/jpeg' })]]));
      viewer.select('photo', 'elsewhere');
      return String.fromCharCode(...new Uint8Array(await viewer.pictures().get('elsewhere').arrayBuffer()));
    }, original.toString('base64'));
    assert.ok(!restored.includes('48.137N'));
    assert.ok(await page.ask((viewer) => viewer.remember(new Blob(['no picture'], { type: 'image/png' })).then(() => false, () => true)));
  });

  test('the print file has its size, its bleed and all that lies on the surface', async () => {
    const page = await ready();
    const name = await page.remember(square(80, 40, RED, GREEN));
    await page.ask((viewer, name) => { viewer.select('photo', name); viewer.select('name', 'III'); }, name);
    const file = await page.ask(async (viewer) => {
      const file = await viewer.printFile('photo');
      const bytes = new Uint8Array(await file.arrayBuffer());
      let text = '';
      for (const byte of bytes) text += String.fromCharCode(byte);
      return { name: file.name, type: file.type, text: btoa(text) };
    });
    assert.deepEqual([file.name, file.type], ['plate-front.png', 'image/png']);
    const png = decodePng(Buffer.from(file.text, 'base64'));
    // 104 by 54 mm at 300 dots per inch, said in pixels for each metre.
    assert.deepEqual([png.width, png.height, png.resolution], [1228, 638, { x: 11811, y: 11811, unit: 1 }]);
    const at = (x, y) => [...png.data.slice(4 * (y * png.width + x), 4 * (y * png.width + x) + 3)];
    assert.ok(near(at(1, 1), RED) && near(at(1226, 636), GREEN), 'over the edge');
    const blue = png.data.reduce((count, _, i) => count + (i % 4 === 0 && near(png.data.subarray(i, i + 3), BLUE) ? 1 : 0), 0);
    assert.ok(blue > 5000, 'the words on it');
  });

  test('fonts come when words use them, from here, and change what is drawn', async () => {
    const page = await ready();
    assert.equal(page.requests.filter((url) => url.includes('/fonts/')).length, 0);
    const ink = (font) => page.ask(async (viewer, font) => {
      viewer.setArtwork('name', [{ text: 'Für Mia', ...(font && { font }) }]);
      await viewer.loadFont(font, 'Für Mia');
      const canvas = Object.assign(document.createElement('canvas'), { width: 200, height: 100 });
      await viewer.drawSurface('name', canvas);
      return canvas.getContext('2d').getImageData(0, 0, 200, 100).data.reduce((sum, value) => sum + value, 0);
    }, font);
    const drawn = [];
    for (const font of ['', ...await page.ask((viewer) => viewer.fonts)]) drawn.push(await ink(font));
    assert.equal(new Set(drawn).size, 5, String(drawn));
    assert.deepEqual(page.requests.filter((url) => url.includes('/fonts/')).map((url) => url.split('/').at(-1)).sort(), ['caveat.woff2', 'jost.woff2', 'lora.woff2', 'oswald.woff2']);
    await page.ask((viewer) => viewer.loadFont('Jost', 'Łódź'));
    assert.ok(page.requests.some((url) => url.endsWith('jost-ext.woff2')));
    assert.deepEqual([page.errors, page.violations], [[], []]);
  });

  test('by keyboard alone a picture is moved, sized, turned and taken back, each spell of keys in one step', async () => {
    const page = await ready({ panel: true });
    const name = await page.remember(square(80, 40, RED));
    await page.ask((viewer, name) => viewer.setArtwork('photo', [{ picture: name, scale: -5000 }]), name);
    const open = page.page.locator('anprobe-panel').locator('[part="group"]', { hasText: 'Your photograph' }).getByRole('button', { name: /Place|Position|Move|Arrange|Edit/ });
    await open.focus();
    await page.page.keyboard.press('Enter');
    const surface = page.get('application', /Front, 100 by 50 millimetres/);
    await surface.waitFor();
    assert.ok(await surface.evaluate((element) => element.getRootNode().activeElement === element), 'the focus is on the surface');
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', '+', ']', ']', ']']) await page.page.keyboard.press(key);
    const [{ centerMm, sizeMm, turnDeg }] = await page.layers();
    assert.deepEqual([centerMm.map(Math.round), Math.round(sizeMm[0]), turnDeg], [[2, 5], 57, 3]);
    assert.match(await page.get('status').first().innerText(), /turned by 3 degrees/);
    // It ends 20.6 mm from the middle, in a safe zone of 20 and before the edge at 25, and has 80 pixels; what is said comes with the next frame.
    await page.get('status').last().filter({ hasText: /comes close to the edge[^]*Looks soft at/ }).waitFor();
    for (const expected of [[[2, 5], 57, 0], [[2, 5], 54, 0], [[0, 0], 54, 0]]) {
      await page.ask((viewer) => viewer.undo());
      const [layer] = await page.layers();
      assert.deepEqual([layer.centerMm.map(Math.round), Math.round(layer.sizeMm[0]), layer.turnDeg], expected);
    }
    // Figures, as exact as they are typed.
    const field = page.get('spinbutton', 'Width');
    await field.fill('30');
    await page.page.keyboard.press('Tab');
    assert.equal(Math.round((await page.layers())[0].sizeMm[0] * 10), 300);
    await page.get('spinbutton', 'Turn').fill('-12.5');
    await page.page.keyboard.press('Enter');
    assert.equal((await page.layers())[0].turnDeg, -12.5);
    await surface.focus();
    await page.page.keyboard.press('Delete');
    assert.deepEqual(await page.layers(), []);
    await page.page.keyboard.press('Enter');
    assert.equal((await page.layers()).length, 1, 'the focus is on Undo');
    await page.page.keyboard.press('Escape');
    await page.page.locator('dialog.artwork').waitFor({ state: 'detached' });
    assert.ok(await open.evaluate((element) => element.getRootNode().activeElement === element), 'and is back where it was');
    assert.deepEqual([page.errors, page.violations], [[], []]);
  });

  test('by taps alone at 360 pixels: a picture, words on it, their order, their size', async () => {
    const page = await ready({ panel: true, width: 360, height: 740, touch: true });
    const name = await page.remember(square(800, 400, RED));
    await page.ask((viewer, name) => viewer.select('photo', name), name);
    await page.page.waitForFunction(() => document.querySelector('#p').reveal);
    await page.page.evaluate(() => document.querySelector('#p').reveal('photo'));
    await page.page.locator('anprobe-panel').getByRole('button', { name: /Place|Position|Move|Arrange|Edit/ }).first().tap();
    await page.get('button', 'Add text').tap();
    await page.get('textbox', 'Text').fill('Mia');
    assert.deepEqual((await page.layers()).map(({ text = 'picture' }) => text), ['picture', 'Mia']);
    await page.get('button', 'Send “Mia” back').tap();
    assert.deepEqual((await page.layers()).map(({ text = 'picture' }) => text), ['Mia', 'picture']);
    await page.get('button', 'Larger').tap();
    const [{ sizeMm }] = await page.layers();
    await page.get('button', 'Quarter turn').tap();
    const [mia] = await page.layers();
    assert.deepEqual([mia.turnDeg, Math.round(mia.sizeMm[0])], [90, Math.round(sizeMm[0])]);
    await page.get('button', 'Remove “Mia”').tap();
    assert.equal((await page.layers()).length, 1);
    await page.get('button', 'Undo').tap();
    assert.equal((await page.layers()).length, 2);
    const { width, scroll } = await page.page.evaluate(() => ({ width: innerWidth, scroll: document.documentElement.scrollWidth }));
    assert.ok(scroll <= width, 'nothing stands out');
    const small = await page.page.locator('dialog.artwork').evaluate((dialog) => [...dialog.querySelectorAll('button, select, label.pick, .grip')]
      .map((part) => part.getBoundingClientRect()).filter(({ width, height }) => width && (width < 44 || height < 44)).length);
    assert.equal(small, 0, 'a thumb finds everything');
  });

  test('a drag is one step, follows the finger, and snaps in the middle; two fingers size and turn', async () => {
    const page = await ready({ panel: true });
    const name = await page.remember(square(800, 400, RED));
    await page.ask((viewer, name) => viewer.setArtwork('photo', [{ picture: name, scale: -6000 }]), name);
    await page.page.locator('anprobe-panel').locator('[part="group"]', { hasText: 'Your photograph' }).getByRole('button', { name: /Place|Position|Move|Arrange|Edit/ }).click();
    const sheet = await page.page.locator('dialog.artwork .sheet').boundingBox();
    const perMm = sheet.width / 100;
    const [x, y] = [sheet.x + sheet.width / 2, sheet.y + sheet.height / 2];
    const { mouse } = page.page;
    await mouse.move(x, y);
    await mouse.down();
    for (let step = 1; step <= 10; step += 1) await mouse.move(x + 2 * step * perMm, y + 0.1 * perMm);
    await mouse.up();
    let [{ centerMm }] = await page.layers();
    assert.ok(Math.abs(centerMm[0] - 20) < 0.5 && centerMm[1] === 0, String(centerMm));
    await page.ask((viewer) => viewer.undo());
    assert.deepEqual((await page.layers())[0].centerMm, [0, 0], 'one step');
    // Two fingers: twice as far apart, and a quarter turn.
    const fingers = (name, id, clientX, clientY) => page.page.locator('dialog.artwork .flat').dispatchEvent(name,
      { pointerId: id, pointerType: 'touch', isPrimary: id === 11, clientX, clientY, button: 0, bubbles: true, composed: true });
    await page.page.evaluate(() => { Element.prototype.setPointerCapture = () => {}; });
    const far = 10 * perMm;
    await fingers('pointerdown', 11, x - far, y);
    await fingers('pointerdown', 12, x + far, y);
    await fingers('pointermove', 11, x, y - 2 * far);
    await fingers('pointermove', 12, x, y + 2 * far);
    await fingers('pointerup', 11, x, y - 2 * far);
    await fingers('pointerup', 12, x, y + 2 * far);
    const [{ sizeMm, turnDeg }] = await page.layers();
    assert.deepEqual([Math.round(sizeMm[0] / 43.2 * 10), turnDeg], [20, 90]);
    await page.ask((viewer) => viewer.undo());
    assert.equal((await page.layers())[0].turnDeg, 0);
  });

  for (const size of [{ width: 1100, height: 700 }, { width: 360, height: 740 }]) {
    test(`axe finds nothing in the editor, ${size.width} pixels wide`, async () => {
      const page = await ready({ panel: true, ...size });
      const name = await page.remember(square(80, 40, RED));
      await page.ask((viewer, name) => viewer.setArtwork('photo', [{ picture: name }, { text: 'Mia', scale: -9700 }]), name);
      await page.page.waitForFunction(() => document.querySelector('#p').reveal);
      await page.page.evaluate(() => document.querySelector('#p').reveal('photo'));
      await page.page.locator('anprobe-panel').locator('[part="group"]', { hasText: 'Your photograph' }).getByRole('button', { name: 'Place' }).click();
      await page.page.locator('dialog.artwork').waitFor();
      await inEveryDress(page.page, async (lang, scheme) => {
        const hints = await page.get('status').last().innerText();
        assert.match(hints, lang === 'en' ? /Looks soft at 10.8 cm; a picture of 700 pixels or more prints sharp\.[^]*too small/ : /ab 700 Pixeln[^]*zu klein/);
        assert.deepEqual(await findings(page.page), [], `${lang}, ${scheme}`);
      });
    });
  }
});
