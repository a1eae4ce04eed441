// Small products of closed solids, made here: what of them is printed can be reckoned by hand.
import { PNG } from 'pngjs';
import { glb } from './fixtures.mjs';

/** A closed ball of `rings` × 2 `rings` quads around `middle`; positions in metres. */
export function ball(radius, rings, middle = [0, 0, 0]) {
  const across = rings * 2;
  const positions = [];
  for (let ring = 0; ring <= rings; ring += 1) {
    for (let step = 0; step < across; step += 1) {
      const [polar, around] = [(Math.PI * ring) / rings, (2 * Math.PI * step) / across];
      const sine = ring % rings ? Math.sin(polar) : 0;
      positions.push(middle[0] + radius * sine * Math.sin(around), middle[1] + radius * Math.cos(polar), middle[2] + radius * sine * Math.cos(around));
    }
  }
  const indices = [];
  const at = (ring, step) => ring * across + (step % across);
  for (let ring = 0; ring < rings; ring += 1) {
    for (let step = 0; step < across; step += 1) {
      const [a, b, c, d] = [at(ring, step), at(ring + 1, step), at(ring + 1, step + 1), at(ring, step + 1)];
      if (ring) indices.push(a, b, d);
      if (ring < rings - 1) indices.push(b, c, d);
    }
  }
  return { positions, indices };
}

/** A closed box with its lower corner at the origin; metres. Texture coordinates show the left half of a picture, on top the right one. */
export function block(width, height, depth, at = [0, 0, 0]) {
  const positions = [];
  const uvs = [];
  const indices = [];
  for (const axis of [0, 1, 2]) {
    for (const side of [0, 1]) {
      const [u, v] = [(axis + 1) % 3, (axis + 2) % 3];
      const first = positions.length / 3;
      for (const [a, b] of side ? [[0, 0], [1, 0], [1, 1], [0, 1]] : [[0, 0], [0, 1], [1, 1], [1, 0]]) {
        const point = [0, 0, 0];
        [point[axis], point[u], point[v]] = [side, a, b];
        positions.push(...point.map((share, axis) => at[axis] + share * [width, height, depth][axis]));
        uvs.push(axis === 1 && side ? 0.75 : 0.25, 0.5);
      }
      indices.push(first, first + 1, first + 2, first, first + 2, first + 3);
    }
  }
  return { positions, indices, uvs };
}

/** A GLB with one node for each solid, by name. A picture, left half red and right half green, colours those with texture coordinates. */
export function solids(named) {
  const buffers = [];
  const bufferViews = [];
  const accessors = [];
  let length = 0;
  const push = (bytes, accessor, target) => {
    const padded = Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
    bufferViews.push({ buffer: 0, byteOffset: length, byteLength: bytes.length, ...(target && { target }) });
    length += padded.length;
    buffers.push(padded);
    if (accessor) accessors.push({ bufferView: bufferViews.length - 1, ...accessor });
    return accessor ? accessors.length - 1 : bufferViews.length - 1;
  };
  const list = Object.entries(named);
  const meshes = list.map(([name, { positions, indices, uvs }]) => {
    const axes = [0, 1, 2].map((axis) => {
      let [low, high] = [Infinity, -Infinity];
      for (let at = axis; at < positions.length; at += 3) [low, high] = [Math.min(low, Math.fround(positions[at])), Math.max(high, Math.fround(positions[at]))];
      return [low, high];
    });
    const attributes = { POSITION: push(Buffer.from(Float32Array.from(positions).buffer), { componentType: 5126, count: positions.length / 3, type: 'VEC3', min: axes.map(([low]) => low), max: axes.map(([, high]) => high) }, 34962) };
    if (uvs) attributes.TEXCOORD_0 = push(Buffer.from(Float32Array.from(uvs).buffer), { componentType: 5126, count: uvs.length / 2, type: 'VEC2' }, 34962);
    const corners = push(Buffer.from(Uint32Array.from(indices).buffer), { componentType: 5125, count: indices.length, type: 'SCALAR' }, 34963);
    return { name, primitives: [{ attributes, indices: corners, material: uvs ? 0 : 1 }] };
  });
  const png = new PNG({ width: 4, height: 2 });
  for (let at = 0; at < 8; at += 1) png.data.set(at % 4 < 2 ? [255, 0, 0, 255] : [0, 255, 0, 255], at * 4);
  const picture = push(PNG.sync.write(png));
  return glb({
    asset: { version: '2.0' },
    scene: 0,
    scenes: [{ nodes: list.map((_, at) => at) }],
    nodes: list.map(([name], at) => ({ name, mesh: at })),
    meshes,
    materials: [
      { name: 'painted', pbrMetallicRoughness: { baseColorTexture: { index: 0 }, metallicFactor: 0 } },
      { name: 'plain', pbrMetallicRoughness: { baseColorFactor: [0.1, 0.1, 0.8, 1], metallicFactor: 0 } },
    ],
    textures: [{ source: 0 }],
    images: [{ bufferView: picture, mimeType: 'image/png' }],
    accessors,
    bufferViews,
    buffers: [{ byteLength: length }],
  }, ...buffers);
}

/** A product with a body, and a cap that is sold to be printed. */
export const PRESS = JSON.stringify({
  anprobe: 1, id: 'press', name: 'Press', models: [{ id: 'press', src: 'press.glb' }],
  groups: [{ id: 'cap', number: 1, name: 'Cap', choices: [
    { id: 'without', number: 1, name: 'Without', effects: [{ hide: ['cap'] }] },
    { id: 'with', number: 2, name: 'With', effects: [{ show: ['cap'] }] },
  ] }],
  print: {
    designer: 'Ada', copyright: 'Press & Co',
    pieces: [
      { id: 'body', name: 'Body', nodes: ['body'], licence: { en: 'Own use', de: 'Eigener Gebrauch' }, sku: 'PR-1' },
      { id: 'cap', name: { en: 'Cap', de: 'Kappe' }, when: 'cap/with', nodes: ['cap'], source: 'sold/cap.glb' },
      { id: 'open', name: { en: 'Tray', de: 'Schale' }, when: 'cap/with', nodes: ['open'] },
    ],
    materials: [{ id: 'pla', name: 'PLA', density: 1.24 }, { id: 'nylon', name: 'Nylon', density: 0.95, process: 'powder' }],
  },
});

/** What of it is served: the cap that is sold is a little finer than the one that is shown. */
export function press() {
  const open = block(0.02, 0.02, 0.02, [0.06, 0, 0]);
  open.indices.splice(-6);
  return {
    '/press.json': PRESS,
    '/press.glb': solids({ body: block(0.04, 0.01, 0.02), cap: ball(0.01, 12, [0.02, 0.03, 0.01]), open }),
    '/sold/cap.glb': solids({ cap: ball(0.01, 24) }),
  };
}
