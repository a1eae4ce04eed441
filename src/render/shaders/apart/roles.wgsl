// Parts that are there without being drawn: they hide what is behind them, take shadows, or are seen as an outline. Joined
// with frame.wgsl, draw.wgsl, vertex.wgsl, material.wgsl, coverage.wgsl and depth.wgsl.

// Materials with holes.
override MASKED: bool = false;
// The outline's rim, and not the line itself.
override RIM: bool = false;

struct Roles {
    // The corner of the map of what casts, x and z in world space; texels a metre; texels along its edge.
    corner: vec2f,
    texels: f32,
    edge: f32,
    // The lowest height in the map, and how many metres it holds; how dark shadows are, 0 without; what casts is so large.
    low: f32,
    range: f32,
    dark: f32,
    size: f32,
    // Clip space for one pixel; the outline's width in pixels, and with its rim.
    pixel: vec2f,
    core: f32,
    rim: f32,
}

@group(1) @binding(0) var<uniform> roles: Roles;
@group(1) @binding(1) var caster_map: texture_2d<f32>;

struct RolePoint {
    @builtin(position) position: vec4f,
    @location(0) uvs: vec4f,
    @location(1) world: vec3f,
    @location(2) alpha: f32,
}

fn role_position(vertex: Vertex) -> vec3f {
    return (draw.world_from_node * vec4f(deformed(vertex).position, 1.0)).xyz;
}

@vertex
fn role_vertex(vertex: Vertex) -> RolePoint {
    let world = role_position(vertex);
    let uvs = vec4f(vertex.uv_0, vertex.uv_1);
    return RolePoint(frame.projection_from_world * vec4f(world, 1.0), uvs, world, vertex.color.a);
}

// A part is drawn eight times, moved by the line's width in as many directions, behind where it stands: what the part itself
// does not hide is its line (Rossignac and van Emmerik 1992, "Hidden contours on a frame-buffer").
@vertex
fn outline_vertex(vertex: Vertex, @builtin(instance_index) copy: u32) -> RolePoint {
    let world = role_position(vertex);
    // Away from the eye, which moves nothing in the picture.
    let behind = world + 0.004 * (world * frame.eye.w - frame.eye.xyz);
    var clip = frame.projection_from_world * vec4f(behind, 1.0);
    let angle = f32(copy) * 0.78539816;
    let reach = select(roles.core, roles.rim, RIM);
    clip += vec4f(vec2f(cos(angle), sin(angle)) * reach * roles.pixel * clip.w, 0.0, 0.0);
    return RolePoint(clip, vec4f(vertex.uv_0, vertex.uv_1), world, vertex.color.a);
}

fn cut(in: RolePoint) {
    if MASKED {
        let alpha = base_color(in.uvs).a * in.alpha;
        if mask_coverage(alpha, mask_distance(in.uvs), false) <= 0.0 {
            discard;
        }
    }
}

// Hides: no colour is written.
@fragment
fn hiding_fragment(in: RolePoint) -> @location(0) vec4f {
    cut(in);
    return vec4f();
}

// Yellow in a black rim is seen on any picture.
@fragment
fn outline_fragment(in: RolePoint) -> @location(0) vec4f {
    cut(in);
    return select(vec4f(1.0, 0.84, 0.04, 1.0), vec4f(0.03, 0.03, 0.03, 1.0), RIM);
}

// What casts, as seen from below: how high its lowest surface is, in three bytes.
@fragment
fn caster_fragment(in: RolePoint) -> @location(0) vec4f {
    cut(in);
    let scaled = saturate(in.position.z) * 255.0;
    let first = floor(scaled);
    let rest = (scaled - first) * 255.0;
    let second = floor(rest);
    return vec4f(first / 255.0, second / 255.0, rest - second, 1.0);
}

// The height of the lowest surface above a place of the floor, above `from`; 0 where there is none.
fn height_above(across: vec2f, from_height: f32) -> f32 {
    let at = vec2i(floor((across - roles.corner) * roles.texels));
    let nearest = clamp(at, vec2i(), vec2i(i32(roles.edge) - 1));
    let inside = at.x == nearest.x && at.y == nearest.y;
    let texel = textureLoad(caster_map, nearest, 0);
    let height = roles.low + roles.range * dot(texel.rgb, vec3f(1.0, 1.0 / 255.0, 1.0 / 65025.0)) - from_height;
    return select(0.0, height, inside && texel.a > 0.0 && height > 0.004 * roles.size);
}

// How much of an evenly bright sky a ring at height h hides from a point of a level surface below its middle: the form factor of
// a disc is r² / (r² + h²).
fn ring_hides(height: f32, inner: f32, outer: f32) -> f32 {
    let h2 = height * height;
    return select(0.0, h2 / (h2 + inner * inner) - h2 / (h2 + outer * outer), height > 0.0);
}

// A shadow on what is not drawn: black, as dark as what casts hides of the sky.
@fragment
fn catching_fragment(in: RolePoint) -> @location(0) vec4f {
    cut(in);
    let normal = cross(dpdx(in.world), dpdy(in.world));
    let to_eye = direction_to_eye(in.world);
    let facing_up = sign(dot(normal, to_eye)) * normal.y / max(length(normal), 1e-12);
    // A turn for each pixel, so that samples do not show as steps (Jimenez 2014).
    let noise = fract(52.9829189 * fract(dot(floor(in.position.xy), vec2f(0.06711056, 0.00583715))));
    var inner = 0.005 * roles.size;
    var hidden = ring_hides(height_above(in.world.xz, in.world.y), 0.0, inner);
    for (var ring = 0u; ring < 6u; ring += 1u) {
        let outer = inner * 2.0;
        for (var step = 0u; step < 8u; step += 1u) {
            let angle = (f32(step) + noise + 0.5 * f32(ring & 1u)) * 0.78539816;
            let at = in.world.xz + vec2f(cos(angle), sin(angle)) * (0.5 * (inner + outer));
            hidden += ring_hides(height_above(at, in.world.y), inner, outer) * 0.125;
        }
        inner = outer;
    }
    // Blending happens in display space, as on the floor.
    let dark = 1.0 - pow(1.0 - saturate(hidden), 1.0 / 2.2);
    return vec4f(0.0, 0.0, 0.0, saturate(roles.dark * dark * smoothstep(-0.1, 0.5, facing_up)));
}
