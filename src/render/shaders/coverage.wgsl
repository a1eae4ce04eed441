// How much of a pixel a mask covers (glTF 2.0 §3.9.4).

// Close by, the edge is one pixel wide and half covered where alpha meets the cutoff. Where a pixel holds several texels
// alpha is a mean, from the second level on of cut texels (see mipmap.wgsl): the covered area itself.
fn mask_coverage(alpha: f32, uvs: vec4f, partly: bool) -> f32 {
    var far = 0.0;
    if material_has(MATERIAL_BASE_COLOR) {
        far = saturate(mip_level(uv_at(material.uv[0], material.uv[1], uvs), textureDimensions(base_color_texture)));
    }
    let cutoff = material.emissive.w;
    let edge = saturate((alpha - cutoff) / max(fwidth(alpha), 1e-4) + 0.5);
    return select(f32(alpha >= mix(cutoff, 0.5, far)), mix(edge, saturate(alpha), far), partly);
}
