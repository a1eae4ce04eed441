// KHR_materials_anisotropy: Burley 2012, "Physically-Based Shading at Disney", and Heitz 2014 for the visibility.

struct Brushed {
    // Unit length, world space.
    along: vec3f,
    across: vec3f,
    strength: f32,
}

fn brushed(in: Surface, f: Facing, front: bool) -> Brushed {
    var direction = vec2f(1.0, 0.0);
    var strength = layers.anisotropy.x;
    if layer_place(ROLE_ANISOTROPY) != NO_TEXTURE {
        let texel = layer_texel(ROLE_ANISOTROPY, in.uvs);
        direction = texel.rg * 2.0 - 1.0;
        strength *= texel.b;
    }
    let cosine = layers.anisotropy.y;
    let sine = layers.anisotropy.z;
    direction = vec2f(cosine * direction.x - sine * direction.y, sine * direction.x + cosine * direction.y);
    var uv = in.uvs.xy;
    if layer_place(ROLE_ANISOTROPY) != NO_TEXTURE {
        uv = layer_uv(ROLE_ANISOTROPY, in.uvs);
    } else if material_has(MATERIAL_NORMAL) {
        uv = normal_uv(in.uvs);
    }
    let frame = tangents(in, f.geometric, select(-1.0, 1.0, front), uv);
    let along = unit(frame.along * direction.x + frame.across * direction.y);
    return Brushed(along, cross(f.geometric, along), strength);
}

// Environments are not filtered along a direction: the mirrored ray bends instead (McAuley 2015, "Rendering the World of
// Far Cry 4").
fn bent_by_brush(brush: Brushed, normal: vec3f, v: vec3f, perceptual_roughness: f32) -> vec3f {
    let toward = cross(cross(brush.across, v), brush.across);
    let keep = 1.0 - brush.strength * (1.0 - perceptual_roughness);
    return normalize(mix(unit(toward), normal, keep * keep * keep * keep));
}

// Distribution times visibility.
fn lobe_of_brush(brush: Brushed, n: vec3f, v: vec3f, l: vec3f, h: vec3f, alpha: f32) -> f32 {
    let alpha_along = mix(alpha, 1.0, brush.strength * brush.strength);
    let squared = alpha_along * alpha;
    let f = vec3f(alpha * dot(brush.along, h), alpha_along * dot(brush.across, h), squared * saturate(dot(n, h)));
    let w = squared / max(dot(f, f), 1e-12);
    let n_dot_v = saturate(dot(n, v));
    let n_dot_l = saturate(dot(n, l));
    let to_eye = n_dot_l * length(vec3f(alpha_along * dot(brush.along, v), alpha * dot(brush.across, v), n_dot_v));
    let to_light = n_dot_v * length(vec3f(alpha_along * dot(brush.along, l), alpha * dot(brush.across, l), n_dot_l));
    return squared * w * w / PI * min(0.5 / max(to_eye + to_light, 1e-7), 1.0);
}
