// How much of a pixel a mask covers (glTF 2.0 §3.9.4).

// 0 while the picture's own alpha counts, 1 where its second level does: where a texel is half as long as a pixel.
fn mask_distance(uvs: vec4f) -> f32 {
    if material_has(MATERIAL_BASE_COLOR) {
        let uv = uv_at(material.uv[0], material.uv[1], uvs);
        return saturate(4.0 * mip_level(uv, textureDimensions(base_color_texture)) - 3.0);
    }
    return 0.0;
}

// Close by, the edge is one pixel wide and half covered where alpha meets the cutoff. Far off, where a pixel holds several
// texels, alpha is their mean, from the second level on of cut texels (see mipmap.wgsl): the covered area itself.
fn mask_coverage(alpha: f32, far: f32, partly: bool) -> f32 {
    let cutoff = material.emissive.w;
    let edge = saturate((alpha - cutoff) / max(fwidth(alpha), 1e-4) + 0.5);
    return select(f32(alpha >= mix(cutoff, 0.5, far)), mix(edge, saturate(alpha), far), partly);
}

// The alpha that covers as many of four samples, whether a device rounds it or, as some, rounds it up. Far off, fixed noise
// (Jimenez 2014) keeps the mean of areas that are finer than a pixel.
fn mask_alpha(covered: f32, far: f32, pixel: vec2f) -> f32 {
    let noise = fract(52.9829189 * fract(dot(floor(pixel), vec2f(0.06711056, 0.00583715))));
    return saturate((floor(4.0 * covered + mix(0.5, noise, far)) - 0.125) / 4.0);
}
