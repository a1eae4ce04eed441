// Graphics that take long for a picture: here they are said to, so that what comes of it does not depend on the machine.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { difference, picture } from './harness.mjs';
import { stage } from './fixtures.mjs';
import { PLATE, plate } from './plate.mjs';

/** The device says that it has drawn `globalThis.__late` milliseconds after it has. */
function late() {
  const done = GPUQueue.prototype.onSubmittedWorkDone;
  globalThis.__late = 0;
  globalThis.__submits = 0;
  GPUQueue.prototype.onSubmittedWorkDone = async function onSubmittedWorkDone() {
    await done.call(this);
    await new Promise((resolve) => setTimeout(resolve, globalThis.__late));
  };
  const submit = GPUQueue.prototype.submit;
  GPUQueue.prototype.submit = function counted(buffers) {
    globalThis.__submits += 1;
    submit.call(this, buffers);
  };
}

describe('slow graphics', () => {
  let it;
  before(async () => { it = await stage('webgpu', { pages: { '/plate.json': PLATE, '/plate.glb': plate() } }); });
  afterEach(() => it.tidy());
  after(() => it?.close());

  async function ready() {
    const body = '<anprobe-viewer id="v" product="/plate.json" alt="A plate" camera-controls interaction-prompt="none" shadow-intensity="1" camera-orbit="20deg 70deg auto"></anprobe-viewer>';
    const shown = await it.show(body, { context: { viewport: { width: 300, height: 200 } }, before: (page) => page.addInitScript(late) });
    await shown.event('load');
    await shown.settle();
    const { page } = shown;
    const slowly = (ms) => page.evaluate((ms) => { globalThis.__late = ms; }, ms);
    const turn = async (degrees, pause = 120) => {
      await page.evaluate((degrees) => { document.querySelector('#v').cameraOrbit = `${degrees}deg 70deg auto`; }, degrees);
      await page.waitForTimeout(pause);
    };
    const submits = () => page.evaluate(() => globalThis.__submits);
    const shot = async () => {
      await shown.rest();
      await shown.settle();
      return picture(page.locator('#v'));
    };
    return { ...shown, slowly, turn, submits, shot };
  }

  test('what rests is sharp again, to the last bit', async () => {
    const { slowly, turn, submits, shot } = await ready();
    const [first, drawn] = [await shot(), await submits()];
    await slowly(90);
    for (const degrees of [40, 60, 40, 20]) await turn(degrees);
    assert.equal(difference(first, await shot(), 0), 0);
    assert.ok(await submits() > drawn + 16, 'it came in parts');
  });

  test('graphics that turn out quick draw nothing while nothing changes', async () => {
    const { page, slowly, turn, submits, shot } = await ready();
    const drawn = await submits();
    await slowly(90);
    // One waits for the other.
    for (const degrees of [40, 60, 40, 20, 40, 60, 40, 20]) await turn(degrees, 40);
    await slowly(0);
    for (const degrees of [40, 60, 20]) await turn(degrees, 20);
    await shot();
    await page.waitForTimeout(400);
    const before = await submits();
    assert.ok(before > drawn + 8, `${before - drawn} pictures`);
    await page.waitForTimeout(600);
    assert.equal(await submits(), before);
  });

  test('nobody who has just touched the page waits for a small picture', async () => {
    const { page, slowly, turn, shot } = await ready();
    await slowly(90);
    for (const degrees of [40, 60, 40, 20]) await turn(degrees);
    await shot();
    await page.waitForFunction(() => document.querySelector('#v').previewStands);
    await page.evaluate(() => { document.body.style.height = '3000px'; });
    for (const touch of [() => page.evaluate(() => scrollBy(0, 40)), () => page.mouse.click(5, 195), () => page.keyboard.press('Shift')]) {
      await touch();
      await page.waitForFunction(() => !document.querySelector('#v').previewStands, undefined, { timeout: 5000 });
      await page.waitForFunction(() => document.querySelector('#v').previewStands);
    }
  });
});
