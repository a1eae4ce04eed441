// Which models are compared, and every file that they name.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MATERIALS } from './materials.mjs';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const out = join(process.env.CARGO_TARGET_DIR ? resolve(root, process.env.CARGO_TARGET_DIR) : join(root, 'target'), 'fidelity');

/** What the reference cannot draw. */
const BEYOND = ['EXT_mesh_gpu_instancing', 'KHR_draco_mesh_compression', 'EXT_meshopt_compression', 'KHR_meshopt_compression', 'KHR_texture_basisu'];

/** Public test data: where `ANPROBE_CORPUS` says, or beside the repository, as in `tests/corpus/folder.rs`. */
const beside = ['../corpus', '../shared/corpus'].map((folder) => join(root, folder));
export const corpus = process.env.ANPROBE_CORPUS ?? beside.find((folder) => existsSync(folder)) ?? beside[0];

/** The glTF document of a `.glb` or `.gltf`. */
function document(path, bytes) {
  if (!path.endsWith('.glb')) return JSON.parse(bytes.toString());
  return JSON.parse(bytes.subarray(20, 20 + bytes.readUInt32LE(12)).toString());
}

/** A model as `{ name, url, files, hash }`, where `files` maps URLs to bytes; `{ name, skip }` says why there is none. */
async function model(path) {
  const name = basename(path).replace(/\.(glb|gltf)$/, '');
  const bytes = await readFile(path);
  const json = document(path, bytes);
  const beyond = (json.extensionsUsed ?? []).find((extension) => BEYOND.includes(extension));
  if (beyond) return { name, skip: `the reference does not draw ${beyond}` };
  const files = { [`/models/${name}/${basename(path)}`]: bytes };
  for (const { uri } of [...(json.buffers ?? []), ...(json.images ?? [])]) {
    if (!uri || uri.startsWith('data:')) continue;
    files[`/models/${name}/${decodeURI(uri)}`] = await readFile(join(dirname(path), decodeURI(uri)));
  }
  const digest = createHash('sha256');
  for (const [url, content] of Object.entries(files)) digest.update(url).update(content);
  return { name, path, url: `/models/${name}/${basename(path)}`, files, hash: digest.digest('hex') };
}

/** Every model file in a folder and in its folders, but for broken ones. */
async function within(folder) {
  const found = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== 'hostile') found.push(...await within(path));
    if (/\.(glb|gltf)$/.test(entry.name)) found.push(path);
  }
  return found.sort();
}

/** Writes the generated models and names their files. */
async function generated() {
  const folder = join(out, 'models');
  await mkdir(folder, { recursive: true });
  const paths = [];
  for (const [name, make] of Object.entries(MATERIALS)) {
    paths.push(join(folder, `${name}.glb`));
    await writeFile(paths.at(-1), make().bytes());
  }
  return paths;
}

/** The models that `places` name, or all that there are. */
export async function models(places, only) {
  let paths = [];
  for (const place of places) paths.push(...((await stat(place)).isDirectory() ? await within(place) : [place]));
  if (!places.length) {
    if (existsSync(corpus)) paths.push(...await within(corpus));
    else console.error(`\n!!! THERE IS NO CORPUS at ${relative(root, corpus)}: set ANPROBE_CORPUS. Comparing only the lamp and made-up models. !!!\n`);
    paths.push(join(root, 'assets/lamp.glb'), ...await generated());
  }
  if (only) paths = paths.filter((path) => basename(path).includes(only));
  if (!paths.length) throw new Error('no model to compare');
  return Promise.all(paths.map(model));
}
