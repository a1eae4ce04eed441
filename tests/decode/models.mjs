// Packed models for tests, made with the encoders of those who made the formats, and what their own decoders say of them.
import { MeshoptEncoder } from 'meshoptimizer';
import { MeshoptDecoder } from '../../node_modules/meshoptimizer/meshopt_decoder_reference.js';
import draco3d from 'draco3dgltf';

await MeshoptEncoder.ready;
const draco = await draco3d.createEncoderModule({});
const undraco = await draco3d.createDecoderModule({});

/** A ball of radius 1 with a dent, so that no two sides look alike. @param {number} around @param {number} up */
export function ball(around = 12, up = 8) {
  const positions = [], normals = [], uvs = [], indices = [];
  for (let row = 0; row <= up; row += 1) {
    for (let column = 0; column <= around; column += 1) {
      const [theta, phi] = [column / around * 2 * Math.PI, row / up * Math.PI];
      const [x, y, z] = [Math.sin(phi) * Math.cos(theta), Math.cos(phi), Math.sin(phi) * Math.sin(theta)];
      const size = 1 - 0.3 * Math.max(0, x) ** 4;
      positions.push(x * size, y * size, z * size);
      normals.push(x, y, z);
      uvs.push(column / around, row / up);
      if (row === up || column === around) continue;
      const here = row * (around + 1) + column;
      if (row > 0) indices.push(here, here + 1, here + around + 1);
      if (row < up - 1) indices.push(here + 1, here + around + 2, here + around + 1);
    }
  }
  return { positions: Float32Array.from(positions), normals: Float32Array.from(normals), uvs: Float32Array.from(uvs), indices: Uint16Array.from(indices) };
}

