// Casters that let light through: masks have holes, blended things dim.

struct Cut {
    @builtin(position) position: vec4f,
    @location(0) uvs: vec4f,
    @location(1) alpha: f32,
}

@vertex
fn vertex_cut(vertex: Vertex) -> Cut {
    return Cut(clip_position(vertex), vec4f(vertex.uv_0, vertex.uv_1), vertex.color.a);
}

@fragment
fn fragment_mask(in: Cut) -> @location(0) vec4f {
    let covered = mask_coverage(base_color(in.uvs).a * in.alpha, mask_distance(in.uvs), true);
    if covered <= 0.0 {
        discard;
    }
    return shadow_texel(in.position.z, covered);
}

@fragment
fn fragment_blend(in: Cut) -> @location(0) vec4f {
    let alpha = select(1.0, saturate(base_color(in.uvs).a * in.alpha), material_has(MATERIAL_ALPHA));
    return shadow_texel(in.position.z, alpha * bitcast<f32>(material.flags.y));
}
