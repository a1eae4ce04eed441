// Gathers shapes, materials and pictures into one GLB.
import { PNG } from 'pngjs';
import { glb } from '../pages/models.mjs';

const FLOAT = 5126;
const UNSIGNED_INT = 5125;

export class Product {
  #parts = [];
  #length = 0;
  /** Shapes that are in the file already. */
  #shapes = new Map();
  #document = { scene: 0, scenes: [{ nodes: [] }], nodes: [], meshes: [], materials: [], accessors: [], bufferViews: [] };

  #view(bytes) {
    const padding = (4 - (bytes.length % 4)) % 4;
    this.#document.bufferViews.push({ buffer: 0, byteOffset: this.#length, byteLength: bytes.length });
    this.#parts.push(bytes, Buffer.alloc(padding));
    this.#length += bytes.length + padding;
    return this.#document.bufferViews.length - 1;
  }

  #accessor(values, type, more = {}) {
    const typed = more.componentType === UNSIGNED_INT ? Uint32Array.from(values) : Float32Array.from(values);
    const size = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4 }[type];
    const bufferView = this.#view(Buffer.from(typed.buffer));
    this.#document.accessors.push({ bufferView, componentType: FLOAT, count: values.length / size, type, ...more });
    return this.#document.accessors.length - 1;
  }

  /** A shape of `shapes.mjs` as a mesh. */
  mesh(shape, material) {
    if (!this.#shapes.has(shape)) this.#shapes.set(shape, this.#primitive(shape));
    this.#document.meshes.push({ primitives: [{ ...this.#shapes.get(shape), material }] });
    return this.#document.meshes.length - 1;
  }

  #primitive({ positions, normals, uvs, tangents, indices }) {
    const axis = (from) => positions.filter((_, at) => at % 3 === from);
    const bounds = (pick) => [0, 1, 2].map((from) => Math.fround(axis(from).reduce((a, b) => pick(a, b))));
    const attributes = {
      POSITION: this.#accessor(positions, 'VEC3', { min: bounds(Math.min), max: bounds(Math.max) }),
      NORMAL: this.#accessor(normals, 'VEC3'),
      TEXCOORD_0: this.#accessor(uvs, 'VEC2'),
      TANGENT: this.#accessor(tangents, 'VEC4'),
    };
    return { attributes, indices: this.#accessor(indices, 'SCALAR', { componentType: UNSIGNED_INT }) };
  }

  /** A material as glTF says it. */
  material(material) {
    this.#document.materials.push(material);
    for (const name of Object.keys(material.extensions ?? {})) {
      this.#document.extensionsUsed = [...new Set([...(this.#document.extensionsUsed ?? []), name])];
    }
    return this.#document.materials.length - 1;
  }

  /** A square picture from `color(u, v)` with four values from 0 to 255, as a texture. */
  texture(side, color) {
    const png = new PNG({ width: side, height: side });
    for (let y = 0; y < side; y += 1) {
      for (let x = 0; x < side; x += 1) {
        color((x + 0.5) / side, (y + 0.5) / side).forEach((value, at) => { png.data[4 * (y * side + x) + at] = Math.round(value); });
      }
    }
    const document = this.#document;
    document.images = [...(document.images ?? []), { mimeType: 'image/png', bufferView: this.#view(PNG.sync.write(png)) }];
    document.samplers = [{ magFilter: 9729, minFilter: 9987, wrapS: 10497, wrapT: 10497 }];
    document.textures = [...(document.textures ?? []), { sampler: 0, source: document.images.length - 1 }];
    return { index: document.textures.length - 1 };
  }

  /** Puts a mesh somewhere. */
  place(mesh, translation, more = {}) {
    this.#document.scenes[0].nodes.push(this.#document.nodes.length);
    this.#document.nodes.push({ mesh, translation, ...more });
    return this;
  }

  /** The file. */
  bytes() {
    return glb(this.#document, Buffer.concat(this.#parts));
  }
}