const bytesOf = (/** @type {ArrayBufferView} */ array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** FNV-1a. @param {Uint8Array} bytes */
export function sum(bytes) {
  return bytes.reduce((sum, byte) => Math.imul(sum ^ byte, 0x01000193) >>> 0, 0x811c9dc5);
}

/** A GLB. @param {any} json @param {Uint8Array} bin */
export function container(json, bin) {
  const text = new TextEncoder().encode(JSON.stringify(json));
  const [jsonLength, binLength] = [Math.ceil(text.length / 4) * 4, Math.ceil(bin.length / 4) * 4];
  const out = new Uint8Array(28 + jsonLength + binLength).fill(0x20, 20, 20 + jsonLength);
  const view = new DataView(out.buffer);
  [0x46546c67, 2, out.length, jsonLength, 0x4e4f534a].forEach((word, at) => view.setUint32(4 * at, word, true));
  out.set(text, 20);
  view.setUint32(20 + jsonLength, binLength, true);
  view.setUint32(24 + jsonLength, 0x004e4942, true);
  out.set(bin, 28 + jsonLength);
  return out;
}

/** Bytes one after another, each at a multiple of four. */
class Pile {
  bytes = /** @type {number[]} */ ([]);

  /** @param {Uint8Array} more */
  add(more) {
    while (this.bytes.length % 4) this.bytes.push(0);
    const byteOffset = this.bytes.length;
    for (const byte of more) this.bytes.push(byte);
    return { buffer: 0, byteOffset, byteLength: more.length };
  }
}

const MATERIAL = { pbrMetallicRoughness: { baseColorFactor: [0.8, 0.2, 0.1, 1], metallicFactor: 0, roughnessFactor: 0.7 } };
const bounds = (/** @type {Float32Array} */ positions) => {
  const columns = [0, 1, 2].map((place) => [...positions].filter((_, at) => at % 3 === place));
  return { min: columns.map((column) => Math.min(...column)), max: columns.map((column) => Math.max(...column)) };
};

/** What all of them have: one node with one mesh of one primitive. @param {any} more */
function document(more) {
  return {
    asset: { version: '2.0' },
    scene: 0,
    scenes: [{ nodes: [0] }],
    nodes: [{ mesh: 0, name: 'ball' }],
    materials: [MATERIAL],
    meshes: [{ primitives: [{ attributes: { POSITION: 1, NORMAL: 2, TEXCOORD_0: 3 }, indices: 0, material: 0 }] }],
    extras: { precise: 1.5, note: 'kept "as" it is' },
    ...more,
  };
}

/** @param {ReturnType<typeof ball>} shape */
function accessors({ positions, indices }) {
  const count = positions.length / 3;
  return [
    { bufferView: 0, componentType: 5123, count: indices.length, type: 'SCALAR' },
    { bufferView: 1, componentType: 5126, count, type: 'VEC3', ...bounds(positions) },
    { bufferView: 2, componentType: 5126, count, type: 'VEC3' },
    { bufferView: 3, componentType: 5126, count, type: 'VEC2' },
  ];
}

/** Not packed. @param {ReturnType<typeof ball>} shape @param {any} [more] members of the document */
export function plain(shape, more = {}) {
  const pile = new Pile();
  const bufferViews = [shape.indices, shape.positions, shape.normals, shape.uvs].map((array) => pile.add(bytesOf(array)));
  return container(document({ bufferViews, accessors: accessors(shape), buffers: [{ byteLength: pile.bytes.length }], ...more }), Uint8Array.from(pile.bytes));
}

/**
 * Packed with meshopt: positions exact, normals through a filter.
 * @param {ReturnType<typeof ball>} shape @param {'EXT' | 'KHR'} kind @param {{ external?: string, required?: boolean }} [options]
 */
export function meshopt(shape, kind, { external, required = true } = {}) {
  const name = `${kind}_meshopt_compression`;
  const version = kind === 'EXT' ? 0 : 1;
  const count = shape.positions.length / 3;
  const pile = new Pile();
  let place = 0;
  const packed = (/** @type {Uint8Array} */ source, /** @type {number} */ elements, /** @type {number} */ stride, /** @type {string} */ mode, /** @type {any} */ rest = {}) => {
    const stream = MeshoptEncoder.encodeGltfBuffer(source, elements, stride, mode, version);
    const view = { buffer: 1, byteOffset: place, byteLength: elements * stride, extensions: { [name]: { ...pile.add(stream), byteStride: stride, count: elements, mode, ...rest } } };
    place = Math.ceil((place + elements * stride) / 4) * 4;
    return view;
  };
  const fours = Float32Array.from({ length: 4 * count }, (_, at) => at % 4 === 3 ? 0 : shape.normals[Math.floor(at / 4) * 3 + at % 4]);
  const normals = MeshoptEncoder.encodeFilterOct(fours, count, 8, 12);
  const bufferViews = [
    packed(bytesOf(shape.indices), shape.indices.length, 2, 'TRIANGLES'),
    { ...packed(bytesOf(shape.positions), count, 12, 'ATTRIBUTES'), byteStride: 12 },
    { ...packed(normals, count, 8, 'ATTRIBUTES', { filter: 'OCTAHEDRAL' }), byteStride: 8 },
    { ...packed(bytesOf(shape.uvs), count, 8, 'ATTRIBUTES'), byteStride: 8 },
  ];
  const bin = Uint8Array.from(pile.bytes);
  const list = accessors(shape);
  list[2] = { ...list[2], componentType: 5122, normalized: true };
  const extensions = [name, 'KHR_mesh_quantization'];
  const json = document({
    extensionsUsed: extensions,
    extensionsRequired: required ? extensions : ['KHR_mesh_quantization'],
    bufferViews,
    accessors: list,
    buffers: [{ byteLength: bin.length, ...external && { uri: external } }, { byteLength: place, extensions: { [name]: { fallback: true } } }],
  });
  return external ? { gltf: new TextEncoder().encode(JSON.stringify(json)), bin } : container(json, bin);
}

/** A Draco stream. @param {ReturnType<typeof ball>} shape @param {{ speed?: number, sequential?: boolean, bits?: number }} [options] */
export function dracoStream(shape, { speed = 5, sequential = false, bits = 14 } = {}) {
  const [builder, mesh, encoder] = [new draco.MeshBuilder(), new draco.Mesh(), new draco.Encoder()];
  const count = shape.positions.length / 3;
  builder.AddFacesToMesh(mesh, shape.indices.length / 3, Uint32Array.from(shape.indices));
  const ids = [
    builder.AddFloatAttributeToMesh(mesh, draco.POSITION, count, 3, shape.positions),
    builder.AddFloatAttributeToMesh(mesh, draco.NORMAL, count, 3, shape.normals),
    builder.AddFloatAttributeToMesh(mesh, draco.TEX_COORD, count, 2, shape.uvs),
  ];
  encoder.SetSpeedOptions(speed, speed);
  encoder.SetEncodingMethod(sequential ? draco.MESH_SEQUENTIAL_ENCODING : draco.MESH_EDGEBREAKER_ENCODING);
  [draco.POSITION, draco.NORMAL, draco.TEX_COORD].forEach((kind) => encoder.SetAttributeQuantization(kind, bits));
  const out = new draco.DracoInt8Array();
  const length = encoder.EncodeMeshToDracoBuffer(mesh, out);
  const stream = Uint8Array.from({ length }, (_, at) => out.GetValue(at) & 255);
  for (const each of [builder, mesh, encoder, out]) draco.destroy(each);
  return { stream, ids };
}

/** What Google's decoder makes of a stream: indices, then each attribute. @param {Uint8Array} stream @param {number[]} ids */
export function undone(stream, ids) {
  const decoder = new undraco.Decoder();
  const buffer = new undraco.DecoderBuffer();
  buffer.Init(new Int8Array(stream), stream.length);
  const mesh = new undraco.Mesh();
  const status = decoder.DecodeBufferToMesh(buffer, mesh);
  if (!status.ok()) throw new Error(status.error_msg());
  const triple = new undraco.DracoInt32Array();
  const indices = [];
  for (let face = 0; face < mesh.num_faces(); face += 1) {
    decoder.GetFaceFromMesh(mesh, face, triple);
    for (let corner = 0; corner < 3; corner += 1) indices.push(triple.GetValue(corner));
  }
  const attributes = ids.map((id) => {
    const out = new undraco.DracoFloat32Array();
    decoder.GetAttributeFloatForAllPoints(mesh, decoder.GetAttributeByUniqueId(mesh, id), out);
    return Float32Array.from({ length: out.size() }, (_, at) => out.GetValue(at));
  });
  return { indices: Uint16Array.from(indices), positions: attributes[0], normals: attributes[1], uvs: attributes[2] };
}

/** Packed with Draco, and the same unpacked by Google's decoder. @param {ReturnType<typeof ball>} shape @param {Parameters<typeof dracoStream>[1]} [options] */
export function dracoed(shape, options) {
  const { stream, ids } = dracoStream(shape, options);
  const same = undone(stream, ids);
  const [POSITION, NORMAL, TEXCOORD_0] = ids;
  const json = document({ bufferViews: [{ buffer: 0, byteLength: stream.length }], buffers: [{ byteLength: stream.length }] });
  json.accessors = accessors(same).map(({ bufferView: _, ...accessor }) => accessor);
  json.extensionsUsed = json.extensionsRequired = ['KHR_draco_mesh_compression'];
  json.meshes[0].primitives[0].extensions = { KHR_draco_mesh_compression: { bufferView: 0, attributes: { POSITION, NORMAL, TEXCOORD_0 } } };
  const sums = Object.fromEntries(Object.entries(same).map(([name, array]) => [name, sum(bytesOf(array))]));
  return { packed: container(json, stream), same: plain(same), sums };
}

/** Three of the shape by EXT_mesh_gpu_instancing, or as three nodes. @param {ReturnType<typeof ball>} shape */
export function instanced(shape) {
  const places = [[-2.5, 0, 0], [0, 0, 0], [2.5, 0.5, 0]];
  const half = Math.SQRT1_2;
  const turns = [[0, 0, 0, 1], [0, half, 0, half], [0, 1, 0, 0]];
  const sizes = [[1, 1, 1], [0.5, 1, 0.5], [0.8, 0.8, 0.8]];
  const pile = new Pile();
  const bufferViews = [shape.indices, shape.positions, shape.normals, shape.uvs].map((array) => pile.add(bytesOf(array)));
  bufferViews.push(pile.add(bytesOf(Float32Array.from(places.flat()))), pile.add(bytesOf(Int16Array.from(turns.flat(), (part) => Math.round(part * 32767)))));
  bufferViews.push(pile.add(bytesOf(Float32Array.from(sizes.flat()))), pile.add(bytesOf(Uint16Array.of(7, 8, 9))));
  const more = [
    { bufferView: 4, componentType: 5126, count: 3, type: 'VEC3' },
    { bufferView: 5, componentType: 5122, normalized: true, count: 3, type: 'VEC4' },
    { bufferView: 6, componentType: 5126, count: 3, type: 'VEC3' },
    { bufferView: 7, componentType: 5123, count: 3, type: 'SCALAR' },
  ];
  const common = { bufferViews, accessors: [...accessors(shape), ...more], buffers: [{ byteLength: pile.bytes.length }] };
  const bin = Uint8Array.from(pile.bytes);
  const attributes = { TRANSLATION: 4, ROTATION: 5, SCALE: 6, _ID: 7 };
  const packed = document({ ...common, extensionsUsed: ['EXT_mesh_gpu_instancing'], nodes: [{ mesh: 0, name: 'balls', extensions: { EXT_mesh_gpu_instancing: { attributes } } }] });
  const nodes = places.map((translation, at) => ({ mesh: 0, translation, rotation: turns[at], scale: sizes[at] }));
  const same = document({ ...common, nodes: [{ name: 'balls', children: [1, 2, 3] }, ...nodes] });
  return { packed: container(packed, bin), same: container(same, bin) };
}

/** Streams of every mode, filter and version, and what the reference says is in them. */
export function streams() {
  let seed = 1;
  const random = () => (seed = seed * 48271 % 2147483647) / 2147483647;
  const found = [];
  const add = (/** @type {Uint8Array} */ source, /** @type {number} */ count, /** @type {number} */ stride, /** @type {string} */ mode, /** @type {number} */ version, filter = 'NONE') => {
    const stream = MeshoptEncoder.encodeGltfBuffer(source, count, stride, mode, version);
    const target = new Uint8Array(count * stride);
    MeshoptDecoder.decodeGltfBuffer(target, count, stride, stream, mode, filter === 'NONE' ? undefined : filter);
    // What a filter makes may be one off.
    const made = filter === 'NONE' ? { sum: sum(target) } : { bytes: Buffer.from(target).toString('base64') };
    found.push({ mode, filter, count, stride, stream: Buffer.from(stream).toString('base64'), ...made });
  };
  for (const version of [0, 1]) {
    for (const [stride, count] of [[4, 1], [4, 260], [12, 47], [16, 16], [256, 33]]) {
      const source = new Uint8Array(stride * count);
      for (let at = 0; at < source.length; at += 1) {
        const byte = at % stride;
        // Constant, slow, jumpy and wild bytes, so that every width occurs.
        const slow = at < stride ? byte * 7 : source[at - stride];
        source[at] = [byte, slow + 1, slow + Math.round(random() * 6 - 3), random() < 0.1 ? random() * 256 : slow][byte * 5 % 4];
      }
      add(source, count, stride, 'ATTRIBUTES', version);
    }
    const floats = Float32Array.from({ length: 60 }, (_, at) => Math.sin(at * 0.05) * 3);
    add(bytesOf(floats), 20, 12, 'ATTRIBUTES', version);
    const unit = (/** @type {number} */ wide) => Float32Array.from({ length: 20 * wide }, () => random() * 2 - 1).map((_, at, all) => {
      const row = all.subarray(Math.floor(at / wide) * wide, Math.floor(at / wide) * wide + wide);
      return all[at] / Math.hypot(...row.subarray(0, wide));
    });
    const directions = Float32Array.from({ length: 80 }, (_, at) => [Math.sin(at), Math.cos(at) * 0.8, Math.sin(at * 2) * 0.5, at % 8 < 4 ? 1 : -1][at % 4]);
    for (let at = 0; at < 80; at += 4) {
      const length = Math.hypot(directions[at], directions[at + 1], directions[at + 2]);
      for (let place = 0; place < 3; place += 1) directions[at + place] /= length;
    }
    add(MeshoptEncoder.encodeFilterOct(directions, 20, 4, 8), 20, 4, 'ATTRIBUTES', version, 'OCTAHEDRAL');
    add(MeshoptEncoder.encodeFilterOct(directions, 20, 8, 12), 20, 8, 'ATTRIBUTES', version, 'OCTAHEDRAL');
    add(MeshoptEncoder.encodeFilterQuat(unit(4), 20, 8, 12), 20, 8, 'ATTRIBUTES', version, 'QUATERNION');
    add(MeshoptEncoder.encodeFilterExp(floats, 20, 12, 15), 20, 12, 'ATTRIBUTES', version, 'EXPONENTIAL');
    const colors = Float32Array.from({ length: 80 }, random);
    add(MeshoptEncoder.encodeFilterColor(colors, 20, 4, 8), 20, 4, 'ATTRIBUTES', version, 'COLOR');
    add(MeshoptEncoder.encodeFilterColor(colors, 20, 8, 12), 20, 8, 'ATTRIBUTES', version, 'COLOR');
  }
  const { indices } = ball(7, 6);
  const wide = Uint32Array.from(indices, (index) => index * 3 + 70000);
  const wild = Uint32Array.from({ length: 90 }, () => random() * 2 ** 20);
  for (const mode of ['TRIANGLES', 'INDICES']) {
    add(bytesOf(indices), indices.length, 2, mode, 1);
    add(bytesOf(wide), wide.length, 4, mode, 1);
    add(bytesOf(wild), wild.length, 4, mode, 1);
  }
  return found;
}
