// One model for each thing that a glTF material can say, made here so that everybody may run the comparison.
import { Product } from './product.mjs';
import { ball, board, cloth, lathe, rounded } from './shapes.mjs';

const STEP = 0.12;
const RADIUS = 0.05;

/** A material without metal. */
function plain(color, roughness, extensions, more = {}) {
  const base = { pbrMetallicRoughness: { baseColorFactor: [...color, 1], metallicFactor: 0, roughnessFactor: roughness }, ...more };
  return extensions ? { ...base, extensions } : base;
}

const ext = (name, value) => ({ [`KHR_materials_${name}`]: value });

/** A grey and white chequered board behind everything. */
function backdrop(product, width, height, z = -0.12) {
  const squares = product.texture(128, (u, v) => {
    const value = (Math.floor(u * 8) + Math.floor(v * 8)) % 2 ? 225 : 70;
    return [value, value, value, 255];
  });
  const pbrMetallicRoughness = { baseColorTexture: squares, metallicFactor: 0, roughnessFactor: 0.9 };
  const material = product.material({ pbrMetallicRoughness, doubleSided: true });
  product.place(product.mesh(board(width, height), material), [0, 0, z]);
}

/** Balls in a grid, first row on top; `rows` holds materials. */
function balls(rows, { behind = false, textures = () => ({}) } = {}) {
  const product = new Product();
  const columns = Math.max(...rows.map((row) => row.length));
  if (behind) backdrop(product, columns * STEP, rows.length * STEP);
  const shape = ball(RADIUS);
  const made = textures(product);
  rows.forEach((row, y) => row.forEach((material, x) => {
    const index = product.material(typeof material === 'function' ? material(made) : material);
    product.place(product.mesh(shape, index), [(x - (columns - 1) / 2) * STEP, ((rows.length - 1) / 2 - y) * STEP, 0]);
  }));
  return product;
}

/** Low round bumps, as a normal map. */
function bumps(product, count = 12) {
  return product.texture(256, (u, v) => {
    const [x, y] = [(u * 2 * count) % 1 - 0.5, (v * count) % 1 - 0.5];
    const height = Math.hypot(x, y) < 0.4 ? 1 : 0;
    // Green points up, where v falls.
    const normal = [height * x * 1.6, -height * y * 1.6, 1];
    const length = Math.hypot(...normal);
    return [...normal.map((value) => 127.5 + (127.5 * value) / length), 255];
  });
}

const metallicRoughness = () => balls([0, 0.5, 1].map((metallicFactor) => [0, 0.25, 0.5, 0.75, 1].map((roughnessFactor) => (
  { pbrMetallicRoughness: { baseColorFactor: [0.9, 0.55, 0.2, 1], metallicFactor, roughnessFactor } }
))));

const clearcoat = () => {
  const coat = (clearcoatFactor, clearcoatRoughnessFactor, more) => ext('clearcoat', { clearcoatFactor, clearcoatRoughnessFactor, ...more });
  const red = [0.6, 0.04, 0.03];
  return balls([
    [0, 0.25, 0.5, 1].map((factor) => plain(red, 0.7, coat(factor, 0))),
    [0, 0.2, 0.5, 1].map((rough) => plain(red, 0.7, coat(1, rough))),
    [
      ({ normal }) => plain(red, 0.5, coat(1, 0.05), { normalTexture: normal }),
      ({ normal }) => plain(red, 0.5, coat(1, 0.05, { clearcoatNormalTexture: normal })),
      ({ normal }) => plain(red, 0.5, coat(1, 0.05, { clearcoatNormalTexture: normal }), { normalTexture: normal }),
      plain([0.02, 0.02, 0.02], 0.4, coat(1, 0.1)),
    ],
  ], { textures: (product) => ({ normal: bumps(product) }) });
};

const sheen = () => {
  const colors = [[1, 1, 1], [0.2, 0.4, 1], [1, 0.2, 0.1]];
  return balls(colors.map((sheenColorFactor) => [0.1, 0.3, 0.5, 0.75, 1].map((sheenRoughnessFactor) => (
    plain([0.08, 0.06, 0.07], 0.9, ext('sheen', { sheenColorFactor, sheenRoughnessFactor }))
  ))));
};

const velvet = () => {
  const product = new Product();
  const extensions = ext('sheen', { sheenColorFactor: [0.9, 0.5, 0.6], sheenRoughnessFactor: 0.4 });
  const material = product.material(plain([0.25, 0.02, 0.05], 0.85, extensions, { doubleSided: true }));
  return product.place(product.mesh(cloth(0.6, 0.5, 0.04), material), [0, 0, 0]);
};

