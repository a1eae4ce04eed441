// Roughness that takes in how far the normal turns within a pixel: what a pixel averages is then in the lobe, and thin or
// bumpy metal does not sparkle. Variances of slopes add up in α², of which they are half.

// The most that is added to α²: where triangles are smaller than a pixel their normals say nothing more.
const MOST_WIDENING = 0.18;

// `variance` of the slope along one axis.
fn widened_by(perceptual_roughness: f32, variance: f32) -> f32 {
    let alpha = perceptual_roughness * perceptual_roughness;
    return sqrt(sqrt(saturate(alpha * alpha + min(2.0 * variance, MOST_WIDENING))));
}

// Tokuyoshi and Kaplanyan 2021, "Stable Geometric Specular Antialiasing with Projected-Space NDF Filtering", the isotropic
// form of 2019: a pixel as a Gaussian of variance 1 / 2π. In uniform control flow.
fn normal_variance(normal: vec3f) -> f32 {
    let along_x = dpdx(normal);
    let along_y = dpdy(normal);
    return (dot(along_x, along_x) + dot(along_y, along_y)) / (2.0 * PI);
}

fn widened_roughness(perceptual_roughness: f32, normal: vec3f) -> f32 {
    return widened_by(perceptual_roughness, normal_variance(normal));
}

// Of a normal map whose levels hold means that are not unit length: Toksvig 2005, "Mipmapping Normal Maps". `level` as
// `mip_level`: what is seen close is as its author made it, of whatever length. Bytes round by less than 0.006.
fn map_variance(mean_length: f32, level: f32) -> f32 {
    return saturate(level) * max(0.994 - mean_length, 0.0);
}
