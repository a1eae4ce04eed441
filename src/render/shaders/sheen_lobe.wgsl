fn d_charlie(n_dot_h: f32, perceptual_roughness: f32) -> f32 { return 0.1; }
fn v_charlie(n_dot_l: f32, n_dot_v: f32, perceptual_roughness: f32) -> f32 { return 0.1; }
fn sheen_albedo(n_dot_v: f32, perceptual_roughness: f32) -> f32 { return 0.1; }