const specularIor = () => balls([
  [1, 1.2, 1.5, 1.8, 2.4].map((ior) => plain([0.1, 0.1, 0.12], 0.15, ext('ior', { ior }))),
  [0, 0.25, 0.5, 0.75, 1].map((specularFactor) => plain([0.1, 0.1, 0.12], 0.15, ext('specular', { specularFactor }))),
  [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [4, 4, 4]].map((specularColorFactor) => (
    plain([0.1, 0.1, 0.12], 0.15, ext('specular', { specularColorFactor }))
  )),
]);

const transmission = () => {
  const thin = (factor) => ext('transmission', { transmissionFactor: factor });
  return balls([
    [0, 0.2, 0.4, 0.7, 1].map((roughness) => plain([1, 1, 1], roughness, thin(1))),
    [0, 0.25, 0.5, 0.75, 1].map((factor) => plain([0.2, 0.6, 0.9], 0.1, thin(factor))),
  ], { behind: true });
};

/** Glass with a body. */
function glass(volume, { ior = 1.5, roughness = 0, color = [1, 1, 1], more = {} } = {}) {
  return plain(color, roughness, { ...ext('transmission', { transmissionFactor: 1 }), ...ext('volume', volume), ...ext('ior', { ior }), ...more });
}

const volume = () => {
  const tint = { attenuationColor: [0.1, 0.7, 0.4] };
  return balls([
    [0.4, 0.2, 0.1, 0.05, 0.02].map((attenuationDistance) => glass({ thicknessFactor: 2 * RADIUS, attenuationDistance, ...tint })),
    [0, 0.02, 0.05, 0.1, 0.2].map((thicknessFactor) => glass({ thicknessFactor, attenuationDistance: 0.1, ...tint })),
    [1.1, 1.33, 1.5, 1.8, 2.4].map((ior) => glass({ thicknessFactor: 2 * RADIUS }, { ior })),
    [0, 0.2, 0.4, 0.6, 0.9].map((roughness) => glass({ thicknessFactor: 2 * RADIUS, attenuationDistance: 0.2, ...tint }, { roughness })),
  ], { behind: true });
};

const dispersion = () => balls([
  [0, 0.5, 1, 2, 5].map((value) => glass({ thicknessFactor: 2 * RADIUS }, { ior: 1.7, more: ext('dispersion', { dispersion: value }) })),
], { behind: true });

const iridescence = () => balls([1.2, 1.5, 2].map((iridescenceIor) => [150, 300, 450, 600, 900].map((thickness) => (
  {
    pbrMetallicRoughness: { baseColorFactor: [0.5, 0.5, 0.5, 1], metallicFactor: iridescenceIor > 1.8 ? 0 : 1, roughnessFactor: 0.15 },
    extensions: ext('iridescence', { iridescenceFactor: 1, iridescenceIor, iridescenceThicknessMaximum: thickness }),
  }
))));

const anisotropy = () => balls([0, 45, 90].map((degrees) => [0, 0.25, 0.5, 0.75, 1].map((anisotropyStrength) => (
  {
    pbrMetallicRoughness: { baseColorFactor: [0.8, 0.8, 0.82, 1], metallicFactor: 1, roughnessFactor: 0.35 },
    extensions: ext('anisotropy', { anisotropyStrength, anisotropyRotation: (degrees * Math.PI) / 180 }),
  }
))));

const diffuseTransmission = () => {
  const through = (value) => ext('diffuse_transmission', value);
  const product = balls([
    [0, 0.25, 0.5, 0.75, 1].map((factor) => plain([0.8, 0.75, 0.6], 0.8, through({ diffuseTransmissionFactor: factor, diffuseTransmissionColorFactor: [1, 0.7, 0.3] }))),
    [[1, 1, 1], [1, 0.2, 0.1], [0.1, 0.8, 0.2], [0.2, 0.3, 1], [0, 0, 0]].map((color) => (
      plain([0.8, 0.75, 0.6], 0.8, through({ diffuseTransmissionFactor: 0.7, diffuseTransmissionColorFactor: color }))
    )),
  ]);
  const shade = product.material(plain([0.9, 0.85, 0.7], 0.9, through({ diffuseTransmissionFactor: 0.6, diffuseTransmissionColorFactor: [1, 0.85, 0.6] }), { doubleSided: true }));
  return product.place(product.mesh(lathe([[0.06, 0.06], [0.12, -0.08]]), shade), [0, -0.22, 0]);
};

const emissive = () => balls([
  [0, 0.5, 1, 3, 10].map((emissiveStrength) => plain([0.1, 0.1, 0.1], 0.5, ext('emissive_strength', { emissiveStrength }), { emissiveFactor: [1, 0.5, 0.1] })),
  [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1], [0.2, 0.2, 0.2]].map((emissiveFactor) => plain([0, 0, 0], 1, undefined, { emissiveFactor })),
]);

