// Place alone, for what only hides light.

fn clip_position(vertex: Vertex) -> vec4f {
    return frame.projection_from_world * (draw.world_from_node * vec4f(deformed(vertex).position, 1.0));
}

@vertex
fn vertex_depth(vertex: Vertex) -> @builtin(position) vec4f {
    return clip_position(vertex);
}
