// From a vertex in node space to world and clip space: morph targets first, then the skin (glTF 2.0 §3.7.2.2, §3.7.3).

struct Vertex {
    @builtin(vertex_index) index: u32,
    @location(0) position: vec3f,
    @location(1) normal: vec4f,
    @location(2) tangent: vec4f,
    @location(3) uv_0: vec2f,
    @location(4) uv_1: vec2f,
    @location(5) color: vec4f,
    @location(6) joints: vec4u,
    @location(7) weights: vec4f,
}

struct Deformed {
    position: vec3f,
    normal: vec3f,
    tangent: vec3f,
}

fn morphed(vertex: Vertex) -> Deformed {
    var out = Deformed(vertex.position, vertex.normal.xyz, vertex.tangent.xyz);
    for (var i = 0u; i < draw.pose.w; i += 1u) {
        let active_target = pose_texel(draw.pose.z + i);
        let weight = active_target.y;
        var texel = draw.morph.x + u32(active_target.x) * draw.morph.y + vertex.index * draw.morph.z;
        out.position += weight * morph_texel(texel).xyz;
        if (draw.morph.w & DRAW_MORPHS_NORMALS) != 0u {
            texel += 1u;
            out.normal += weight * morph_texel(texel).xyz;
        }
        if (draw.morph.w & DRAW_MORPHS_TANGENTS) != 0u {
            texel += 1u;
            out.tangent += weight * morph_texel(texel).xyz;
        }
    }
    return out;
}

struct Rows {
    x: vec4f,
    y: vec4f,
    z: vec4f,
}

fn joint_rows(joint: u32, weight: f32, sum: Rows) -> Rows {
    let texel = draw.pose.x + joint * 3u;
    return Rows(
        sum.x + weight * pose_texel(texel),
        sum.y + weight * pose_texel(texel + 1u),
        sum.z + weight * pose_texel(texel + 2u),
    );
}

fn skinned(in: Deformed, vertex: Vertex) -> Deformed {
    if draw.pose.y == 0u {
        return in;
    }
    var rows = Rows(vec4f(), vec4f(), vec4f());
    rows = joint_rows(vertex.joints.x, vertex.weights.x, rows);
    rows = joint_rows(vertex.joints.y, vertex.weights.y, rows);
    rows = joint_rows(vertex.joints.z, vertex.weights.z, rows);
    rows = joint_rows(vertex.joints.w, vertex.weights.w, rows);
    let p = vec4f(in.position, 1.0);
    // The cofactors are the inverse transposed times the determinant, whose sign mirrored bones must not pass on.
    let cx = cross(rows.y.xyz, rows.z.xyz);
    let cy = cross(rows.z.xyz, rows.x.xyz);
    let cz = cross(rows.x.xyz, rows.y.xyz);
    let n = select(-1.0, 1.0, dot(rows.x.xyz, cx) >= 0.0) * in.normal;
    let t = in.tangent;
    return Deformed(
        vec3f(dot(rows.x, p), dot(rows.y, p), dot(rows.z, p)),
        vec3f(dot(cx, n), dot(cy, n), dot(cz, n)),
        vec3f(dot(rows.x.xyz, t), dot(rows.y.xyz, t), dot(rows.z.xyz, t)),
    );
}

fn deformed(vertex: Vertex) -> Deformed {
    return skinned(morphed(vertex), vertex);
}

// Unit length, or zero for a vector that has none.
fn unit(v: vec3f) -> vec3f {
    let squared = dot(v, v);
    return select(vec3f(), v * inverseSqrt(squared), squared > 1e-24);
}
