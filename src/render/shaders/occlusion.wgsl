// How much of the environment's mirrored light arrives. Khronos' viewer dims it as it dims diffuse light.

// From the occlusion of diffuse light: Lagarde and de Rousiers 2014, "Moving Frostbite to Physically Based Rendering",
// §4.10.2. Within 0.02 of `occlusion` for a roughness above 0.45; what is smooth mirrors the open part of its sky.
fn specular_occlusion(n_dot_v: f32, occlusion: f32, perceptual_roughness: f32) -> f32 {
    let alpha = perceptual_roughness * perceptual_roughness;
    return saturate(pow(n_dot_v + occlusion, exp2(-16.0 * alpha - 1.0)) - 1.0 + occlusion);
}

// A bent normal mirrors what lies below the surface itself: Jeff Russell 2014, "Horizon Occlusion for Normal Mapped
// Reflections". `geometric` is the normal before it is bent.
fn horizon_occlusion(reflection: vec3f, geometric: vec3f) -> f32 {
    let above = saturate(1.0 + 1.3 * dot(reflection, geometric));
    return above * above;
}
