import { readFile, readdir, writeFile } from 'node:fs/promises';
import { stage } from './fixtures.mjs';
const corpus = '/work/shared/corpus/';
const pages = {};
for (const f of ['BoxDraco.glb', 'BoxMeshopt.glb']) pages[`/${f}`] = await readFile(corpus + f);
for (const f of await readdir(corpus + 'Teapots')) pages[`/Teapots/${f}`] = await readFile(corpus + 'Teapots/' + f);
for (const backend of ['webgpu', 'webgl']) {
  const it = await stage(backend, { pages });
  for (const src of ['BoxDraco.glb', 'BoxMeshopt.glb', 'Teapots/teapots_galore.gltf']) {
    const page = await it.show(`<anprobe-viewer id="v" src="/${src}" alt="x" interaction-prompt="none"></anprobe-viewer>`);
    await page.event('load', 1, 90_000).catch(async (e) => console.log(String(e), JSON.stringify(await page.events('error'))));
    await page.settle();
    await page.page.locator('#v').screenshot({ path: `/tmp/kit/a-pic-${backend}-${src.replace('/', '_')}.png` });
    console.log(backend, src, page.requests.map((u) => u.replace(/.*\//, '')).join(' '), JSON.stringify([page.errors, page.violations]));
    await it.tidy();
  }
  await it.close();
}
process.exit(0);
