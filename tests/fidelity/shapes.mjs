// Geometry for material tests: all metres, +Y up, with normals, texture coordinates and tangents.

/** A grid of `rows` × `columns` quads over [0, 1]², each corner placed by `at(u, v)` as `{ position, normal, tangent }`. */
export function sheet(rows, columns, at) {
  const shape = { positions: [], normals: [], uvs: [], tangents: [], indices: [] };
  for (let row = 0; row <= rows; row += 1) {
    for (let column = 0; column <= columns; column += 1) {
      const [u, v] = [column / columns, row / rows];
      const { position, normal, tangent } = at(u, v);
      shape.positions.push(...position);
      shape.normals.push(...unit(normal));
      shape.uvs.push(u, v);
      shape.tangents.push(...unit(tangent), 1);
      if (row === rows || column === columns) continue;
      const corner = row * (columns + 1) + column;
      const below = corner + columns + 1;
      shape.indices.push(corner, below, corner + 1, corner + 1, below, below + 1);
    }
  }
  return shape;
}

function unit(vector) {
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}

/** Turns a profile of `[radius, height]` corners about +Y; its way goes down on the outside. Corners stay smooth. */
export function lathe(profile, columns = 64) {
  const last = profile.length - 1;
  return sheet(last, columns, (u, v) => {
    const at = Math.round(v * last);
    const [radius, height] = profile[at];
    const [before, after] = [profile[Math.max(0, at - 1)], profile[Math.min(last, at + 1)]];
    const [along, up] = [after[0] - before[0], after[1] - before[1]];
    const [sin, cos] = [Math.sin(2 * Math.PI * u), Math.cos(2 * Math.PI * u)];
    return { position: [radius * sin, height, radius * cos], normal: [-up * sin, along, -up * cos], tangent: [cos, 0, -sin] };
  });
}

/** A ball about the origin. */
export function ball(radius, rows = 40) {
  return sheet(rows, 2 * rows, (u, v) => {
    const [around, polar] = [2 * Math.PI * u, Math.PI * v];
    const normal = [Math.sin(polar) * Math.sin(around), Math.cos(polar), Math.sin(polar) * Math.cos(around)];
    return { position: normal.map((value) => radius * value), normal, tangent: [Math.cos(around), 0, -Math.sin(around)] };
  });
}

/** An upright rectangle that faces +Z. */
export function board(width, height) {
  return sheet(1, 1, (u, v) => ({ position: [(u - 0.5) * width, (0.5 - v) * height, 0], normal: [0, 0, 1], tangent: [1, 0, 0] }));
}

/** An upright cloth with folds, facing +Z. */
export function cloth(width, height, depth) {
  const fold = (u) => Math.sin(u * 6 * Math.PI) * depth;
  return sheet(24, 96, (u, v) => {
    const slope = (Math.cos(u * 6 * Math.PI) * 6 * Math.PI * depth) / width;
    return { position: [(u - 0.5) * width, (0.5 - v) * height, fold(u)], normal: [-slope, 0, 1], tangent: [1, 0, slope] };
  });
}

/** Rounds the corners of a profile by quarter circles of `radius`, in `steps`. */
export function rounded(corners, radius, steps = 5) {
  const out = [corners[0]];
  for (let at = 1; at < corners.length - 1; at += 1) {
    const corner = corners[at];
    const toward = (other) => {
      const length = Math.hypot(other[0] - corner[0], other[1] - corner[1]);
      const part = Math.min(radius, length / 2) / length;
      return [corner[0] + (other[0] - corner[0]) * part, corner[1] + (other[1] - corner[1]) * part];
    };
    const [from, to] = [toward(corners[at - 1]), toward(corners[at + 1])];
    for (let step = 0; step <= steps; step += 1) {
      const t = step / steps;
      const mix = (axis) => (1 - t) ** 2 * from[axis] + 2 * t * (1 - t) * corner[axis] + t ** 2 * to[axis];
      out.push([mix(0), mix(1)]);
    }
  }
  out.push(corners[corners.length - 1]);
  return out;
}
