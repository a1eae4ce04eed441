// The material pipelines: linear light, tone mapped at the end, premultiplied.

override MASKED: bool = false;
// Alpha decides how many of a pixel's samples are covered.
override COVERS: bool = false;
// Drawn into what transmission looks through.
override BEHIND: bool = false;

struct Surface {
    @invariant @builtin(position) position: vec4f,
    @location(0) position_in_world: vec3f,
    @location(1) normal: vec3f,
    // w is the bitangent's sign.
    @location(2) tangent: vec4f,
    @location(3) uvs: vec4f,
    @location(4) color: vec4f,
}

@vertex
fn vertex_surface(vertex: Vertex) -> Surface {
    let node = deformed(vertex);
    let position = draw.world_from_node * vec4f(node.position, 1.0);
    let n = node.normal;
    let normal = draw.world_from_normal_x.xyz * n.x + draw.world_from_normal_y.xyz * n.y + draw.world_from_normal_z.xyz * n.z;
    let tangent = (draw.world_from_node * vec4f(node.tangent, 0.0)).xyz;
    return Surface(
        frame.projection_from_world * position,
        position.xyz,
        unit(normal),
        vec4f(unit(tangent), vertex.tangent.w),
        vec4f(vertex.uv_0, vertex.uv_1),
        vertex.color,
    );
}

struct Facing {
    // Seen from the front, unit length, world space.
    normal: vec3f,
    n_dot_v: f32,
    // Before the normal map.
    geometric: vec3f,
    // Of the slopes within a pixel.
    variance: f32,
}

// Across the surface, world space.
struct Tangents {
    along: vec3f,
    across: vec3f,
}

// The frame of `uv` around a normal that is seen from the front; back faces turn round (glTF 2.0 §3.9.6).
fn tangents(in: Surface, normal: vec3f, side: f32, uv: vec2f) -> Tangents {
    let along_x = dpdx(in.position_in_world);
    let along_y = dpdy(in.position_in_world);
    let uv_x = dpdx(uv);
    let uv_y = dpdy(uv);
    if (draw.morph.w & DRAW_HAS_TANGENTS) != 0u {
        // Mirrored nodes mirror the frame, too.
        let handed = in.tangent.w * draw.world_from_normal_x.w;
        return Tangents(side * in.tangent.xyz, side * handed * cross(unit(in.normal), in.tangent.xyz));
    }
    // V points down the picture: the bitangent of a +Y-up map is towards smaller V.
    let winding = select(-1.0, 1.0, uv_x.x * uv_y.y - uv_y.x * uv_x.y >= 0.0);
    let along = winding * (along_x * uv_y.y - along_y * uv_x.y);
    let across = winding * (along_x * uv_y.x - along_y * uv_x.x);
    return Tangents(unit(along - normal * dot(normal, along)), unit(across - normal * dot(normal, across)));
}

// A normal map's direction in world space (glTF 2.0 §3.9.3).
fn bent(normal: vec3f, frame: Tangents, mapped: vec3f) -> vec3f {
    let sum = frame.along * mapped.x + frame.across * mapped.y + normal * mapped.z;
    let squared = dot(sum, sum);
    return select(normal, sum * inverseSqrt(squared), squared > 1e-12);
}

// The geometric normal, then the normal map.
fn facing(in: Surface, front: bool, v: vec3f) -> Facing {
    let side = select(-1.0, 1.0, front);
    let geometric = side * unit(in.normal);
    var normal = geometric;
    var variance = normal_variance(normal);
    if material_has(MATERIAL_NORMAL) {
        let uv = normal_uv(in.uvs);
        let mapped = normal_in_tangent(in.uvs);
        let level = mip_level(uv, textureDimensions(normal_texture));
        variance += material.factors.z * material.factors.z * map_variance(mapped.w, level);
        normal = bent(geometric, tangents(in, geometric, side, uv), mapped.xyz);
    }
    return Facing(normal, saturate(dot(normal, v)), geometric, variance);
}

// What glass will look through stays linear light, and within what half floats hold.
fn shown(linear_rgb: vec3f) -> vec3f {
    if BEHIND {
        return min(linear_rgb, vec3f(65504.0));
    }
    return tone_map(linear_rgb * frame.settings.x, frame.counts.x);
}

fn to_display(linear_rgb: vec3f, alpha: f32, uvs: vec4f) -> vec4f {
    var a = alpha;
    if MASKED {
        a = mask_coverage(a, uvs, COVERS);
        if a <= 0.0 {
            discard;
        }
        return vec4f(shown(linear_rgb), a);
    } else if !material_has(MATERIAL_ALPHA) {
        a = 1.0;
    }
    a = saturate(a);
    return vec4f(shown(linear_rgb) * a, a);
}

// KHR_materials_unlit; also lines and points without normals, which glow with what they emit (glTF 2.0 §3.9.4).
@fragment
fn fragment_unlit(in: Surface) -> @location(0) vec4f {
    let base = base_color(in.uvs) * in.color;
    var rgb = base.rgb;
    if !material_has(MATERIAL_UNLIT) {
        rgb += emission(in.uvs);
    }
    return to_display(rgb, base.a, in.uvs);
}

// The alpha of what a mask covers.
@fragment
fn fragment_alpha() -> @location(0) vec4f {
    return vec4f(1.0);
}
