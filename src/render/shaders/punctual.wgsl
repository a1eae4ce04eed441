// Lights of KHR_lights_punctual.

struct Incoming {
    // Unit length, world space.
    direction: vec3f,
    // Linear RGB.
    intensity: vec3f,
}

fn incoming(light: PunctualLight, position: vec3f) -> Incoming {
    if light.direction.w == 0.0 {
        return Incoming(-light.direction.xyz, light.color.rgb);
    }
    let to_light = light.position.xyz - position;
    let squared = max(dot(to_light, to_light), 1e-8);
    let direction = to_light * inverseSqrt(squared);
    // The window of KHR_lights_punctual's "Range Property"; 1 for a light without end.
    let by_range = squared * light.position.w * light.position.w;
    var attenuation = saturate(1.0 - by_range * by_range) / squared;
    if light.direction.w == 2.0 {
        let cone = saturate(dot(light.direction.xyz, -direction) * light.cone.x + light.cone.y);
        attenuation *= cone * cone;
    }
    return Incoming(direction, light.color.rgb * attenuation);
}
