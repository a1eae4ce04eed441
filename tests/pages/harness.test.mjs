// The harness itself: a test that cannot fail proves nothing.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertColours, BACKENDS, colours, difference, foreign, launch, open, picture, serve, share } from './harness.mjs';

const PAGE = '<!doctype html><title>t</title><link rel="stylesheet" href="/s.css"><canvas width="64" height="64"></canvas>'
  + '<script type="module" src="/m.js"></script>';
const STYLE = 'body{margin:0;background:rgb(20,40,60)} canvas{display:block}';
const WEBGL = `
const gl = document.querySelector('canvas').getContext('webgl2', { preserveDrawingBuffer: true });
gl.clearColor(1, 0.5, 0, 1); gl.clear(gl.COLOR_BUFFER_BIT); document.title = 'drawn';`;
const WEBGPU = `
const adapter = await navigator.gpu.requestAdapter(); const device = await adapter.requestDevice();
const context = document.querySelector('canvas').getContext('webgpu');
context.configure({ device, format: 'rgba8unorm', alphaMode: 'opaque' });
const encoder = device.createCommandEncoder();
encoder.beginRenderPass({ colorAttachments: [{ view: context.getCurrentTexture().createView(), loadOp: 'clear', storeOp: 'store',
  clearValue: [1, 0.5, 0, 1] }] }).end();
device.queue.submit([encoder.finish()]); await device.queue.onSubmittedWorkDone(); document.title = 'drawn';`;

let site;
let other;
before(async () => {
  const pages = { '/': PAGE, '/s.css': STYLE };
  site = await serve({ pages });
  other = await serve({ pages: { '/x.json': '{}' } });
});
after(() => Promise.all([site?.close(), other?.close()]));

for (const backend of BACKENDS) {
  test(`${backend} draws, and the picture comes back`, async () => {
    site.faults['/m.js'] = { body: backend === 'webgl' ? WEBGL : WEBGPU };
    const browser = await launch(backend);
    try {
      const { page, errors, violations } = await open(browser, `${site.origin}/`);
      await page.waitForFunction(() => document.title === 'drawn');
      const shot = await picture(page);
      assert.deepEqual([errors, violations], [[], []]);
      assertColours(shot, [[[255, 128, 0], 0.008], [[20, 40, 60], 0.9]]);
      assert.throws(() => assertColours(shot, [[[0, 255, 0], 0.01]]));
      assert.ok(share(shot, [255, 128, 0]) < 0.01);
      assert.equal(colours(shot), 2);
      assert.equal(difference(shot, shot), 0);
      assert.equal(await page.evaluate(async () => Boolean(await navigator.gpu?.requestAdapter())), backend === 'webgpu');
    } finally {
      await browser.close();
    }
  });
}

test('violations, errors and strangers are seen', async () => {
  site.faults['/m.js'] = { body: `fetch('${other.origin}/x.json').catch(() => {}); document.body.append(Object.assign(document.createElement('style'), { textContent: 'a{}' })); throw new Error('oops');` };
  const browser = await launch('none');
  try {
    const { page, errors, violations, requests } = await open(browser, `${site.origin}/`);
    await page.waitForTimeout(300);
    assert.ok(violations.some((text) => text.startsWith('connect-src')), String(violations));
    assert.ok(violations.some((text) => text.startsWith('style-src')), String(violations));
    assert.ok(errors.some((text) => text.includes('oops')), String(errors));
    assert.deepEqual(foreign([...requests, `${other.origin}/x.json`], [site.origin]), [`${other.origin}/x.json`]);
    assert.equal(await page.evaluate(() => document.createElement('canvas').getContext('webgl2')), null);
  } finally {
    await browser.close();
  }
});

test('the site fails as told', async () => {
  site.faults['/s.css'] = { truncate: 5, times: 1 };
  await assert.rejects(fetch(`${site.origin}/s.css`).then((answer) => answer.text()));
  assert.equal(await fetch(`${site.origin}/s.css`).then((answer) => answer.text()), STYLE);
  site.faults['/s.css'] = { status: 503, body: 'busy' };
  assert.equal((await fetch(`${site.origin}/s.css`)).status, 503);
  site.faults['/s.css'] = { drop: true };
  await assert.rejects(fetch(`${site.origin}/s.css`));
  delete site.faults['/s.css'];
  assert.equal((await fetch(`${site.origin}/../Cargo.toml`)).status, 404);
  assert.equal((await fetch(`${site.origin}/%2e%2e/Cargo.toml`)).status, 404);
  assert.ok(site.log.some((entry) => entry.status === 503 && entry.bytes === 4));
});
