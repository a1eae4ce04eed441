// How far away a real room is, written as depth before anything is drawn: what stands behind a real chair is hidden.

struct Room {
    // From shares of the eye's picture to shares of the map, both from the upper left.
    map_from_view: mat4x4f,
    // The eye's part of the picture: left, top, width, height.
    viewport: vec4f,
    // Of the projection: what z and 1 give to clip space's z, then to its w.
    projection: vec4f,
}

@group(0) @binding(0) var<uniform> room: Room;
@group(0) @binding(1) var metres: texture_2d<f32>;

@vertex
fn vertex_room(@builtin(vertex_index) corner: u32) -> @builtin(position) vec4f {
    return vec4f(vec2f(f32(corner & 1u), f32(corner >> 1u)) * 4.0 - 1.0, 1.0, 1.0);
}

@fragment
fn fragment_room(@builtin(position) at: vec4f) -> @builtin(frag_depth) f32 {
    let seen = (at.xy - room.viewport.xy) / room.viewport.zw;
    let place = (room.map_from_view * vec4f(seen, 0.0, 1.0)).xy;
    let size = vec2f(textureDimensions(metres));
    let texel = vec2u(clamp(place * size, vec2f(0.0), size - 1.0));
    let measured = textureLoad(metres, texel, 0).r;
    // Nothing is known: nothing is hidden.
    if measured <= 0.0 {
        return 1.0;
    }
    // Sensors are off by some centimetres, and a product must not sink into the floor that it stands on.
    let z = -(measured * 1.02 + 0.03);
    let clip = room.projection.xz * z + room.projection.yw;
    return clamp(clip.x / clip.y, 0.0, 1.0);
}
