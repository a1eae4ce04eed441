// Makes the files beside this one anew: node tests/decode/make.mjs
import { writeFileSync } from 'node:fs';
import { ball, dracoed, instanced, meshopt, plain, streams } from './models.mjs';

const shape = ball(6, 4);
/** @param {string} name @param {Uint8Array | string} bytes */
const write = (name, bytes) => writeFileSync(new URL(`./files/${name}`, import.meta.url), bytes);
write('streams.json', `[\n${streams().map((stream) => JSON.stringify(stream)).join(',\n')}\n]\n`);
write('plain.glb', plain(shape));
write('meshopt-ext.glb', /** @type {Uint8Array} */ (meshopt(shape, 'EXT')));
write('meshopt-khr.glb', /** @type {Uint8Array} */ (meshopt(shape, 'KHR')));
/** @type {any} */
const sums = {};
for (const [name, options] of Object.entries({ edges: { speed: 0 }, fast: { speed: 8 }, sequential: { sequential: true } })) {
  const made = dracoed(shape, options);
  write(`draco-${name}.glb`, made.packed);
  sums[name] = made.sums;
}
write('draco.json', `${JSON.stringify(sums)}\n`);
const { packed, same } = instanced(ball(4, 3));
write('instanced.glb', packed);
write('instanced-same.glb', same);