const unlit = () => balls([
  [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1], [0.2, 0.2, 0.2]].map((color) => plain(color, 0.5, ext('unlit', {}))),
  [[0.5, 0.1, 0.1], [0.9, 0.8, 0.1], [0.05, 0.05, 0.05], [0.8, 0.8, 0.8], [0.1, 0.5, 0.5]].map((color) => plain(color, 0.5, ext('unlit', {}))),
]);

/** A tumbler with an inner wall: one closed surface. */
const cup = () => {
  const product = new Product();
  backdrop(product, 0.6, 0.4, -0.2);
  const wall = rounded([[0, 0.02], [0.07, 0.02], [0.075, 0.2], [0.08, 0.2], [0.075, 0], [0, 0]], 0.006);
  const material = product.material(glass({ thicknessFactor: 0.006, attenuationDistance: 0.05, attenuationColor: [0.8, 0.95, 0.9] }));
  return product.place(product.mesh(lathe(wall), material), [0, -0.1, 0]);
};

/** A brown bottle, its liquid, a stopper and a label. */
const bottle = () => {
  const product = new Product();
  backdrop(product, 0.5, 0.5, -0.2);
  const body = rounded([[0.018, 0.24], [0.018, 0.17], [0.06, 0.14], [0.06, 0], [0, 0]], 0.02);
  const filling = rounded([[0, 0.11], [0.056, 0.11], [0.056, 0.004], [0, 0.004]], 0.006);
  const brown = product.material(glass({ thicknessFactor: 0.004, attenuationDistance: 0.006, attenuationColor: [0.75, 0.4, 0.12] }));
  const liquid = product.material(plain([0.85, 0.7, 0.3], 0.1));
  const cork = product.material(plain([0.55, 0.35, 0.18], 0.9));
  product.place(product.mesh(lathe(filling), liquid), [0, -0.12, 0]);
  product.place(product.mesh(lathe(rounded([[0, 0.27], [0.016, 0.27], [0.016, 0.2], [0, 0.2]], 0.004)), cork), [0, -0.12, 0]);
  return product.place(product.mesh(lathe(body), brown), [0, -0.12, 0]);
};

const glassInGlass = () => {
  const product = new Product();
  backdrop(product, 0.5, 0.4, -0.2);
  const outer = product.material(glass({ thicknessFactor: 0.2, attenuationDistance: 0.3, attenuationColor: [0.6, 0.8, 1] }));
  const inner = product.material(glass({ thicknessFactor: 0.08, attenuationDistance: 0.05, attenuationColor: [1, 0.3, 0.2] }));
  product.place(product.mesh(ball(0.1), outer), [0, 0, 0]);
  return product.place(product.mesh(ball(0.04), inner), [0, 0, 0]);
};

/** Panes that blend, and a weave as on a chair's seat, cut out by a mask. */
const alpha = () => {
  const product = new Product();
  const weave = product.texture(256, (u, v) => {
    const [x, y] = [(u * 12) % 1, (v * 12) % 1];
    const strand = x < 0.45 || y < 0.45;
    const over = (Math.floor(u * 12) + Math.floor(v * 12)) % 2 ? x < 0.45 : y >= 0.45;
    return [over ? 214 : 170, over ? 178 : 134, over ? 122 : 84, strand ? 255 : 0];
  });
  const seat = product.material({ pbrMetallicRoughness: { baseColorTexture: weave, metallicFactor: 0, roughnessFactor: 0.7 }, alphaMode: 'MASK', alphaCutoff: 0.5, doubleSided: true });
  product.place(product.mesh(board(0.3, 0.3), seat), [-0.17, 0, 0]);
  product.place(product.mesh(ball(0.07), product.material(plain([0.1, 0.3, 0.7], 0.4))), [0.17, 0, -0.1]);
  [[0.9, 0.1, 0.1, 0.3], [0.1, 0.7, 0.2, 0.5], [1, 1, 1, 0.6]].forEach((baseColorFactor, at) => {
    const pane = { pbrMetallicRoughness: { baseColorFactor, metallicFactor: 0, roughnessFactor: 0.2 }, alphaMode: 'BLEND', doubleSided: true };
    product.place(product.mesh(board(0.16, 0.16), product.material(pane)), [0.1 + 0.05 * at, 0.05 - 0.05 * at, 0.05 * at]);
  });
  return product;
};

/** Every generated model by name; each call makes its bytes. */
export const MATERIALS = {
  metallic_roughness: metallicRoughness,
  clearcoat,
  sheen,
  velvet,
  specular_ior: specularIor,
  transmission,
  volume,
  dispersion,
  iridescence,
  anisotropy,
  diffuse_transmission: diffuseTransmission,
  emissive_strength: emissive,
  unlit,
  cup,
  bottle,
  glass_in_glass: glassInGlass,
  alpha,
};
