// Models made on the spot, for what no sample has: very many nodes, very many triangles.

/** A GLB from a glTF document and its one buffer. */
export function glb(document, binary) {
  const json = Buffer.from(JSON.stringify({ asset: { version: '2.0' }, buffers: [{ byteLength: binary.length }], ...document }));
  const padded = Buffer.concat([json, Buffer.alloc((4 - (json.length % 4)) % 4, ' ')]);
  const data = Buffer.concat([binary, Buffer.alloc((4 - (binary.length % 4)) % 4)]);
  const head = Buffer.alloc(12);
  head.writeUInt32LE(0x46546c67, 0);
  head.writeUInt32LE(2, 4);
  head.writeUInt32LE(12 + 8 + padded.length + 8 + data.length, 8);
  return Buffer.concat([head, chunk(0x4e4f534a, padded), chunk(0x004e4942, data)]);
}

function chunk(kind, bytes) {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(bytes.length, 0);
  head.writeUInt32LE(kind, 4);
  return Buffer.concat([head, bytes]);
}

/** A document for one indexed mesh with positions and normals, which `nodes` place. */
function placed(positions, normals, indices, nodes, extent) {
  const points = Buffer.from(Float32Array.from(positions).buffer);
  const directions = Buffer.from(Float32Array.from(normals).buffer);
  const corners = Buffer.from(Uint32Array.from(indices).buffer);
  const count = positions.length / 3;
  return glb({
    scene: 0,
    scenes: [{ nodes: nodes.map((_, index) => index) }],
    nodes,
    materials: [{ pbrMetallicRoughness: { baseColorFactor: [0.8, 0.3, 0.1, 1], metallicFactor: 0, roughnessFactor: 0.5 } }],
    meshes: [{ primitives: [{ attributes: { POSITION: 0, NORMAL: 1 }, indices: 2, material: 0 }] }],
    accessors: [
      { bufferView: 0, componentType: 5126, count, type: 'VEC3', min: [-extent, -extent, -extent], max: [extent, extent, extent] },
      { bufferView: 1, componentType: 5126, count, type: 'VEC3' },
      { bufferView: 2, componentType: 5125, count: indices.length, type: 'SCALAR' },
    ],
    bufferViews: [
      { buffer: 0, byteLength: points.length },
      { buffer: 0, byteOffset: points.length, byteLength: directions.length },
      { buffer: 0, byteOffset: points.length + directions.length, byteLength: corners.length },
    ],
  }, Buffer.concat([points, directions, corners]));
}

/** A ball of about `triangles` triangles, in one node. */
export function ball(triangles, nodes = [{ mesh: 0 }]) {
  const rows = Math.max(4, Math.round(Math.sqrt(triangles / 4)));
  const columns = 2 * rows;
  const points = [];
  const indices = [];
  for (let row = 0; row <= rows; row += 1) {
    for (let column = 0; column <= columns; column += 1) {
      const [polar, around] = [(Math.PI * row) / rows, (2 * Math.PI * column) / columns];
      points.push(Math.sin(polar) * Math.cos(around), Math.cos(polar), Math.sin(polar) * Math.sin(around));
    }
  }
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const first = row * (columns + 1) + column;
      const below = first + columns + 1;
      indices.push(first, first + 1, below, below, first + 1, below + 1);
    }
  }
  return placed(points, points, indices, nodes, 1);
}

/** `count` small balls in a square grid, each a node of its own. */
export function grid(count) {
  const side = Math.ceil(Math.sqrt(count));
  const nodes = Array.from({ length: count }, (_, index) => ({
    mesh: 0, scale: [0.4, 0.4, 0.4], translation: [(index % side) - side / 2, Math.floor(index / side) - side / 2, 0],
  }));
  return ball(36, nodes);
}
