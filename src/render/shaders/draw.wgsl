// Group 3: what is the same for one primitive of one node. Mirrors `layout.rs`.

struct Draw {
    // For skinned primitives `world_from_scene`: joints already lead to scene space.
    world_from_node: mat4x4f,
    // Columns of the inverse transposed; w of the first is −1 for a mirrored node, else 1.
    world_from_normal_x: vec4f,
    world_from_normal_y: vec4f,
    world_from_normal_z: vec4f,
    // x first texel of the joints, y 1 when skinned, z first texel of the weights, w number of weights.
    pose: vec4u,
    // x first texel of the targets, y texels of one target, z texels of one vertex, w flags.
    morph: vec4u,
}

const DRAW_MORPHS_NORMALS = 1u;
const DRAW_MORPHS_TANGENTS = 2u;
const DRAW_HAS_TANGENTS = 4u;

@group(3) @binding(0) var<uniform> draw: Draw;
// Group 0 too: what is the same for all nodes of one placed scene.
// Three texels a joint (rows of `scene_from_mesh`), one texel a morph weight (target, weight).
@group(0) @binding(1) var pose_texels: texture_2d<f32>;
// Up to three texels a vertex and target: position, normal, tangent.
@group(0) @binding(2) var morph_texels: texture_2d<f32>;

// Both textures are this wide.
const TEXELS_A_ROW = 1024u;

fn pose_texel(index: u32) -> vec4f {
    return textureLoad(pose_texels, vec2u(index % TEXELS_A_ROW, index / TEXELS_A_ROW), 0);
}

fn morph_texel(index: u32) -> vec4f {
    return textureLoad(morph_texels, vec2u(index % TEXELS_A_ROW, index / TEXELS_A_ROW), 0);
}
