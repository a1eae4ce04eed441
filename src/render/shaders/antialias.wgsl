// Roughness that takes in how far the normal turns within a pixel: what a pixel averages is then in the lobe, and thin
// metal does not sparkle.

// The most that is added to α²: where triangles are smaller than a pixel their normals say nothing more.
const MOST_WIDENING = 0.18;
// Squared turns of a pixel that are left as they are, so that mirrors stay sharp: 0.01 each way, the light map's own
// texel.
const SHARP_TURN = 2e-4;

// Tokuyoshi and Kaplanyan 2019, "Improved Geometric Specular Antialiasing", the isotropic form: α² grows by twice the
// variance of the slope, and a pixel, as a box, has 1 / 12. In uniform control flow.
fn widened_roughness(perceptual_roughness: f32, normal: vec3f) -> f32 {
    let along_x = dpdx(normal);
    let along_y = dpdy(normal);
    let turn = max(dot(along_x, along_x) + dot(along_y, along_y) - SHARP_TURN, 0.0);
    let alpha = perceptual_roughness * perceptual_roughness;
    return sqrt(sqrt(saturate(alpha * alpha + min(turn / 6.0, MOST_WIDENING))));
}
