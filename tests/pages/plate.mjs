// A plate to print on, 100 by 50 millimetres, unlit; and photographs that tell where they were taken.
import jpeg from 'jpeg-js';
import { PNG } from 'pngjs';
import { glb } from './fixtures.mjs';

const floats = (...numbers) => Buffer.from(Float32Array.from(numbers).buffer);

/** One square in the XY plane that faces +Z and shows all of a white picture. */
export function plate() {
  const white = new PNG({ width: 4, height: 4 });
  white.data.fill(255);
  const png = PNG.sync.write(white);
  const parts = [floats(-0.05, -0.025, 0, 0.05, -0.025, 0, 0.05, 0.025, 0, -0.05, 0.025, 0), floats(0, 1, 1, 1, 1, 0, 0, 0),
    Buffer.from(Uint16Array.of(0, 1, 2, 0, 2, 3).buffer), png];
  let byteOffset = 0;
  const bufferViews = parts.map((part) => {
    const view = { buffer: 0, byteOffset, byteLength: part.length };
    byteOffset += Math.ceil(part.length / 4) * 4;
    return view;
  });
  const padded = parts.map((part) => Buffer.concat([part, Buffer.alloc((4 - (part.length % 4)) % 4)]));
  return glb({
    asset: { version: '2.0' },
    extensionsUsed: ['KHR_materials_unlit'],
    scene: 0, scenes: [{ nodes: [0] }], nodes: [{ mesh: 0 }],
    meshes: [{ primitives: [{ attributes: { POSITION: 0, TEXCOORD_0: 1 }, indices: 2, material: 0 }] }],
    materials: [{ name: 'front', pbrMetallicRoughness: { baseColorTexture: { index: 0 } }, extensions: { KHR_materials_unlit: {} } }],
    textures: [{ source: 0 }], images: [{ bufferView: 3, mimeType: 'image/png' }],
    accessors: [
      { bufferView: 0, componentType: 5126, count: 4, type: 'VEC3', min: [-0.05, -0.025, 0], max: [0.05, 0.025, 0] },
      { bufferView: 1, componentType: 5126, count: 4, type: 'VEC2' },
      { bufferView: 2, componentType: 5123, count: 6, type: 'SCALAR' },
    ],
    bufferViews,
    buffers: [{ byteLength: byteOffset }],
  }, ...padded);
}

/** Its product file. */
export const PLATE = JSON.stringify({
  anprobe: 1, id: 'plate', name: 'Plate', models: [{ id: 'plate', src: 'plate.glb' }], price: { currency: 'EUR', base: 1000 },
  groups: [
    { id: 'photo', number: 1, name: { en: 'Your photograph', de: 'Ihr Foto' }, kind: 'picture', surface: 'front' },
    { id: 'name', number: 2, name: { en: 'Your name', de: 'Ihr Name' }, kind: 'text', max: 20, surface: 'front' },
  ],
  surfaces: [{ id: 'front', name: { en: 'Front', de: 'Vorderseite' }, material: 'front', sizeMm: [100, 50], safeZoneMm: 5, bleedMm: 2, minDpi: 150, process: 'print', ink: '#0000ff' }],
});

/** A picture of one colour, or with its right half in another. */
export function square(width, height, left, right = left) {
  const png = new PNG({ width, height });
  for (let i = 0; i < width * height; i += 1) png.data.set([...(i % width < width / 2 ? left : right), 255], 4 * i);
  return PNG.sync.write(png);
}

/** A photograph: its left half is red, the right one green; it says that it was taken lying on its side, and where. */
export function photograph(width = 64, height = 32) {
  const { data } = PNG.sync.read(square(width, height, [255, 0, 0], [0, 255, 0]));
  const bytes = jpeg.encode({ data, width, height }, 95).data;
  const tiff = Buffer.alloc(26 + 12 + 40);
  tiff.write('II*\0', 0, 'latin1');
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(2, 8);
  // Orientation 6: the top is on the right.
  [[0x0112, 3, 1, 6], [0x8825, 4, 1, 38]].forEach(([tag, type, count, value], at) => {
    const start = 10 + 12 * at;
    tiff.writeUInt16LE(tag, start);
    tiff.writeUInt16LE(type, start + 2);
    tiff.writeUInt32LE(count, start + 4);
    tiff.writeUInt32LE(value, start + 8);
  });
  tiff.writeUInt16LE(1, 38);
  tiff.writeUInt16LE(1, 40);
  tiff.writeUInt16LE(2, 42);
  tiff.writeUInt32LE(2, 44);
  tiff.write('N\0', 48, 'latin1');
  tiff.write('48.137N 11.575E', 56, 'latin1');
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.from([0xff, 0xe1, (body.length + 2) >> 8, (body.length + 2) & 255]);
  return Buffer.concat([bytes.subarray(0, 2), head, body, bytes.subarray(2)]);
}
