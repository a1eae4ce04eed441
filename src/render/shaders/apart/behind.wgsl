// What transmission looks through: the picture of all that lies behind, linear and premultiplied.

@group(1) @binding(4) var behind_picture: texture_2d<f32>;

// A coarse level by a cubic B-spline in four linear taps (Sigg and Hadwiger 2005): linear mixing alone shows squares.
fn behind_smooth(uv: vec2f, level: f32) -> vec4f {
    let size = vec2f(textureDimensions(behind_picture, i32(level)));
    let at = uv * size - 0.5;
    let low = floor(at);
    let f = at - low;
    let g = 1.0 - f;
    let w0 = g * g * g / 6.0;
    let w3 = f * f * f / 6.0;
    let w1 = 2.0 / 3.0 - 0.5 * f * f * (2.0 - f);
    let left = w0 + w1;
    let a = (low - 0.5 + w1 / left) / size;
    let b = (low + 1.5 + w3 / (1.0 - left)) / size;
    return mix(
        mix(behind_at(b, level), behind_at(vec2f(a.x, b.y), level), left.x),
        mix(behind_at(vec2f(b.x, a.y), level), behind_at(a, level), left.x),
        left.y,
    );
}

fn behind_at(uv: vec2f, level: f32) -> vec4f {
    return textureSampleLevel(behind_picture, light_sampler, uv, level);
}

// Where a point of the world is in the picture, blurred as rough glass blurs: a share of the picture's width, as in the
// Khronos sample viewer.
fn behind(position_in_world: vec3f, perceptual_roughness: f32, ior: f32) -> vec4f {
    let clip = frame.projection_from_world * vec4f(position_in_world, 1.0);
    let across = clamp(clip.xy / clip.w * vec2f(0.5, -0.5) + 0.5, vec2f(), vec2f(1.0));
    let uv = frame.behind.xy + across * frame.behind.zw;
    // Glass as dense as air does not scatter, however rough.
    let rough = perceptual_roughness * saturate(2.0 * ior - 2.0);
    let level = min(frame.settings.y * rough, frame.settings.z);
    let low = floor(level);
    if low == 0.0 {
        if level == 0.0 {
            return behind_at(uv, 0.0);
        }
        return mix(behind_at(uv, 0.0), behind_smooth(uv, 1.0), level);
    }
    return mix(behind_smooth(uv, low), behind_smooth(uv, ceil(level)), level - low);
}

// The way through a volume (KHR_materials_volume): refracted where it enters, as long as the volume is thick there.
fn way_through(v: vec3f, normal: vec3f, thickness: f32, ior: f32) -> vec3f {
    let world = draw.world_from_node;
    let scale = vec3f(length(world[0].xyz), length(world[1].xyz), length(world[2].xyz));
    return refract(-v, normal, 1.0 / ior) * thickness * scale;
}

// Beer's law; what a metre absorbs is in the material.
fn passed(metres: f32) -> vec3f {
    return exp(-layers.absorption.rgb * metres);
}

// All that is seen through a surface from behind; each of red, green and blue has its own index (KHR_materials_dispersion).
fn seen_through(position: vec3f, v: vec3f, normal: vec3f, thickness: f32, perceptual_roughness: f32) -> vec4f {
    let ior = layers.anisotropy.w;
    let way = way_through(v, normal, thickness, ior);
    let half_spread = (ior - 1.0) * 0.025 * layers.clearcoat.w;
    var seen = behind(position + way, perceptual_roughness, ior);
    if half_spread > 0.0 {
        let red = max(ior - half_spread, 1.0);
        let blue = ior + half_spread;
        seen.r = behind(position + way_through(v, normal, thickness, red), perceptual_roughness, red).r;
        seen.b = behind(position + way_through(v, normal, thickness, blue), perceptual_roughness, blue).b;
    }
    return vec4f(seen.rgb * passed(length(way)), seen.a);
}
